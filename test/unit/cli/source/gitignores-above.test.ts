import { execFileSync } from "node:child_process"
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, it } from "vitest"
import { sourceAt } from "../../../../cli/source/git-source.js"
import { LocalSource } from "../../../../cli/source/local-source.js"
import { detect } from "../../../../src/detect/detect.js"
import type { Source } from "../../../../src/detect/source.js"
import { main, project, type Files } from "../../support/project.js"
import { temporaryFolder } from "../temporary.js"

const backend: Files = {
  ...project({ "main.go": main }),
  "config.yaml": "",
  "local/dump.sql": "",
  "db.secret": "",
}

function write(folder: string, files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

/** A module in a folder of a repository. */
function repository(files: Files, module = "backend"): string {
  const folder = temporaryFolder()
  write(folder, { ".git/HEAD": "ref: refs/heads/main\n", ...files })
  write(join(folder, module), backend)
  return folder
}

async function look(source: Source) {
  const { facts } = await detect(source, { options: {}, environment: {} })
  return { assets: facts.assets.map(({ path }) => path), notices: facts.notices }
}

const all = ["config.yaml", "db.secret", "local/"]

describe("the .gitignore files above a source", () => {
  it("count up to the root of the work tree, which is told", async () => {
    const folder = repository({ ".gitignore": "/backend/local/\n*.secret\n" })
    const { assets, notices } = await look(new LocalSource(join(folder, "backend")))
    expect(assets).toEqual(["config.yaml"])
    expect(notices).toEqual([
      {
        file: "../.gitignore",
        message:
          "2 files that it ignores are not in the image, even if Git tracks them: db.secret, local/dump.sql; --keep brings them in",
      },
    ])
  })

  it("are each about their own folder, and the nearest one decides", async () => {
    const files = {
      ".gitignore": "*.secret\n/local\n",
      "services/.gitignore": "!db.secret\n/api/local\n",
    }
    const folder = repository(files, "services/api")
    const { assets } = await look(new LocalSource(join(folder, "services/api")))
    expect(assets).toEqual(["config.yaml", "db.secret"])
    write(folder, { "services/api/.gitignore": "config.yaml\n!local\n" })
    expect((await look(new LocalSource(join(folder, "services/api")))).assets).toEqual([
      "db.secret",
      "local/",
    ])
  })

  it("count where .git is a file, as in further work trees and submodules", async () => {
    const folder = repository({ ".gitignore": "*.secret\n" })
    renameSync(join(folder, ".git"), join(folder, "elsewhere"))
    writeFileSync(join(folder, ".git"), "gitdir: elsewhere\n")
    const { assets } = await look(new LocalSource(join(folder, "backend")))
    expect(assets).toEqual(["config.yaml", "local/"])
  })

  it("count by where the source is, and not where a link to it is", async () => {
    const folder = repository({ ".gitignore": "*.secret\n" })
    const link = join(temporaryFolder(), "link")
    symlinkSync(join(folder, "backend"), link)
    expect((await look(new LocalSource(link))).assets).toEqual(["config.yaml", "local/"])
  })

  it("do not where they are above the work tree", async () => {
    const folder = repository({ ".gitignore": "*.secret\n", "backend/.git": "gitdir: x\n" })
    expect((await look(new LocalSource(join(folder, "backend")))).assets).toEqual(all)
    const outside = temporaryFolder()
    write(outside, { ".gitignore": "*.secret\n" })
    write(join(outside, "backend"), backend)
    expect((await look(new LocalSource(join(outside, "backend")))).assets).toEqual(all)
  })

  it("do not where they ignore all of the source: who builds it means it", async () => {
    for (const text of ["*\n", "backend/\n"]) {
      const folder = repository({ ".gitignore": text })
      expect((await look(new LocalSource(join(folder, "backend")))).assets).toEqual(all)
    }
  })

  it("are not followed where they are links", async () => {
    const folder = repository({ "rules/x": "*.secret\n" })
    symlinkSync("rules/x", join(folder, ".gitignore"))
    expect((await look(new LocalSource(join(folder, "backend")))).assets).toEqual(all)
  })

  it("a .dockerignore above is about its own folder", async () => {
    const folder = repository({ ".dockerignore": "**/*.secret\n" })
    expect((await look(new LocalSource(join(folder, "backend")))).assets).toEqual(all)
  })

  it("count in a commit as they do in the folder", async () => {
    const folder = temporaryFolder()
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
        cwd: folder,
      })
    git("init", "-q")
    write(folder, { ".gitignore": "*.secret\n" })
    write(join(folder, "services/backend"), backend)
    git("add", "-f", ".")
    git("commit", "-qm", "one")
    write(folder, { ".gitignore": "" })
    const after = new LocalSource(join(folder, "services/backend"))
    const { before } = await sourceAt(after, "HEAD")
    expect((await look(before)).assets).toEqual(["config.yaml", "local/"])
    expect((await look(new LocalSource(join(folder, "services/backend")))).assets).toEqual(all)
  })
})
