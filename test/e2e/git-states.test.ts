import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Plan } from "../../src/plan/types.js"
import { script } from "./command.js"
import { gitAuthor } from "./git-author.js"

/** What is made of a Git repository as people have them, by the whole program: a plan needs no engine. */

const folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
const environment = {
  ...process.env,
  ...gitAuthor,
  GIT_AUTHOR_DATE: "2025-03-01T09:30:05Z",
  GIT_COMMITTER_DATE: "2025-03-01T09:30:05Z",
}
const sh = (line: string, cwd = folder) =>
  execFileSync("sh", ["-ec", line], { cwd, env: environment, stdio: "pipe", encoding: "utf8" })

beforeAll(() => {
  sh(`mkdir one; cd one; printf 'module example.com/one\\n\\ngo 1.25\\n' >go.mod
    printf 'package main\\n\\nvar version string\\n\\nfunc main() { println(version) }\\n' >main.go
    git init -q -b main; git add .; git commit -qm one; git tag v1.2.3
    git commit -q --allow-empty -m two`)
})

afterAll(() => rmSync(folder, { recursive: true }))

const pseudo = "v1.2.4-0.20250301093005-[0-9a-f]{12}"

interface State {
  /** Makes a copy of the repository in `$1`. */
  line: string
  /** Below it. */
  project?: string
  version?: string
  /** Undefined where the commit is not known. */
  commit?: RegExp
  notice?: RegExp
  isLeftOut?: boolean
}

describe("a project in", () => {
  it.each<[string, State]>([
    ["no Git repository", { line: 'cp -a one "$1"; rm -r "$1/.git"' }],
    [
      "a clone without tags, and without older commits",
      {
        line: 'git clone -q --depth=1 --no-tags "file://$PWD/one" "$1"',
        version: "v0.0.0-20250301093005-[0-9a-f]{12}",
        commit: /^[0-9a-f]{12}$/,
        notice: /a shallow clone without tags/,
      },
    ],
    [
      "a tree with changes",
      {
        line: 'cp -a one "$1"; echo "// changed" >>"$1/main.go"',
        version: `${pseudo}\\+dirty`,
        commit: /^[0-9a-f]{12}, with changes that are not committed$/,
      },
    ],
    [
      "a commit whose tag is no version",
      {
        line: 'cp -a one "$1"; git -C "$1" tag release-7',
        version: pseudo,
        commit: /^[0-9a-f]{12}$/,
        notice: /^the commit's tag "release-7" is not a version such as v1\.2\.3: /,
      },
    ],
    [
      "a commit with a tag that only people take for a version",
      {
        line: 'cp -a one "$1"; git -C "$1" tag v1.2; git -C "$1" tag nightly',
        version: "v1\\.2",
        commit: /^[0-9a-f]{12}$/,
        notice:
          /^the commit's tag v1\.2 is not a version as Go has them, such as v1\.2\.3: `go version -m` says v/,
      },
    ],
    [
      "a commit with a tag of another major version",
      {
        line: 'cp -a one "$1"; git -C "$1" tag v2.0.0',
        version: "v2\\.0\\.0",
        commit: /^[0-9a-f]{12}$/,
        notice:
          /^the commit's tag v2\.0\.0 is of another major version than \S+: `go version -m` says v/,
      },
    ],
    [
      "a commit with two tags",
      {
        line: 'cp -a one "$1"; git -C "$1" tag v1.3.0; git -C "$1" tag v1.4.0',
        version: "v1.4.0",
        commit: /^[0-9a-f]{12}$/,
      },
    ],
    [
      "a submodule, which is at no branch",
      {
        line: `git init -q "$1"; cd "$1"; git -c protocol.file.allow=always submodule add -q "file://$OLDPWD/one" sub
          git -C sub checkout -q v1.2.3; git commit -qm outer`,
        project: "sub",
        version: "v1.2.3",
        commit: /^[0-9a-f]{12}$/,
      },
    ],
    [
      "a repository of somebody else",
      {
        line: 'cp -a one "$1"; chown -R 4711:4711 "$1"',
        notice: /^Git: .* belongs to another user.*safe\.directory/s,
        isLeftOut: process.getuid?.() !== 0,
      },
    ],
  ])("%s", async (title, { line, project = "", version, commit, notice, isLeftOut }) => {
    if (isLeftOut) return
    const copy = join(folder, title.replace(/\W+/g, "-"))
    execFileSync("sh", ["-ec", line, "sh", copy], { cwd: folder, env: environment, stdio: "pipe" })
    const env = { GIT_CONFIG_GLOBAL: "/dev/null" }
    const { code, stdout, stderr } = await script([join(copy, project), "--plan"], { env })
    expect(code, stderr).toBe(0)
    const { decisions, notices } = JSON.parse(stdout) as Plan
    const of = (name: string) => decisions.find(({ what }) => what === name)?.value
    if (version === undefined) expect(of("version")).toBeUndefined()
    else expect(of("version")).toMatch(new RegExp(`^${version}$`))
    if (commit === undefined) expect(of("commit")).toBeUndefined()
    else expect(of("commit")).toMatch(commit)
    const ofGit = notices.filter((each) => !each.startsWith("Go 1.25"))
    expect(ofGit).toEqual(notice === undefined ? [] : [expect.stringMatching(notice)])
    // One line each, for people.
    const told = stderr.split("\n").filter((each) => /^note: (?!Go 1\.25)/.test(each))
    expect(told).toEqual(ofGit.map((each) => `note: ${each.split("\n")[0]}`))
  })
})

describe("is refused in one line, and what to do:", () => {
  it.each([
    [
      "a template that does not exist",
      ["--linker-values", "main.version={{.Verison}}"],
      /^unknown template: \{\{\.Verison\}\} \(--linker-values\)\nKnown are \{\{\.Version\}\}, .*\n$/,
    ],
    [
      "a label that is no label",
      ["--label", "no label"],
      /^not a label: "no label" \(--label\)\nWrite NAME=value, .*\n$/,
    ],
    [
      "an annotation that is none",
      ["--annotation", "=value"],
      /^not an annotation: "=value" \(--annotation\)\n.*\n$/,
    ],
    ["a tag that is none", ["--git-tag", "v1 2"], /^not the name of a tag: "v1 2" \(--git-tag\)\n/],
    [
      "a time that is none",
      ["--source-date-epoch", "yesterday"],
      /^[^\n]*yesterday[^\n]*\(--source-date-epoch\)\n/,
    ],
  ])("%s", async (_, options, said) => {
    const { code, stdout, stderr } = await script([join(folder, "one"), "--plan", ...options])
    expect(stderr).toMatch(said)
    expect(code).toBe(2)
    expect(stdout).toBe("")
  })
})
