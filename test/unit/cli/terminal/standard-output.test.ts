import { afterEach, expect, it } from "vitest"
import { checkStandardOutput } from "../../../../cli/terminal/standard-output.js"

const before = process.stdout.isTTY

afterEach(() => {
  process.stdout.isTTY = before
})

it("refuses a terminal, and says where an archive can go", () => {
  process.stdout.isTTY = true
  expect(() => {
    checkStandardOutput()
  }).toThrow("the output is a terminal\nPipe the archive to a program: … --output - | docker load")
})

it("takes a pipe or a file", () => {
  process.stdout.isTTY = false
  expect(() => {
    checkStandardOutput()
  }).not.toThrow()
})
