import { execFileSync } from "node:child_process"
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, it } from "vitest"
import { readGitignores } from "../../../../src/detect/patterns/gitignore.js"
import { temporaryFolder } from "../../cli/temporary.js"
import { fc, runs } from "../../support/property.js"

const ignored = (files: Record<string, string>, paths: readonly string[]) => {
  const ignoring = readGitignores(new Map(Object.entries(files)))
  return paths.filter((path) => ignoring(path) !== undefined)
}

describe("a file is ignored", () => {
  it.each<[string, Record<string, string>, string, boolean]>([
    ["by its name in any folder", { ".gitignore": "*.log" }, "a/b.log", true],
    ["with its folder", { ".gitignore": "dist" }, "web/dist/a.js", true],
    ["where it is anchored", { ".gitignore": "/dist" }, "dist/a.js", true],
    ["not elsewhere", { ".gitignore": "/dist" }, "web/dist/a.js", false],
    ["not where a slash is in the middle", { ".gitignore": "a/b" }, "x/a/b", false],
    ["not if only a folder is meant", { ".gitignore": "bin/" }, "bin", false],
    ["not if it is taken back", { ".gitignore": "*.log\n!keep.log" }, "keep.log", false],
    ["below an ignored folder, whatever else is said", { ".gitignore": "a\n!a/b" }, "a/b", true],
    ["by a file further down", { "a/.gitignore": "*\n!.gitignore" }, "a/b/c", true],
    ["not by it alone", { "a/.gitignore": "*\n!.gitignore" }, "a/.gitignore", false],
    [
      "not where a nearer file says so",
      { ".gitignore": "*.js", "a/.gitignore": "!x.js" },
      "a/x.js",
      false,
    ],
    ["not by a comment", { ".gitignore": "# a\n\n" }, "# a", false],
    ["by what looks like a comment", { ".gitignore": "\\#a\r\n" }, "#a", true],
    ["by a class of characters", { ".gitignore": "[[:digit:]]" }, "5", true],
    ["not by another class", { ".gitignore": "[[:digit:]]" }, "d", false],
    ["not by a class that there is not", { ".gitignore": "[[:none:]]" }, "n", false],
    ["by a bracket in a set", { ".gitignore": "[]a]" }, "]", true],
    ["by a dash at a set's end", { ".gitignore": "[a-]" }, "-", true],
    ["by a range", { ".gitignore": "[a-c]" }, "b", true],
    ["not by a range that was escaped", { ".gitignore": "[a\\-c]" }, "b", false],
    ["by all but a set", { ".gitignore": "[!a]" }, "b", true],
    ["by all but a set, as shells have it", { ".gitignore": "[^a]" }, "a", false],
    ["by a set that has a slash in its range", { ".gitignore": "a[.-0]b" }, "a.b", true],
    ["not by a slash in a set", { ".gitignore": "a[.-0]b" }, "a/b", false],
    ["not by a slash for all but a set", { ".gitignore": "a[!x]b" }, "a/b", false],
    ["not by a slash for any character", { ".gitignore": "a?b" }, "a/b", false],
    ["without blanks at the end", { ".gitignore": "a  " }, "a", true],
    ["with a blank that was escaped", { ".gitignore": "a\\ " }, "a ", true],
    ["without a blank behind an escaped backslash", { ".gitignore": "a\\\\ " }, "a\\", true],
    ["by all that is in a folder", { ".gitignore": "a/**" }, "a/b/c", true],
    ["not by all that is in one of its name", { ".gitignore": "a/**/" }, "a/b", false],
    ["with two stars among letters as with one", { ".gitignore": "a**b" }, "axb", true],
    ["by any number of folders", { ".gitignore": "a/**/b" }, "a/x/y/b", true],
    ["by none of them", { ".gitignore": "a/**/b" }, "a/b", true],
  ])("%s", (_, files, path, expected) => {
    expect(ignored(files, [path])).toEqual(expected ? [path] : [])
  })

  it("and the file that says so is told", () => {
    const ignoring = readGitignores(
      new Map([
        ["a/.gitignore", "*"],
        [".gitignore", "b"],
      ]),
    )
    expect([ignoring("a/x"), ignoring("b/x"), ignoring("c")]).toEqual([
      "a/.gitignore",
      ".gitignore",
      undefined,
    ])
  })
})

it("is ignored where Git itself says so", () => {
  const folder = temporaryFolder()
  execFileSync("git", ["init", "-q"], { cwd: folder })
  const part = fc.stringMatching(/^[ab.ü-]{1,3}$/).filter((each) => !/^\.+$/.test(each))
  const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"))
  const piece = fc.constantFrom(
    ..."a|b|.|*|**|***|?|/|**/|/**|[ab]|[!a]|[^b]|[a-]|[b-a]|[[:alpha:]]|[]a]|[a|[\\]]|\\a|\\|!|#| |\\ |ü|-|[.-b]|[[:x:]]|[a[:]".split(
      "|",
    ),
  )
  const line = fc.oneof(
    {
      arbitrary: fc.array(piece, { minLength: 1, maxLength: 5 }).map((parts) => parts.join("")),
      weight: 3,
    },
    { arbitrary: path, weight: 1 },
    { arbitrary: path.map((each) => `!${each}`), weight: 2 },
    { arbitrary: path.map((each) => `${each}/`), weight: 1 },
  )
  // What two stars mean beside something else, Git 2.39 decides by where in memory they are.
  const isDefined = (each: string) =>
    !/[^/*]\*{2,}(?:\\?\/|$)|\*\*\\\//.test(each.replace(/^!/, ""))
  const text = fc
    .tuple(fc.array(line.filter(isDefined), { maxLength: 6 }), fc.constantFrom("\n", "\r\n"))
    .map(([lines, end]) => lines.join(end))
  const project = fc.record({
    paths: fc.uniqueArray(path, { minLength: 1, maxLength: 12 }),
    root: text,
    nested: fc.array(fc.tuple(path, text), { maxLength: 2 }),
  })
  // Each in a folder of its own, as Git takes much longer to start than to answer.
  const projects = fc.array(project, { minLength: 10, maxLength: 10 })
  fc.assert(
    fc.property(projects, (all) => {
      const texts: Record<string, string> = {}
      const files = all.flatMap(({ paths, root, nested }, index) => {
        // No path is a folder of another one.
        const own = paths.filter((each) => !paths.some((other) => other.startsWith(`${each}/`)))
        texts[`${index}/.gitignore`] = root
        for (const [place, text] of nested) {
          const inside = own.find((each) => each.startsWith(`${place}/`) || dirname(each) === place)
          if (inside) texts[`${index}/${place}/.gitignore`] = text
        }
        return own.map((each) => `${index}/${each}`)
      })
      for (const [name, text] of [...files.map((each) => [each, ""]), ...Object.entries(texts)]) {
        mkdirSync(join(folder, dirname(name ?? "")), { recursive: true })
        writeFileSync(join(folder, name ?? ""), text ?? "")
      }
      const expected = ignoredByGit(folder)
      for (const index of all.keys()) rmSync(join(folder, `${index}`), { recursive: true })
      expect(ignored(texts, files).sort()).toEqual(expected.sort())
    }),
    { numRuns: Math.ceil(runs / 10) },
  )
})

function ignoredByGit(folder: string): string[] {
  const settings = ["-c", "core.quotePath=false", "-c", "core.excludesFile="]
  const list = ["ls-files", "-oi", "-z", "--exclude-per-directory=.gitignore"]
  return execFileSync("git", [...settings, ...list], { cwd: folder })
    .toString()
    .split("\0")
    .filter((each) => each !== "" && !each.endsWith(".gitignore"))
}
