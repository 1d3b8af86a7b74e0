import { execFileSync, spawnSync } from "node:child_process"
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { askGit } from "../../../../cli/git/ask-git.js"
import { readGit } from "../../../../cli/git/read-git.js"
import { goModuleVersion } from "../../../../src/plan/version/module-version.js"
import { temporaryFolder } from "../temporary.js"

const environment = {
  ...process.env,
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@example.com",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@example.com",
  GIT_COMMITTER_DATE: "2025-03-01T10:30:05+01:00",
  GIT_AUTHOR_DATE: "2025-03-01T10:30:05+01:00",
  GOFLAGS: "",
  GOTOOLCHAIN: "local",
}

function git(folder: string, ...args: string[]): string {
  return execFileSync("git", args, {
    cwd: folder,
    env: environment,
    encoding: "utf8",
    stdio: "pipe",
  }).trim()
}

function write(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

function module(path: string): Record<string, string> {
  return { "go.mod": `module ${path}\n\ngo 1.24\n`, "main.go": "package main\n\nfunc main() {}\n" }
}

function commit(folder: string, message = "change"): void {
  git(folder, "add", ".")
  git(folder, "commit", "-q", "--allow-empty", "-m", message)
}

/** A repository with one commit. */
function repository(files: Record<string, string> = module("example.com/app")): string {
  const folder = join(temporaryFolder(), "repository")
  mkdirSync(folder)
  git(folder, "init", "-q", "-b", "main")
  write(folder, files)
  commit(folder)
  return folder
}

const nothingIsOwn = () => false
const read = async (folder: string) => (await readGit(folder, nothingIsOwn)).state

/** What a program of a plain `go build` in that folder would say of itself: what the go command gives its linker. */
function goSays(folder: string): { version: string | undefined; settings: Record<string, string> } {
  const { stderr } = spawnSync("go", ["build", "-n", "-buildvcs=true", "-o", "program", "."], {
    cwd: folder,
    encoding: "utf8",
    env: environment,
  })
  const [, quoted] = /^modinfo "(.*)"$/m.exec(stderr) ?? []
  if (quoted === undefined) throw new Error(stderr)
  const told = quoted.replaceAll("\\t", "\t").replaceAll("\\n", "\n")
  const [, version] = /^mod\t\S+\t(\S+)/m.exec(told) ?? []
  const settings = [...told.matchAll(/^build\t(vcs[.\w]*)=(.*)$/gm)].map(([, key, value]) => [
    key,
    value,
  ])
  return {
    version: version === "(devel)" ? undefined : version,
    settings: Object.fromEntries(settings) as Record<string, string>,
  }
}

async function weSay(folder: string, modulePath: string): Promise<ReturnType<typeof goSays>> {
  const state = await read(folder)
  if (!state) return { version: undefined, settings: {} }
  return {
    version: goModuleVersion(state, modulePath),
    settings: {
      vcs: "git",
      "vcs.revision": state.revision,
      "vcs.time": state.time ?? "",
      "vcs.modified": String(state.modified),
    },
  }
}

const app = "example.com/app"

describe("what is read of Git is what the go command says of the same checkout", () => {
  test.each<[string, (root: string) => { folder?: string; path?: string } | undefined]>([
    ["no tag", () => undefined],
    ["a tag", (root) => void git(root, "tag", "v1.2.3")],
    ["an annotated tag", (root) => void git(root, "tag", "-a", "-m", "x", "v1.2.3")],
    [
      "two tags",
      (root) => {
        git(root, "tag", "v1.9.0")
        git(root, "tag", "v1.10.0")
        return undefined
      },
    ],
    ["a tag that is no version", (root) => void git(root, "tag", "nightly")],
    ["a tag that is half a version", (root) => void git(root, "tag", "v1.2")],
    ["a tag with metadata", (root) => void git(root, "tag", "v1.2.3+meta")],
    ["a tag of another major version", (root) => void git(root, "tag", "v2.0.0")],
    [
      "commits after a tag",
      (root) => {
        git(root, "tag", "v1.2.3")
        commit(root)
        return undefined
      },
    ],
    [
      "commits after a prerelease",
      (root) => {
        git(root, "tag", "v1.3.0-rc.1")
        commit(root)
        return undefined
      },
    ],
    [
      "a tag on another branch alone",
      (root) => {
        git(root, "checkout", "-q", "-b", "release")
        commit(root)
        git(root, "tag", "v1.2.3")
        git(root, "checkout", "-q", "main")
        return undefined
      },
    ],
    [
      "a changed file",
      (root) => {
        git(root, "tag", "v1.2.3")
        write(root, { "main.go": "package main\n\nfunc main() { println() }\n" })
        return undefined
      },
    ],
    ["a file that Git does not know", (root) => void write(root, { "docs/new.txt": "new\n" })],
    [
      "a file that Git ignores",
      (root) => {
        write(root, { ".gitignore": "*.log\n" })
        commit(root)
        write(root, { "build.log": "\n" })
        return undefined
      },
    ],
    [
      "a detached HEAD",
      (root) => {
        git(root, "tag", "v1.2.3")
        commit(root)
        git(root, "checkout", "-q", "v1.2.3")
        return undefined
      },
    ],
    [
      "packed references",
      (root) => {
        git(root, "tag", "-a", "-m", "x", "v1.2.3")
        git(root, "pack-refs", "--all")
        return undefined
      },
    ],
    [
      "a shallow clone without tags",
      (root) => {
        git(root, "tag", "v1.2.3")
        commit(root)
        git(root, "clone", "-q", "--depth=1", "--no-tags", `file://${root}`, "../clone")
        return { folder: join(root, "../clone") }
      },
    ],
    [
      "a module further down, with a tag of its own",
      (root) => {
        const below = module(`${app}/services/api`)
        write(join(root, "services/api"), below)
        commit(root)
        git(root, "tag", "services/api/v1.4.0")
        git(root, "tag", "v7.0.0")
        return { folder: join(root, "services/api"), path: `${app}/services/api` }
      },
    ],
    [
      "a module further down that is called otherwise",
      (root) => {
        write(join(root, "tools"), module("example.org/tools"))
        commit(root)
        git(root, "tag", "tools/v1.4.0")
        return { folder: join(root, "tools"), path: "example.org/tools" }
      },
    ],
    [
      "a second major version",
      (root) => {
        write(root, module(`${app}/v2`))
        commit(root)
        git(root, "tag", "v2.1.0")
        return { path: `${app}/v2` }
      },
    ],
  ])(
    "%s",
    async (_, prepare) => {
      const root = repository()
      const { folder = root, path = app } = prepare(root) ?? {}
      expect(await weSay(folder, path)).toEqual(goSays(folder))
    },
    60_000,
  )
})

test("a module in a repository that is none", async () => {
  const root = repository({ "README.md": "\n" })
  write(join(root, "api"), module("example.com/api"))
  commit(root)
  git(root, "tag", "v1.2.3")
  const folder = join(root, "api")
  expect(await weSay(folder, "example.com/api")).toEqual(goSays(folder))
  expect(await read(folder)).toMatchObject({ folder: "api", tags: ["v1.2.3"] })
})

/** The go command takes no notice of a .git that is a file, and Git does. */
describe("of a .git that is a file, what the go command would say of a clone", () => {
  test("a work tree of its own", async () => {
    const root = repository()
    git(root, "tag", "v1.2.3")
    git(root, "worktree", "add", "-q", "../other")
    expect(await weSay(join(root, "../other"), app)).toEqual(goSays(root))
  })

  test("a submodule, which is detached", async () => {
    const root = repository()
    git(root, "tag", "v0.3.0")
    const outer = repository({ "README.md": "outer\n" })
    git(outer, "-c", "protocol.file.allow=always", "submodule", "add", "-q", root, "app")
    git(join(outer, "app"), "checkout", "-q", "--detach")
    expect(await weSay(join(outer, "app"), app)).toEqual(goSays(root))
  })
})

test("the remote is told without its password", async () => {
  const root = repository()
  git(root, "remote", "add", "origin", "https://me:secret@example.com/acme/app.git")
  expect(await read(root)).toMatchObject({ remote: "https://example.com/acme/app" })
})

test("nothing is written, not even Git's index", async () => {
  const root = repository()
  const state = () =>
    execFileSync(
      "sh",
      ["-c", "find . -newer /dev/null | sort | xargs -d '\\n' stat -c '%n %Y %Z' "],
      { cwd: root, encoding: "utf8" },
    )
  write(root, { "main.go": "package main\n\nfunc main() {}\n" })
  const before = state()
  await read(root)
  expect(state()).toBe(before)
})

test("what this program writes does not make a work tree dirty", async () => {
  const root = repository()
  write(root, { "app.oci.tar": "x", "dist/app.oci.tar": "x" })
  const modified = async (isOwn: (path: string) => boolean) =>
    (await readGit(root, isOwn)).state?.modified
  expect(await modified((path) => path.endsWith(".oci.tar"))).toBe(false)
  expect(await modified((path) => path === join(root, "app.oci.tar"))).toBe(true)
  write(root, { "dist/notes.txt": "x" })
  expect(await modified((path) => path.endsWith(".oci.tar"))).toBe(true)
})

describe("where Git says nothing", () => {
  const answer = (folder: string) => readGit(folder, nothingIsOwn)

  test("there is nothing to say of a folder that is no work tree", async () => {
    expect(await answer(temporaryFolder())).toEqual({})
  })

  test("a repository without a commit", async () => {
    const folder = temporaryFolder()
    git(folder, "init", "-q")
    const { state, notice } = await answer(folder)
    expect(state).toBeUndefined()
    expect(notice).toContain("no commit yet")
  })

  test("a .git that leads nowhere", async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, ".git"), "gitdir: /nowhere/to/be/found\n")
    const { state, notice } = await answer(folder)
    expect(state).toBeUndefined()
    expect(notice).toMatch(/^not a git repository: .*: the image does not name its commit$/)
  })

  test.runIf(process.getuid?.() === 0)("a repository of somebody else", async () => {
    const root = repository()
    chmodSync(join(root, ".."), 0o755)
    chownSync(root, 4711, 4711)
    chownSync(join(root, ".git"), 4711, 4711)
    const { state, notice } = await answer(root)
    expect(state).toBeUndefined()
    expect(notice).toContain("belongs to another user")
    expect(notice).toContain(`git config --global --add safe.directory ${root}`)
  })

  test("without Git, and with what the CI provider says", async () => {
    const root = repository()
    const path = process.env["PATH"]
    process.env["PATH"] = temporaryFolder()
    try {
      expect(await answer(root)).toEqual({
        notice: "not installed: the image does not name its commit",
      })
      const revision = "1d2f6a1c08b1d3c8f7a5e2b9c4d6e8f0a1b2c3d4"
      const variables = { GITHUB_ACTIONS: "true", GITHUB_SHA: revision }
      expect(await askGit(root, [], variables)).toMatchObject({ state: { revision } })
    } finally {
      process.env["PATH"] = path
    }
  })

  test("a shallow clone without tags is told", async () => {
    const root = repository()
    git(root, "tag", "v1.2.3")
    commit(root)
    git(root, "clone", "-q", "--depth=1", "--no-tags", `file://${root}`, "../clone")
    const { state, notice } = await answer(join(root, "../clone"))
    expect(state?.tags).toEqual([])
    expect(notice).toContain("a shallow clone without tags")
  })
})

describe("which processes are started", () => {
  /** What is asked of Git, by a program in its place that writes it down. */
  async function asked(folder: string): Promise<string[]> {
    const tools = temporaryFolder()
    const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim()
    const script = `#!/bin/sh\necho "$*" >>${tools}/asked\nexec ${real} "$@"\n`
    writeFileSync(join(tools, "git"), script, { mode: 0o755 })
    writeFileSync(join(tools, "asked"), "")
    const path = process.env["PATH"]
    process.env["PATH"] = `${tools}:${path}`
    try {
      await readGit(folder, nothingIsOwn)
    } finally {
      process.env["PATH"] = path
    }
    const commands = readFileSync(join(tools, "asked"), "utf8").matchAll(
      /\b(status|for-each-ref|config|log|rev-parse) /g,
    )
    return [...commands].map(([, name = ""]) => name).sort()
  }

  test("none without a work tree", async () => {
    expect(await asked(temporaryFolder())).toEqual([])
  })

  test("three of a clone, one more of a commit that no branch is at", async () => {
    const root = repository()
    git(root, "tag", "-a", "-m", "x", "v1.2.3")
    expect(await asked(root)).toEqual(["config", "for-each-ref", "status"])
    git(root, "checkout", "-q", "--detach")
    expect(await asked(root)).toEqual(["config", "for-each-ref", "log", "status"])
  })
})

describe("where a folder is in its work tree, as Git says it", () => {
  test.each<[string, (root: string) => string]>([
    ["the root", (root) => root],
    ["a folder in it", (root) => join(root, "a/b")],
    [
      "a link to one",
      (root) => {
        symlinkSync(join(root, "a/b"), join(root, "../link"))
        return join(root, "../link")
      },
    ],
    [
      "a folder with a .git that is none",
      (root) => {
        mkdirSync(join(root, "a/.git"))
        return join(root, "a/b")
      },
    ],
    [
      "another work tree by its configuration",
      (root) => {
        git(root, "config", "core.worktree", join(root, "a"))
        return join(root, "a/b")
      },
    ],
    [
      "a work tree whose .git is a file",
      (root) => {
        git(root, "worktree", "add", "-q", "../other")
        return join(root, "../other/a/b")
      },
    ],
  ])("%s", async (_, prepare) => {
    const folder = prepare(repository({ ...module(app), "a/b/c.txt": "" }))
    const prefix = git(folder, "rev-parse", "--show-prefix").replace(/\/$/, "")
    const state = await read(folder)
    expect(state?.folder ?? "").toBe(prefix)
    expect(state?.revision).toBe(git(folder, "rev-parse", "HEAD"))
  })

  test("and where the environment says so", async () => {
    const root = repository()
    const elsewhere = temporaryFolder()
    const before = process.env["GIT_DIR"]
    process.env["GIT_DIR"] = join(root, ".git")
    try {
      expect((await read(elsewhere))?.revision).toBe(git(root, "rev-parse", "HEAD"))
    } finally {
      if (before === undefined) delete process.env["GIT_DIR"]
      else process.env["GIT_DIR"] = before
    }
  })
})

test("two clones say the same", async () => {
  const root = repository()
  git(root, "tag", "v1.2.3")
  cpSync(root, join(root, "../copy"), { recursive: true })
  git(root, "clone", "-q", root, "../clone")
  const [copy, clone] = [await read(join(root, "../copy")), await read(join(root, "../clone"))]
  expect(copy).toEqual(await read(root))
  expect({ ...clone, remote: undefined }).toEqual({ ...copy, remote: undefined })
  rmSync(root, { recursive: true })
})
