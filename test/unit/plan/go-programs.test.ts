import { execFileSync, spawnSync } from "node:child_process"
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { parseCommandLine } from "../../../src/detect/project/command-line.js"

const programs = "src/plan/programs"
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "go-image-programs-"))
  for (const name of ["launcher", "vendor-check", "link-check"]) {
    execFileSync("go", ["build", "-o", join(folder, `${name}.exe`), `./${name}`], { cwd: programs })
  }
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test("all programs are formatted and pass vet", () => {
  expect(execFileSync("gofmt", ["-l", "."], { cwd: programs, encoding: "utf8" })).toBe("")
  execFileSync("go", ["vet", "./..."], { cwd: programs })
})

describe("the launcher makes of a command's words what a shell does", () => {
  const environment = { PATH: process.env["PATH"] ?? "", PORT: "3000", TWO: " a  b ", EMPTY: "" }
  test.each([
    "$PORT",
    ":$PORT",
    "${PORT}x$PORT",
    "'$PORT'",
    '"$PORT"',
    "\\$PORT",
    "${PORT:-80} ${NONE:-80} ${NONE-81} ${EMPTY:-82} x${EMPTY-83}x",
    "$EMPTY",
    '"$EMPTY"',
    "$NONE end",
    "$TWO",
    '"$TWO"',
    "x${TWO}y",
    "x$TWO",
    "${TWO}y",
    "$TWO$TWO",
    "--a=$PORT '--b=$PORT' \"--c=$PORT d\"",
    "''",
    "a'b'\"c\"",
  ])("%s", (words) => {
    const line = parseCommandLine(`printf '[%s]' ${words}`)
    expect(line.needs).not.toBe("shell")
    const launched = spawnSync(join(folder, "launcher.exe"), line.templates, {
      env: environment,
      encoding: "utf8",
    })
    const shell = spawnSync("/bin/sh", ["-c", `printf '[%s]' ${words}`], {
      env: environment,
      encoding: "utf8",
    })
    expect(launched.stdout).toBe(shell.stdout)
  })
})

test("the launcher becomes the program: its exit code and its process", () => {
  const launch = (...args: string[]) =>
    spawnSync(join(folder, "launcher.exe"), args, {
      encoding: "utf8",
      env: { PATH: process.env["PATH"] },
    })
  expect(launch("sh", "-c", "exit 7").status).toBe(7)
  expect(launch("no-such-program")).toMatchObject({
    status: 127,
    stderr: "launch: no-such-program: not found on PATH\n",
  })
  expect(launch("/no/such/file")).toMatchObject({
    status: 127,
    stderr: "launch: /no/such/file: no such file or directory\n",
  })
  expect(launch().stderr).toBe("launch: nothing to run\n")
})

describe("the vendor check", () => {
  const check = (change: (vendor: string) => void, ...args: string[]) => {
    const project = mkdtempSync(join(folder, "project-"))
    cpSync("examples/idgen", project, { recursive: true })
    change(join(project, "vendor"))
    return spawnSync(join(folder, "vendor-check.exe"), [project, ...args], { encoding: "utf8" })
  }
  const changed = "github.com/oklog/ulid/v2/ulid.go"

  test("passes a tree that go mod vendor wrote", () => {
    const { status, stdout } = check(() => undefined)
    expect(stdout).toBe("vendor/ is what go.mod and go.sum say: 2 modules checked\n")
    expect(status).toBe(0)
  })

  test("finds a changed file", () => {
    const { status, stdout } = check((vendor) => {
      const file = join(vendor, changed)
      writeFileSync(file, `${readFileSync(file, "utf8")}// changed\n`)
    })
    expect(stdout).toMatch(
      /^vendor\/github\.com\/oklog\/ulid\/v2\/ulid\.go: differs from github\.com\/oklog\/ulid\/v2@v2\./,
    )
    expect(stdout).toContain('"go mod vendor" writes it again')
    expect(status).toBe(1)
  })

  test("of a workspace, names the command that writes that", () => {
    const { stdout } = check((vendor) => {
      const list = join(vendor, "modules.txt")
      writeFileSync(list, `## workspace\n${readFileSync(list, "utf8")}`)
      writeFileSync(join(vendor, changed), "package ulid\n")
    })
    expect(stdout).toContain('"go work vendor" writes it again')
  })

  test("finds an added file, in a module and beside all of them", () => {
    const { status, stdout } = check((vendor) => {
      writeFileSync(join(vendor, "github.com/oklog/ulid/v2/added.go"), "package ulid\n")
      mkdirSync(join(vendor, "example.com/other"), { recursive: true })
      writeFileSync(join(vendor, "example.com/other/other.go"), "package other\n")
    })
    expect(stdout).toMatch(/added\.go: github\.com\/oklog\/ulid\/v2@v2\.\S+ has no such file/)
    expect(stdout).toContain(
      "vendor/example.com/other/other.go: belongs to no module of vendor/modules.txt",
    )
    expect(status).toBe(1)
  })

  const passes = "vendor/ is what go.mod and go.sum say: 2 modules checked\n"

  test.each([
    ["beside all modules", "README.md"],
    ["with a name that Go ignores", ".gitkeep"],
    ["in no module", "example.com/other/LICENSE"],
    ["in a module", "github.com/oklog/ulid/v2/NOTES.md"],
    ["a test", "github.com/oklog/ulid/v2/added_test.go"],
    ["Go code with a name that Go ignores", "github.com/oklog/ulid/v2/_added.go"],
  ])("accepts a file that the compiler does not see: %s", (_, file) => {
    const { status, stdout } = check((vendor) => {
      mkdirSync(dirname(join(vendor, file)), { recursive: true })
      writeFileSync(join(vendor, file), "package ulid\n")
    })
    expect(stdout).toBe(passes)
    expect(status).toBe(0)
  })

  test("accepts a changed file that the compiler does not see", () => {
    const { status, stdout } = check((vendor) =>
      writeFileSync(join(vendor, "github.com/oklog/ulid/v2/LICENSE"), "mine\n"),
    )
    expect(stdout).toBe(passes)
    expect(status).toBe(0)
  })

  test("finds an added file that a package may embed", () => {
    const { status, stdout } = check((vendor) => {
      const file = join(vendor, changed)
      writeFileSync(file, `${readFileSync(file, "utf8")}//go:embed *.txt\n`)
      writeFileSync(join(vendor, dirname(changed), "data.txt"), "x\n")
    })
    expect(stdout).toMatch(
      /ulid\/v2\/data\.txt: github\.com\/oklog\/ulid\/v2@v2\.\S+ has no such file/,
    )
    expect(status).toBe(1)
  })

  test("accepts line ends that Git has changed, and says so", () => {
    const { status, stdout } = check((vendor) => {
      const file = join(vendor, changed)
      writeFileSync(file, readFileSync(file, "utf8").replaceAll("\n", "\r\n"))
    })
    expect(stdout).toBe(
      "note: vendor/: files that differ from their modules in line ends alone (CRLF, as Git writes them with core.autocrlf): 1\n" +
        passes,
    )
    expect(status).toBe(0)
  })

  test("only tells of changes where that is asked for", () => {
    const { status, stdout } = check((vendor) => {
      const file = join(vendor, changed)
      writeFileSync(file, `${readFileSync(file, "utf8")}// changed\n`)
    }, "warn")
    expect(stdout).toMatch(
      /^note: vendor\/github\.com\/oklog\/ulid\/v2\/ulid\.go: differs from \S+\n$/,
    )
    expect(status).toBe(0)
  })

  test("takes modules that are replaced by versions, also two by the same one", () => {
    const project = mkdtempSync(join(folder, "project-"))
    const files = {
      "go.mod":
        "module example.com/a\n\ngo 1.25\n\nrequire github.com/oklog/ulid/v2 v2.1.0\n\nreplace github.com/oklog/ulid/v2 => github.com/oklog/ulid/v2 v2.1.1\n",
      "main.go":
        'package main\n\nimport "github.com/oklog/ulid/v2"\n\nfunc main() { println(ulid.Make().String()) }\n',
    }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text)
    execFileSync("go", ["mod", "tidy"], { cwd: project, stdio: "pipe" })
    execFileSync("go", ["mod", "vendor"], { cwd: project })
    expect(readFileSync(join(project, "vendor/modules.txt"), "utf8")).toContain("=>")
    const run = () => spawnSync(join(folder, "vendor-check.exe"), [project], { encoding: "utf8" })
    expect(run().stdout).toBe("vendor/ is what go.mod and go.sum say: 1 modules checked\n")
    const file = join(project, "vendor", changed)
    writeFileSync(file, `${readFileSync(file, "utf8")}// changed\n`)
    expect(run().stdout).toContain("ulid.go: differs from github.com/oklog/ulid/v2@v2.1.1\n")
  })

  test("says so where the modules cannot be had, and lets the build go on", () => {
    const project = mkdtempSync(join(folder, "project-"))
    cpSync("examples/idgen", project, { recursive: true })
    const { status, stdout } = spawnSync(join(folder, "vendor-check.exe"), [project], {
      encoding: "utf8",
      env: { ...process.env, GOPROXY: "off", GOMODCACHE: join(folder, "empty") },
    })
    expect(stdout).toMatch(
      /^note: vendor\/ could not be checked against its modules, and is used as it is: /,
    )
    expect(status).toBe(0)
  })
})

describe("the link check", () => {
  const check = (root: string, program: string, files = "/none") =>
    spawnSync(
      join(folder, "link-check.exe"),
      ["the base", root, "", "/app", files, program, "/app/program"],
      { encoding: "utf8" },
    )
  /** One that every Debian has, linked to the C library. */
  const dynamic = "/bin/cat"
  const image = (...files: string[]) => {
    const root = mkdtempSync(join(folder, "image-"))
    for (const file of files) cpSync(realpathSync(file), join(root, file))
    return root
  }
  const loader = () => {
    const [found] =
      /\/lib[\w/-]*\/ld-[\w.-]+/.exec(readFileSync(realpathSync(dynamic), "latin1")) ?? []
    if (found === undefined) throw new Error(`${dynamic} has no loader`)
    return found
  }

  test("passes what the base has all of, and what needs nothing", () => {
    expect(check("/", dynamic)).toMatchObject({ status: 0, stdout: "" })
    expect(check("", join(folder, "launcher.exe"))).toMatchObject({ status: 0, stdout: "" })
    expect(check("", join(folder, "launcher", "main.go"))).toMatchObject({ status: 0 })
  })

  test("names the loader that is missing, on nothing and on a base with another C library", () => {
    for (const root of ["", image()]) {
      const { status, stdout } = check(root, dynamic)
      expect(status).toBe(1)
      expect(stdout).toMatch(
        `program is started by ${loader()}, the loader of its C library, which the base does not have: `,
      )
      expect(stdout.trimEnd().split("\n")).toHaveLength(1)
    }
  })

  test("names the library that is missing, and what to set", () => {
    const { status, stdout } = check(image(loader()), dynamic)
    expect(status).toBe(1)
    expect(stdout).toMatch(
      /^program needs the library libc\.so\.6, which the base does not have: install .* --os-packages/,
    )
  })

  test("does not take a library of another kind for it", () => {
    const root = image(loader())
    mkdirSync(join(root, "usr/lib"), { recursive: true })
    writeFileSync(join(root, "usr/lib/libc.so.6"), "/* GNU ld script */")
    expect(check(root, dynamic).status).toBe(1)
  })
})
