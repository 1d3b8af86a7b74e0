import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readImage } from "../read-image.js"
import { root, run } from "./command.js"
import { contents } from "./layer-contents.js"

/** A project of its own for each form: what one leaves there would be input of the next. */
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "go-image-in-place-"))
})

afterAll(() => rmSync(folder, { recursive: true }))

function makeProject(name: string): string {
  const project = join(folder, name)
  mkdirSync(join(project, "static"), { recursive: true })
  writeFileSync(join(project, "go.mod"), "module example.com/app\n\ngo 1.25\n")
  writeFileSync(join(project, "main.go"), `package main\n\nfunc main() { println("${name}") }\n`)
  writeFileSync(join(project, "static/a.css"), "x")
  return project
}

const build = `bash "${root}script/build" .`

const forms = [
  { name: "default-output", line: build, output: "app.oci.tar", times: 4 },
  {
    name: "output-in-a-folder",
    line: `${build} -o dist/app.tar`,
    output: "dist/app.tar",
    times: 2,
  },
  {
    name: "standard-output",
    line: `${build} -o - >app.tar 2>build.log; code=$?; cat build.log >&2; exit $code`,
    output: "app.tar",
    times: 2,
  },
  { name: "from-a-subfolder", line: `cd dist && ${build}.`, output: "dist/app.oci.tar", times: 2 },
  {
    name: "two-platforms",
    line: `${build} --platform linux/amd64,linux/arm64 --runtime scratch`,
    output: "app.oci.tar",
    times: 2,
  },
]

/** The last one's input has all that the others have left. */
const names = ["image1", "piped.img", "image2"]

describe("a build in the project's own folder", () => {
  it("leaves out earlier archives under any name", async () => {
    const project = makeProject("any-name")
    const digests = new Set<string>()
    for (const name of names) {
      const line =
        name === "piped.img"
          ? `${build} -o - | cat >../${name} && mv ../${name} ${name}`
          : `${build} -o ${name}`
      const { code, stderr } = await run(["bash", "-o", "pipefail", "-c", line], { cwd: project })
      expect(code, stderr).toBe(0)
      digests.add((await readImage(join(project, name))).digest)
    }
    expect([...digests]).toHaveLength(1)
  })

  it("replaces no file of the project, and nothing that a link leads to", async () => {
    const project = makeProject("own-files")
    const precious = join(folder, "precious")
    writeFileSync(precious, "precious")
    symlinkSync(precious, join(project, "app.oci.tar"))
    const refusals = [
      ["", /^the output is a link: .*app\.oci\.tar leads to .*precious\n/m],
      ["-o main.go", /^the output is a file of the project: .*main\.go\n/m],
      ["-o static/a.css", /^the output is a file of the project: .*a\.css\n/m],
    ] as const
    for (const [options, message] of refusals) {
      const line = `${build} ${options}`
      const { code, stderr } = await run(["bash", "-c", line], { cwd: project })
      expect(stderr).toMatch(message)
      expect(code).toBe(2)
    }
    expect(readFileSync(precious, "utf8")).toBe("precious")
    expect(readFileSync(join(project, "static/a.css"), "utf8")).toBe("x")
  })

  it.each(forms)("gives the same image each time: $name", async ({ name, line, output, times }) => {
    const project = makeProject(name)
    if (line.startsWith("cd dist")) mkdirSync(join(project, "dist"))
    const digests = new Set<string>()
    let log = ""
    for (let i = 0; i < times; i++) {
      const { code, stderr } = await run(["bash", "-c", line], { cwd: project })
      expect(code, stderr).toBe(0)
      log = stderr
      digests.add((await readImage(join(project, output))).digest)
    }
    expect([...digests]).toHaveLength(1)
    // The last time, nothing was left to do. What BuildKit does for itself is told where it takes long, as on a busy machine.
    const steps = log.match(/^ {2}(?!internal: )\S+: .*$/gm) ?? []
    expect(steps).not.toEqual([])
    expect(steps.filter((step) => !step.endsWith("cached"))).toEqual([])
    const image = await readImage(join(project, output))
    const names: string[] = []
    for (const layer of image.layers) {
      for await (const { header } of contents(image, layer)) names.push(header.name)
    }
    expect(names).toContain("app/static/a.css")
    expect(names.filter((each) => /\.tar$|\.go-image|^app\/dist|\.log$/.test(each))).toEqual([])
    const left = readdirSync(project, { recursive: true }).map(String)
    expect(left.filter((each) => each.includes(".go-image"))).toEqual([])
  })
})
