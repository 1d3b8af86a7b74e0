import { execFileSync } from "node:child_process"
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { readGit } from "../../../../cli/git/read-git.js"
import { gitAnswers, gitScript, parseGitAnswers } from "../../../../src/detect/git/git-script.js"
import { notOfGit } from "../../../../src/dagger/given/git.js"
import { temporaryFolder } from "../../cli/temporary.js"

const environment = {
  ...process.env,
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@example.com",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@example.com",
}

function git(folder: string, ...args: string[]): void {
  execFileSync("git", args, { cwd: folder, env: environment, stdio: "pipe" })
}

function write(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

function commit(folder: string): void {
  git(folder, "add", ".")
  git(folder, "commit", "-q", "-m", "change")
}

function repository(): string {
  const folder = join(temporaryFolder(), "repository")
  write(folder, {
    "go.mod": "module example.com/app // ours\n\ngo 1.25\n",
    "services/api/go.mod": 'module "example.com/app/services/api"\n',
    "services/api/main.go": "package main\n",
    ".gitignore": "*.log\n",
  })
  git(folder, "init", "-q", "-b", "main")
  commit(folder)
  return folder
}

/** What an engine has of it: the folder without .git, and the .git folder without what is not sent. */
function sent(folder: string, inside = ""): { source: string; given: string } {
  const base = temporaryFolder()
  const [source, given] = [join(base, "source"), join(base, "git")]
  cpSync(join(folder, inside), source, { recursive: true })
  rmSync(join(source, ".git"), { recursive: true, force: true })
  cpSync(join(folder, ".git"), given, { recursive: true })
  for (const name of notOfGit) rmSync(join(given, name), { recursive: true, force: true })
  return { source, given }
}

const never = (): boolean => false

function ask(
  { source, given }: { source: string; given: string },
  module = "",
  isOwn: (path: string) => boolean = never,
) {
  const out = join(temporaryFolder(), "answers")
  execFileSync("sh", ["-c", gitScript, "sh", given, source, module, out], { stdio: "pipe" })
  const texts = gitAnswers.flatMap((name) => {
    const file = join(out, name)
    return existsSync(file) ? [[name, readFileSync(file, "utf8")] as const] : []
  })
  return parseGitAnswers(Object.fromEntries(texts), isOwn)
}

test("the answer is the one that Git gives where the work tree is", async () => {
  const folder = repository()
  git(folder, "tag", "v1.1.0")
  write(folder, { "main.go": "package main\n" })
  commit(folder)
  git(folder, "tag", "-a", "v1.2.3", "-m", "release")
  git(folder, "tag", "services/api/v0.1.0")
  const clone = join(temporaryFolder(), "clone")
  git(folder, "clone", "-q", "--no-local", folder, clone)
  const { state } = await readGit(folder, never)
  expect(state?.tags).toEqual(["services/api/v0.1.0", "v1.2.3"])
  expect(ask(sent(folder), "example.com/app")).toEqual({ state })
  // All in one pack.
  expect(ask(sent(clone), "example.com/app")).toEqual({ state })
})

test("a folder of the repository is found by its module's path, wherever else it is changed", () => {
  const folder = repository()
  write(folder, { "services/api/main.go": "package main\n// changed\n" })
  const found = ask(sent(folder, "services/api"), "example.com/app/services/api")
  expect(found.state).toMatchObject({
    folder: "services/api",
    modified: true,
    rootModule: "example.com/app",
  })
  git(folder, "checkout", "-q", ".")
  const clean = ask(sent(folder, "services/api"), "example.com/app/services/api")
  expect(clean.state).toMatchObject({ folder: "services/api" })
  expect(clean.state).not.toHaveProperty("modified")
})

test.each([
  ["a change", { "services/api/main.go": "package main\n\n" }, true],
  ["a new file", { "new.txt": "" }, true],
  ["a file that Git ignores", { "new.log": "" }, false],
  ["an image of before", { "app.tar": "" }, false],
])("%s", (_, files: Record<string, string>, modified) => {
  const folder = repository()
  write(folder, files)
  const { state } = ask(sent(folder), "example.com/app", (path) => path === "app.tar")
  expect(state?.modified).toBe(modified)
})

test("where the repository is, is what it was cloned from, without a password", () => {
  const folder = repository()
  const { source, given } = sent(folder)
  write(given, {
    "logs/HEAD": `${"0".repeat(40)} ${"1".repeat(40)} a <a@b> 1 +0000\tclone: from https://me:secret@github.com/acme/app.git\n`,
  })
  expect(ask({ source, given }).state?.remote).toBe("https://github.com/acme/app")
})

test.each([
  ["a repository without a commit", "there is no commit yet"],
  ["no repository", "not a .git folder (--git)"],
  ["a work tree beside", "a work tree or submodule, whose repository is elsewhere"],
])("%s is told", (name, told) => {
  const folder = join(temporaryFolder(), "empty")
  mkdirSync(folder)
  if (name.startsWith("a repository")) git(folder, "init", "-q")
  else if (name.startsWith("a work tree"))
    write(folder, { ".git/HEAD": "", ".git/commondir": "../.." })
  else mkdirSync(join(folder, ".git"))
  const { state, notice } = ask(sent(folder))
  expect(state).toBeUndefined()
  expect(notice).toContain(told)
  expect(notice).toMatch(/: the image does not name its commit$/)
})

test("nothing of the repository runs programs of its choice, and no password is sent", () => {
  const folder = repository()
  const mark = join(temporaryFolder(), "ran")
  git(folder, "config", "core.fsmonitor", `touch ${mark}; false`)
  git(folder, "config", "http.extraheader", "AUTHORIZATION: basic secret")
  const { source, given } = sent(folder)
  expect(ask({ source, given }, "example.com/app").state?.modified).toBe(false)
  expect(existsSync(mark)).toBe(false)
  expect(existsSync(join(given, "config"))).toBe(false)
})
