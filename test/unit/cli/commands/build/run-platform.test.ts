import { expect, it } from "vitest"
import { forRun } from "../../../../../cli/commands/build/run-platform.js"
import { parseArguments } from "../../../../../cli/command-line/build-command.js"
import { detect } from "../../../../../src/detect/detect.js"
import { MemorySource } from "../../../support/memory-source.js"
import { project } from "../../../support/project.js"

const both = "linux/amd64,linux/arm64"

it.each<[string, string, string[], string, string]>([
  ["is run: this machine's alone", both, ["--run"], "x64", "linux/amd64"],
  ["is run on ARM: this machine's alone", both, ["--run"], "arm64", "linux/arm64"],
  ["is run elsewhere: all", both, ["--run"], "riscv64", both],
  ["is run, of one platform: that one", "linux/arm64", ["--run"], "x64", "linux/arm64"],
  ["is built: all", both, [], "x64", both],
  ["is run and written: all", both, ["--run", "-o", "a.tar"], "x64", both],
])("platforms of an image that %s", async (_, platform, args, architecture, expected) => {
  const source = new MemorySource(project({ "main.go": "package main\n\nfunc main() {}\n" }))
  const found = await detect(source, { options: { platform }, environment: {} })
  const { settings } = forRun(found, parseArguments([".", ...args], {}), architecture)
  expect(settings.platform?.value).toBe(expected)
})
