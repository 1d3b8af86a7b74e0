import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { Lines } from "../../../../../cli/commands/dev/lines.js"

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

function collect() {
  const written = { stdout: "", stderr: "" }
  const lines = new Lines("app | ", (text, stream) => (written[stream] += text))
  return { written, lines }
}

it("each line of a program comes after its name, however it was cut", () => {
  const { written, lines } = collect()
  for (const part of ["one\ntw", "o\r\n", "\nthree\n"]) lines.add(Buffer.from(part), "stdout")
  lines.add(Buffer.from("wrong\n"), "stderr")
  expect(written).toEqual({
    stdout: "app | one\napp | two\napp | \napp | three\n",
    stderr: "app | wrong\n",
  })
})

it("a character that is cut in two is whole", () => {
  const { written, lines } = collect()
  const bytes = Buffer.from("grüße\n")
  lines.add(bytes.subarray(0, 3), "stdout")
  lines.add(bytes.subarray(3), "stdout")
  expect(written.stdout).toBe("app | grüße\n")
})

it("a line without an end is shown after a moment", () => {
  const { written, lines } = collect()
  lines.add(Buffer.from("name? "), "stdout")
  expect(written.stdout).toBe("")
  vi.advanceTimersByTime(200)
  expect(written.stdout).toBe("app | name? \n")
})
