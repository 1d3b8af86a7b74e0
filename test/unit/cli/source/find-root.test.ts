import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, relative } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { findRoot, findTargetsFolder } from "../../../../cli/source/find-root.js"

let repository: string

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), "find-root-"))
})

afterEach(() => {
  rmSync(repository, { recursive: true })
})

const library = "module example.com/lib\n"
const api = (extra = "") => `module example.com/api\n\nrequire example.com/lib v0.0.0\n${extra}`

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(repository, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}

/** The root relative to the repository, `.` for the repository itself. */
function find(folder: string, goWork?: string) {
  const { root, ...rest } = findRoot(join(repository, folder), { goWork })
  return { root: relative(repository, root) || ".", ...rest }
}

describe("the source is", () => {
  it("the folder itself, where nothing of it is above", () => {
    write({ "go.mod": library })
    expect(find(".")).toEqual({ root: "." })
  })

  it("the module that the folder is a package of", () => {
    write({ "go.mod": library, "cmd/server/main.go": "package main\n" })
    expect(find("cmd/server")).toEqual({
      root: ".",
      folder: { value: "cmd/server", from: "go.mod" },
    })
  })

  it("what holds the folders that replace other modules, where they are required", () => {
    write({
      "libs/common/go.mod": library,
      "services/api/go.mod": api("\nreplace example.com/lib => ../../libs/common\n"),
    })
    expect(find("services/api")).toEqual({
      root: ".",
      folder: { value: "services/api", from: "services/api/go.mod:5" },
      within: ["services/api", "libs/common"],
    })
  })

  it("the workspace that names the module, and not others of the repository", () => {
    write({
      "go.work": "use (\n\t./services/api\n\t./libs/common\n)\n",
      "libs/common/go.mod": library,
      "services/api/go.mod": api(),
      "node_modules/x/index.js": "",
    })
    expect(find("services/api")).toMatchObject({
      root: ".",
      folder: { value: "services/api", from: "go.work" },
    })
    expect(find("services/api", "off")).toEqual({ root: "services/api" })
  })

  it("not a workspace that names other modules", () => {
    write({ "go.work": "use ./libs\n", "libs/go.mod": library, "api/go.mod": api() })
    expect(find("api")).toEqual({ root: "api" })
  })

  it("not beyond the root of the Git work tree", () => {
    write({
      "outside/go.mod": library,
      "work/.git": "gitdir: elsewhere\n",
      "work/api/go.mod": api("\nreplace example.com/lib => ../../outside\n"),
      "go.work": "use ./work/api\n",
    })
    expect(find("work/api")).toEqual({ root: "work/api" })
  })

  it.each(["HOME", "TMPDIR"])("not $%s, nor what is above it, without Git", (variable) => {
    write({
      "go.mod": library,
      "place/go.mod": library,
      "place/scripts/main.go": "package main\n",
      "place/work/api/go.mod": api("\nreplace example.com/lib => ../..\n"),
      "place/work/web/go.mod": api("\nreplace example.com/lib => ../../..\n"),
    })
    const scripts = { root: "place/scripts" }
    expect(find("place/scripts").root).toBe("place")
    expect(find("place/work/api").root).toBe("place")
    const before = process.env[variable]
    process.env[variable] = join(repository, "place")
    try {
      expect(find("place/scripts")).toEqual(scripts)
      expect(find("place/work/api")).toEqual({ root: "place/work/api" })
      expect(find("place/work/web")).toEqual({ root: "place/work/web" })
    } finally {
      if (before === undefined) delete process.env[variable]
      else process.env[variable] = before
    }
  })

  it("the folder itself, where it is a workspace, or from before modules", () => {
    write({ "go.mod": library, "a/go.work": "use ./b\n", "old/glide.yaml": "package: x\n" })
    expect(find("a")).toEqual({ root: "a" })
    expect(find("old")).toEqual({ root: "old" })
  })

  it("the folder itself, where a file on the way cannot be read as what it is", () => {
    write({ "go.work": "use (\n", "api/go.mod": "module\n" })
    expect(find("api")).toEqual({ root: "api" })
  })

  it("what was asked for, where it is no folder", () => {
    expect(find("nowhere")).toEqual({ root: "nowhere" })
  })
})

describe("the targets are those of", () => {
  const targets = '[[go-image.targets]]\nname = "api"\n'
  const folderOf = (folder: string) =>
    relative(repository, findTargetsFolder(join(repository, folder))) || "."

  it("the nearest project.toml above that has some, up to the work tree's root", () => {
    write({
      ".git/HEAD": "",
      "project.toml": targets,
      "services/api/go.mod": api(),
      "services/web/project.toml": "[go-image]\nport = 80\n",
      "services/own/project.toml": targets,
    })
    expect(folderOf(".")).toBe(".")
    expect(folderOf("services")).toBe(".")
    expect(folderOf("services/api")).toBe(".")
    expect(folderOf("services/web")).toBe(".")
    expect(folderOf("services/own")).toBe("services/own")
  })

  it("the folder itself, where nothing above has some", () => {
    write({ "project.toml": targets, "a/.git/HEAD": "", "a/go.mod": api() })
    expect(folderOf("a")).toBe("a")
  })
})
