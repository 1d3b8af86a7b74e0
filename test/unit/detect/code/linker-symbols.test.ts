import { expect, test } from "vitest"
import { detectIn, project, type Files } from "../../support/project.js"

const files = project({
  "main.go": 'package main\n\nvar version = "dev"\n\nvar a, commit string\n\nfunc main() {}\n',
  "main_test.go": 'package main\n\nvar onlyInTest = "x"\n',
  "internal/build/build.go": 'package build\n\nvar (\n\tDate string\n\tTime = "x"\n)\n',
})

async function noticesOf(symbol: string, project: Files = files): Promise<string[]> {
  const { facts } = await detectIn(project, { linkerValues: [`${symbol}=1`] })
  return facts.notices.map(({ file, message }) => `${file}: ${message}`)
}

test.each([
  "main.version",
  "main.commit",
  "example.com/hello.version",
  "example.com/hello/internal/build.Date",
  "example.com/hello/internal/build.Time",
  // Of other modules nothing can be seen.
  "github.com/prometheus/common/version.Version",
])("%s is there, or cannot be seen", async (symbol) => {
  expect(await noticesOf(symbol)).toEqual([])
})

test.each([
  [
    "main.Version",
    ".: no string variable Version for the linker to set (main.Version); did you mean main.version?",
  ],
  ["main.nothing", ".: no string variable nothing for the linker to set (main.nothing)"],
  ["main.onlyInTest", ".: no string variable onlyInTest for the linker to set (main.onlyInTest)"],
  [
    "example.com/hello/internal/build.date",
    "./internal/build: no string variable date for the linker to set (example.com/hello/internal/build.date); did you mean example.com/hello/internal/build.Date?",
  ],
  [
    "example.com/hello/internal/other.Date",
    "./internal/other: no string variable Date for the linker to set (example.com/hello/internal/other.Date)",
  ],
])("%s is reported: Go's linker would say nothing", async (symbol, notice) => {
  expect(await noticesOf(symbol)).toEqual([notice])
})
