import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readImage } from "../read-image.js"
import { script } from "./command.js"

let folder: string
let repository: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "go-image-repositories-"))
  repository = join(folder, "repository")
  const module = (name: string, rest = "") => `module example.com/${name}\n\ngo 1.25\n${rest}`
  const requires = "\nrequire example.com/lib v0.0.0\n"
  const program = (name: string) =>
    `package main\n\nimport (\n\t"os"\n\n\t"example.com/lib/greet"\n)\n\nfunc main() {\n\tos.Stdout.WriteString(greet.Hello("${name}") + "\\n")\n}\n`
  write({
    "go.work": "go 1.25\n\nuse (\n\t./libs/common\n\t./services/api\n\t./services/worker\n)\n",
    "libs/common/go.mod": module("lib"),
    "libs/common/greet/greet.go":
      'package greet\n\nfunc Hello(who string) string { return "hello from " + who }\n',
    "libs/common/other/other.go": "package other\n",
    "services/api/go.mod": module("api", requires),
    "services/api/main.go": program("api"),
    "services/api/templates/index.html": "<h1>api</h1>\n",
    "services/worker/go.mod": module("worker", requires),
    "services/worker/main.go": program("worker"),
    "services/worker/queries/jobs.sql": "select 1;\n",
  })
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(repository, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}

/** Builds, and gives the image's digest, what it printed when it was run, and the steps that were not cached. */
async function build(name: string, source: string, ...options: string[]) {
  const archive = join(folder, `${name}.tar`)
  const args = [join(repository, source), ...options, "--output", archive, "--run"]
  const { code, stdout, stderr } = await script(args)
  expect(code, stderr).toBe(0)
  const steps = stderr.split("\n").filter((line) => /^ {2}\w+: /.test(line))
  return {
    image: await readImage(archive),
    stdout,
    stderr,
    ran: steps.filter((line) => !/ {2}(?:cached|started|\d+ s so far.*)$/.test(line)),
  }
}

const filesOf = ({ image }: Awaited<ReturnType<typeof build>>) =>
  [...image.files].flatMap(([path, { type }]) =>
    path.startsWith("/app/") && type === "file" ? [path] : [],
  )

describe("of a repository with several modules", () => {
  it("one program is built with what it needs, the same from wherever it is named, whatever others do", async () => {
    const first = await build("first", ".", "--packages", "./services/api")
    expect(first.stdout).toMatch(/^hello from api\nsha256:[0-9a-f]{64}\n$/)
    expect(filesOf(first).sort()).toEqual(["/app/api", "/app/templates/index.html"])

    const again = await build("again", "services/api")
    expect(again.stderr).toContain("source: services/api, with what it needs from ../..")
    expect(again.image.digest).toBe(first.image.digest)

    write({
      "services/worker/main.go": "package main\n\nfunc main() { does not compile }\n",
      "services/worker/queries/jobs.sql": "select 2;\n",
      "libs/common/other/more.go": "package other\n",
      "libs/common/greet/greet_test.go": "package greet\n",
    })
    const after = await build("after", ".", "--packages", "./services/api")
    expect(after.ran).toEqual([])
    expect(after.image.digest).toBe(first.image.digest)

    write({
      "libs/common/greet/greet.go":
        'package greet\n\nfunc Hello(who string) string { return "good day from " + who }\n',
    })
    const changed = await build("changed", "services/api")
    expect(changed.stdout).toMatch(/^good day from api\nsha256:[0-9a-f]{64}\n$/)
  })

  it("programs of several modules are in one image, with the files of each", async () => {
    write({ "services/worker/main.go": 'package main\n\nfunc main() { println("worker") }\n' })
    const both = await build("both", ".", "--packages", "./services/...", "--command", "api")
    expect(filesOf(both).sort()).toEqual([
      "/app/api/templates/index.html",
      "/app/bin/api",
      "/app/bin/worker",
      "/app/worker/queries/jobs.sql",
    ])
    expect(both.stdout).toMatch(/from api\nsha256:[0-9a-f]{64}\n$/)
  })

  it("without a choice, the programs are listed with what to type", async () => {
    const { code, stderr } = await script([repository])
    expect(code).toBe(2)
    expect(stderr).toBe(
      [
        "2 programs in several modules, and it is not clear which to build",
        "Choose one, or several:",
        "  --packages ./services/api",
        "  --packages ./services/worker",
        "",
      ].join("\n"),
    )
  })
})
