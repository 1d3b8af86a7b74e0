import { execFile } from "node:child_process"
import { readFileSync } from "node:fs"
import { promisify } from "node:util"
import { expect, test } from "vitest"
import { filesWithAddress, withAddress } from "../readme/addresses.js"
import { settingArguments } from "../readme/constructor.js"
import { referenceFile, referencePage } from "../readme/reference.js"
import { helpText } from "../../cli/command-line/build-command.js"

const run = promisify(execFile)

test.each([
  ["types, with the SDK of Dagger 1.0", "tsc", ["--noEmit"]],
  ["types, with the SDK of Dagger 0.21", "tsc", ["--noEmit", "-p", "test/dagger/tsconfig.json"]],
  ["lint", "eslint", ["--max-warnings=0", "."]],
  ["format", "prettier", ["--check", "."]],
])("%s", async (_, program, args) => {
  const result = await run(`node_modules/.bin/${program}`, args).catch(
    (error: { stdout: string; stderr: string }) => error,
  )
  const output = `${result.stdout}${result.stderr}`.trim()
  expect(result, output).not.toBeInstanceOf(Error)
})

test("documents and examples have the address of src/version.ts", () => {
  const files = filesWithAddress()
  expect(files).toContain("README.md")
  const others = files.filter((file) => {
    const text = readFileSync(file, "utf8")
    return withAddress(text) !== text
  })
  expect(others, "bash script/readme writes it there").toEqual([])
})

test("docs/reference.md is the code's", () => {
  expect(readFileSync(referenceFile, "utf8"), "bash script/readme writes it again").toBe(
    referencePage(),
  )
})

test("what --help prints without an installation is the text of the options", () => {
  expect(readFileSync("cli/help.txt", "utf8"), "bash script/readme writes it anew").toBe(helpText())
})

test("the constructor's settings are those of the table", () => {
  for (const { file, text } of settingArguments())
    expect(readFileSync(file, "utf8"), "bash script/readme writes them anew").toBe(text)
})
