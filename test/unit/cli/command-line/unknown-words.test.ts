import type { Command } from "commander"
import { describe, expect, it } from "vitest"
import { commandLine } from "../../../../cli/command-line/build-command.js"
import { devCommand } from "../../../../cli/commands/dev/command.js"
import { lockCommand } from "../../../../cli/commands/lock/command.js"
import { programName } from "../../../../cli/program-name.js"

/** What is said of a command line that is wrong. */
function said(program: Command, typed: string): string {
  let text = ""
  const stop = new Error("ended")
  const before = program.configureOutput()
  const writeErr = (part: string) => (text += part)
  program.configureOutput({
    writeErr,
    outputError: (message) => before.outputError?.(message, writeErr),
  })
  program.exitOverride(() => {
    throw stop
  })
  expect(() => program.parse(typed.split(" "), { from: "user" })).toThrow(stop)
  return text.split("\n").slice(0, -2).join("\n")
}

describe("an option of another tool", () => {
  it.each([
    [". --run --env A=b", `dev FOLDER --env NAME=value`],
    [". -e A=b", `--environment NAME=value`],
    [". -eA=b", `--environment NAME=value`],
    [". -p 80:80", "--port 3000"],
    [". --publish=80:80", "--port 3000"],
    [". --volume /a:/b", "--volumes /data"],
    [". --name app", "--tag NAME"],
    [". --run --rm", "--run removes the container"],
    [". -it", "--run removes the container"],
    [". -f Dockerfile", "import FOLDER"],
    [". --build-arg VERSION=1", "--linker-values"],
    [". --pull", "lock FOLDER"],
    [". -ldflags=-s", "--linker-values"],
  ])("%s: says what does the same here", (typed, hint) => {
    const [first, second, ...others] = said(commandLine(), typed).split("\n")
    expect(first).toMatch(/^error: unknown option '-[^']+'$/)
    expect(second).toContain(hint)
    // Commander's own guess, such as --push for --pull, is another one.
    expect(others).toEqual([])
  })

  it("after dev, names options of dev", () => {
    expect(said(devCommand(), ". -e A=b")).toContain("\nFor this run: --env NAME=value.")
    expect(said(devCommand(), ". --tag x")).toContain(`\ndev only runs the image; ${programName}`)
  })

  it("that has its like in letters alone, or in another command, is left to commander", () => {
    expect(said(commandLine(), ". --no-caches")).toMatch(/\n\(Did you mean --no-cache\?\)$/)
    expect(said(commandLine(), ". --what")).toBe("error: unknown option '--what'")
    expect(said(lockCommand(), ". --env A=b")).not.toContain("For one run")
  })

  it("gets a hint of options that exist", () => {
    const options = (program: Command) => program.options.map(({ long }) => long)
    const own = { build: options(commandLine()), dev: options(devCommand()) }
    for (const [name, program] of Object.entries({ build: commandLine, dev: devCommand })) {
      for (const typed of [
        "-e",
        "-p",
        "--volume",
        "--name",
        "--rm",
        "-f",
        "--build-arg",
        "--pull",
      ]) {
        const text = said(program(), `. ${typed} x`).split("\n").slice(1).join("\n")
        const known = text.includes(" dev ") ? [...own.build, ...own.dev] : own[name as "build"]
        const named = text.match(/--[a-z-]+/g) ?? []
        expect([typed, named.filter((each) => !known.includes(each))]).toEqual([typed, []])
      }
    }
  })
})

it.each([
  ["build .", "."],
  ["run ./api", "./api --run"],
  ["push .", ". --tag NAME --push"],
  ["test .", ". --check test"],
])("%s: says what is typed here", (typed, here) => {
  const [name] = typed.split(" ")
  expect(said(commandLine(), typed).split("\n")[1]).toBe(
    `${name} is not a command: ${programName} ${here}`,
  )
})
