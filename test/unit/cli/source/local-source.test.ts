import { execFileSync } from "node:child_process"
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, it } from "vitest"
import { LocalSource } from "../../../../cli/source/local-source.js"
import { detect } from "../../../../src/detect/detect.js"
import { main, project, type Files } from "../../support/project.js"
import { temporaryFolder } from "../temporary.js"

const secret = "machine git.example.com login me password CANARY\n"

/** A project beside a file that is none of its business. */
function projectBeside(files: Files = {}): { outside: string; folder: string } {
  const parent = temporaryFolder()
  const outside = join(parent, "secret")
  writeFileSync(outside, secret)
  const folder = join(parent, "project")
  for (const [name, text] of Object.entries({ ...project({ "main.go": main }), ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return { outside, folder }
}

function link(folder: string, name: string, target: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  rmSync(join(folder, name), { force: true })
  symlinkSync(target, join(folder, name))
}

/** The message that a person reads. */
async function refusalOf(folder: string): Promise<string> {
  const given = { options: {}, environment: {} }
  return detect(new LocalSource(folder), given).then(
    () => "no error",
    (error: Error) => `${error.name}: ${error.message}`,
  )
}

const wellKnown = [
  "go.mod",
  "go.work",
  ".go-version",
  "Procfile",
  "project.toml",
  "bin/go-pre-compile",
  "bin/go-post-compile",
]

describe("a file that detection reads may be a link inside of the source, and nowhere else:", () => {
  it.each(wellKnown)("%s that leads out", async (name) => {
    const { folder } = projectBeside()
    link(folder, name, "../".repeat(name.split("/").length) + "secret")
    const message = await refusalOf(folder)
    expect(message).toContain(`UserError: ${name}: a link that leads out of the source folder: ../`)
    expect(message).not.toContain("CANARY")
  })

  it("Godeps.json, where there is no go.mod", async () => {
    const { folder, outside } = projectBeside()
    rmSync(join(folder, "go.mod"))
    link(folder, "Godeps/Godeps.json", outside)
    expect(await refusalOf(folder)).toContain("Godeps/Godeps.json: a link that leads out")
  })

  it("out by way of a link in it", async () => {
    const { folder } = projectBeside()
    link(folder, "up", "..")
    link(folder, "Procfile", "up/secret")
    const message = await refusalOf(folder)
    expect(message).toContain("Procfile: a link that leads out of the source folder: up/secret")
  })

  it("what version control keeps to itself is not part of the source", async () => {
    const { folder } = projectBeside({ ".git/config": secret })
    link(folder, "Procfile", ".git/config")
    expect(await refusalOf(folder)).toContain("Procfile: a link that leads out of the source")
  })

  it("a link to nowhere, and one to itself", async () => {
    const { folder } = projectBeside()
    link(folder, "Procfile", "nowhere")
    expect(await refusalOf(folder)).toContain("UserError: Procfile: a link that leads nowhere: now")
    link(folder, "Procfile", "Procfile")
    expect(await refusalOf(folder)).toContain("UserError: Procfile: a link that leads nowhere: Pro")
  })

  it("a link to a folder", async () => {
    const { folder } = projectBeside({ "deploy/a": "" })
    link(folder, "Procfile", "deploy")
    expect(await refusalOf(folder)).toContain(
      "UserError: Procfile: expected a file, found a folder",
    )
  })

  it("a link inside is read, also where the source itself is one", async () => {
    const { folder } = projectBeside({ "deploy/Procfile": "web: hello -x\n" })
    link(folder, "Procfile", "deploy/Procfile")
    link(dirname(folder), "linked", "project")
    for (const each of [folder, join(dirname(folder), "linked")]) {
      const { facts } = await detect(new LocalSource(each), { options: {}, environment: {} })
      expect(facts.procfile?.processes).toEqual([{ type: "web", command: "hello -x", line: 1 }])
    }
  })
})

describe("nobody waits for the other end of a pipe:", () => {
  const makePipe = (folder: string, name: string) => {
    rmSync(join(folder, name), { force: true })
    execFileSync("mkfifo", [join(folder, name)])
  }

  it.each(["go.mod", "go.sum", "Procfile", "project.toml", "main.go"])("%s", async (name) => {
    const { folder } = projectBeside()
    makePipe(folder, name)
    const message = await refusalOf(folder)
    expect(message).toContain(`UserError: ${name}: expected a file, found a named pipe\n`)
  })

  it("a link to one", async () => {
    const { folder } = projectBeside()
    makePipe(folder, "pipe")
    link(folder, "Procfile", "pipe")
    expect(await refusalOf(folder)).toContain(
      "UserError: Procfile: expected a file, found a named pipe",
    )
  })

  it("one that is no file of the build is no asset either", async () => {
    const { folder } = projectBeside({ "static/a.css": "" })
    makePipe(folder, "static/pipe")
    expect((await new LocalSource(folder).survey()).files).not.toContain("static/pipe")
  })
})

it("a name that is not UTF-8 is said, and one with the mark for such bytes is a name", async () => {
  const { folder } = projectBeside({ "static/a\uFFFD.txt": "" })
  expect(await refusalOf(folder)).toBe("no error")
  writeFileSync(Buffer.from(join(folder, "static/caf\xe9.txt"), "latin1"), "")
  const message = await refusalOf(folder)
  expect(message).toContain("UserError: a file name that is not UTF-8: static/caf\uFFFD.txt\n")
})

describe("what is read has a limit:", () => {
  const makeLarge = (folder: string, name: string, bytes: number) => {
    const file = openSync(join(folder, name), "a")
    ftruncateSync(file, bytes)
    closeSync(file)
  }

  it.each([
    ["Procfile", 60_000_000, "60.0 MB", 1],
    ["go.mod", 1_000_001, "1.0 MB", 1],
    ["project.toml", 5_000_000_000, "5000.0 MB", 1],
  ])("%s of %d bytes", async (name, bytes, size, most) => {
    const { folder } = projectBeside()
    makeLarge(folder, name, bytes)
    const message = await refusalOf(folder)
    expect(message).toContain(
      `UserError: ${name}: too large: ${size}\nAt most ${most} MB of such a file are read`,
    )
  })

  it("of a large Go file, its beginning is enough", async () => {
    const { folder } = projectBeside()
    makeLarge(folder, "main.go", 50_000_000)
    const contents = await new LocalSource(folder).read(["main.go"])
    expect(contents.get("main.go")).toHaveLength(10_000_000)
    expect(await refusalOf(folder)).toBe("no error")
  })
})
