import { execFile } from "node:child_process"
import { promisify } from "node:util"
import { expect, test } from "vitest"

const run = promisify(execFile)

test.each([
  ["types", "tsc", ["--noEmit"]],
  ["lint", "eslint", ["--max-warnings=0", "."]],
  ["format", "prettier", ["--check", "."]],
])("%s", async (_, program, args) => {
  const result = await run(`node_modules/.bin/${program}`, args).catch(
    (error: { stdout: string; stderr: string }) => error,
  )
  const output = `${result.stdout}${result.stderr}`.trim()
  expect(result, output).not.toBeInstanceOf(Error)
})
