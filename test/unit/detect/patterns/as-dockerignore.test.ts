import { expect, it } from "vitest"
import { ignorePatterns } from "../../../../src/detect/patterns/as-dockerignore.js"

const git = (files: Record<string, string>, above?: [folder: string, text: string]) =>
  ignorePatterns(
    new Map(Object.entries(files)),
    "",
    above && { folder: above[0], gitignores: new Map([[".gitignore", above[1]]]) },
  ).git

it.each<[string, string[]]>([
  ["node_modules", ["**/node_modules"]],
  ["/data/", ["data"]],
  ["data/", ["**/data"]],
  ["docs/*.html", ["docs/*.html"]],
  ["**/gen", ["**/gen"]],
  ["a**b", ["**/a*b"]],
  ["*.py[!co]", ["**/*.py[^co]"]],
  ["x[[:digit:]]", []],
  ["\\#notes", ["**/\\#notes"]],
  ["/\\!odd", ["\\!odd"]],
  ["name\\ ", ["**/name?"]],
  // What never matches anything.
  ["name\\", []],
  ["[a", []],
  ["[a-", []],
  ["[\\", []],
  ["# comment\n\n", []],
  ["*.env\n!example.env", ["**/*.env", "!**/example.env"]],
  // Git lets nothing in of a folder that is ignored.
  ["/build\n!/build/keep.txt", ["build"]],
  ["/build/*\n!/build/keep.txt", ["build/*", "!build/keep.txt"]],
  ["*\n!*/\n!*.go", ["**/*", "!**/*.go"]],
])("reads %j of a .gitignore", (text, patterns) => {
  expect(git({ ".gitignore": text })).toEqual(patterns)
})

it("reads those of folders after those above them, and none of a folder that is ignored", () => {
  const files = {
    "logs/.gitignore": "*\n!.gitignore\n",
    ".gitignore": ".venv\n",
    ".venv/.gitignore": "*\n",
  }
  expect(git(files)).toEqual(["**/.venv", "logs/**/*", "!logs/**/.gitignore"])
})

it.each<[string, string[]]>([
  ["*.log", ["**/*.log"]],
  ["/services/web/data", ["data"]],
  ["services/*/bin", ["bin"]],
  ["/other/data", []],
  ["**/tmp/x", ["**/tmp/x"]],
])("reads %j above the source", (text, patterns) => {
  expect(git({}, ["services/web", text])).toEqual(patterns)
})

it("has the .dockerignore of the files' folder start there", () => {
  const contents = new Map([["web/.dockerignore", "/data\n!*.md\n"]])
  expect(ignorePatterns(contents, "web", undefined).docker).toEqual(["web/data", "!web/*.md"])
})
