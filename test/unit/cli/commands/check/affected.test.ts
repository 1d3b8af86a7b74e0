import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, expect, it } from "vitest"
import { affectedTargets, namedTargets, type Target } from "../../../../../src/affected.js"
import { resolveCommit, sourceAt } from "../../../../../cli/source/git-source.js"
import { LocalSource } from "../../../../../cli/source/local-source.js"

let repository: string

const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
    cwd: repository,
  })

const imports = (path: string) => `package main\n\nimport _ "${path}"\n\nfunc main() {}\n`

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), "affected-"))
  git("init", "-q")
  write({
    "go.mod": "module example.com/shop\n\ngo 1.25\n",
    "cmd/api/main.go": imports("example.com/shop/internal/store"),
    "cmd/worker/main.go": imports("example.com/shop/internal/queue"),
    "internal/store/store.go": "package store\n",
    "internal/store/store_test.go": "package store\n",
    "internal/queue/queue.go": "package queue\n",
    "docs/design.go": "package docs\n",
    config: "a: b\n",
  })
  symlinkSync("config", join(repository, "current"))
  git("init", "-q", "pages")
  write({ "pages/page.html": "page\n" })
  git("-C", "pages", "add", ".")
  git("-C", "pages", "commit", "-qm", "one")
  git("-c", "advice.addEmbeddedRepo=false", "add", ".")
  git("commit", "-qm", "one")
})

afterEach(() => {
  rmSync(repository, { recursive: true })
})

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(repository, name)), { recursive: true })
    writeFileSync(join(repository, name), text)
  }
}

const targets: Target[] = ["api", "worker"].map((name) => ({
  name,
  given: { options: { packages: [`./cmd/${name}`] }, environment: {} },
}))

async function affected(): Promise<string[]> {
  const after = new LocalSource(repository)
  return affectedTargets(targets, { ...(await sourceAt(after, "HEAD")), after })
}

it.each<[string, () => void, string[]]>([
  ["none, where nothing changed", () => undefined, []],
  ["none of a file that no image needs", () => write({ "docs/more.go": "package docs\n" }), []],
  ["none of a test", () => write({ "internal/store/store_test.go": "package store // x\n" }), []],
  [
    "the one that imports it",
    () => write({ "internal/store/store.go": "package store // x\n" }),
    ["api"],
  ],
  [
    "the one whose package has a new file",
    () => write({ "internal/queue/b.go": "package queue\n" }),
    ["worker"],
  ],
  [
    "the one whose file is gone",
    () => rmSync(join(repository, "internal/queue"), { recursive: true }),
    ["worker"],
  ],
  [
    "none of a test that is gone",
    () => rmSync(join(repository, "internal/store/store_test.go")),
    [],
  ],
  [
    "all, of go.mod",
    () => write({ "go.mod": "module example.com/shop\n\ngo 1.26\n" }),
    ["api", "worker"],
  ],
  [
    "all, of how they are built",
    () => write({ "project.toml": "[go-image]\nport = 9000\n" }),
    ["api", "worker"],
  ],
  [
    "the one whose import is another now",
    () => write({ "cmd/api/main.go": imports("example.com/shop/internal/queue") }),
    ["api"],
  ],
  [
    "none of a folder that Git does not know, since nothing is in it",
    () => {
      mkdirSync(join(repository, "uploads"))
      write({ "docs/more.go": "package docs\n" })
    },
    [],
  ],
  [
    "none of what Git ignores",
    () => {
      writeFileSync(join(repository, ".git/info/exclude"), "local.yaml\n")
      write({ "local.yaml": "a: b\n", "docs/more.go": "package docs\n" })
    },
    [],
  ],
  [
    "all, of a file that is a folder now",
    () => {
      rmSync(join(repository, "config"))
      write({ "config/app.yaml": "a: b\n" })
    },
    ["api", "worker"],
  ],
  [
    "all, of a link that leads elsewhere",
    () => {
      rmSync(join(repository, "current"))
      symlinkSync("docs", join(repository, "current"))
    },
    ["api", "worker"],
  ],
  [
    "all, of a submodule that is at another commit",
    () => {
      git("-C", "pages", "commit", "-q", "--allow-empty", "-m", "two")
    },
    ["api", "worker"],
  ],
])("affected: %s", async (_, change, names) => {
  change()
  expect(await affected()).toEqual(names)
})

it.each(["nowhere", "--output=out", "HEAD:go.mod"])(
  "a commit that is not there is one line: %s",
  async (revision) => {
    await expect(resolveCommit(repository, revision)).rejects.toThrow(
      new RegExp(`^no commit "${revision}" \\(--affected-since\\)\\n`),
    )
    expect(existsSync(join(repository, "out"))).toBe(false)
  },
)

it("a branch is its commit", async () => {
  git("branch", "other")
  expect(await resolveCommit(repository, "other")).toMatch(/^[0-9a-f]{40}$/)
})

it("only named targets are looked at", () => {
  const names = (...asked: string[]) => namedTargets(targets, asked).map(({ name }) => name)
  expect(names()).toEqual(["api", "worker"])
  expect(names("all")).toEqual(["api", "worker"])
  expect(names("worker")).toEqual(["worker"])
  expect(() => names("worker", "web")).toThrow(
    'no target "web" (--target)\nTargets here: api, worker',
  )
})

it("says why each is one of them", async () => {
  write({ "internal/store/store.go": "package store // x\n", "docs/more.go": "package docs\n" })
  const after = new LocalSource(repository)
  const reasons: string[] = []
  const change = { ...(await sourceAt(after, "HEAD")), after }
  await affectedTargets(targets, change, (name, reason) => reasons.push(`${name}: ${reason}`))
  expect(reasons).toEqual(["api: internal/store/store.go"])
  write({ "project.toml": "[go-image]\nport = 9000\n" })
  const further = { ...(await sourceAt(after, "HEAD")), after: new LocalSource(repository) }
  reasons.length = 0
  await affectedTargets(targets, further, (name, reason) => reasons.push(`${name}: ${reason}`))
  expect(reasons[1]).toBe(
    "worker: how it is built (changed: docs/more.go, internal/store/store.go, project.toml)",
  )
})

it.each<[string, Record<string, string>, string[]]>([
  ["who needs it, of a module that another one requires", {}, ["api"]],
  [
    "all that import something elsewhere",
    { "b/main.go": imports("golang.org/x/sys/unix") },
    ["api", "job"],
  ],
  ["all that import a module without a dot", { "b/main.go": imports("corp/x") }, ["api", "job"]],
  [
    "all, of the Go that one needs",
    { "go.work": "go 1.26\n\nuse (\n\t./a\n\t./b\n)\n" },
    ["api", "job"],
  ],
])("in a workspace %s", async (_, files, expected) => {
  rmSync(join(repository, "go.mod"))
  const goMod = (name: string, more = "") => `module example.com/${name}\n\ngo 1.25\n${more}`
  const requires = (version: string) =>
    `\nrequire (\n\tcorp/x v1.0.0\n\tgolang.org/x/text ${version}\n)\n`
  const workspace = {
    "go.work": "go 1.25\n\nuse (\n\t./a\n\t./b\n)\n",
    "a/go.mod": goMod("a", requires("v0.14.0")),
    "a/go.sum": "golang.org/x/text v0.14.0 h1:a\n",
    "a/main.go": imports("golang.org/x/text/language"),
    "b/go.mod": goMod("b"),
    "b/go.sum": "",
    "b/main.go": imports("fmt"),
  }
  // The one that is built has it before, too.
  write({ ...workspace, ...("b/main.go" in files && files) })
  git("add", ".")
  git("commit", "-qm", "two")
  write({
    ...files,
    "a/go.mod": goMod("a", requires("v0.15.0")),
    "a/go.sum": "golang.org/x/text v0.15.0 h1:a\n",
  })
  const of = [
    ["api", "./a"],
    ["job", "./b"],
  ].map(([name = "", path = ""]): Target => ({
    name,
    given: { options: { packages: [path] }, environment: {} },
  }))
  const after = new LocalSource(repository)
  expect(await affectedTargets(of, { ...(await sourceAt(after, "HEAD")), after })).toEqual(expected)
})
