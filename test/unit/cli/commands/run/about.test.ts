import { expect, it } from "vitest"
import { parseArguments } from "../../../../../cli/command-line/build-command.js"
import { typedOptions } from "../../../../../cli/commands/run/about.js"

it("settings are typed again as they were typed", () => {
  const args = [
    ...["--go-version", "1.27", "--packages", "./cmd/api", "--packages", "./cmd/b"],
    ...["--process", "clock", "--port", "8080", "--environment", "A=b c", "--root"],
  ]
  const { options } = parseArguments([".", ...args, "--run"], {})
  expect(typedOptions(options)).toEqual([...args])
  expect(typedOptions(parseArguments(["."], {}).options)).toEqual([])
})
