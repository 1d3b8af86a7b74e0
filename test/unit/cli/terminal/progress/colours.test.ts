import { expect, it } from "vitest"
import { coloursFor, hasColours } from "../../../../../cli/terminal/progress/colours.js"

it.each([
  [true, {}, true],
  [false, {}, false],
  [true, { TERM: "dumb" }, false],
  [true, { NO_COLOR: "1" }, false],
  // https://no-color.org: an empty one is none.
  [true, { NO_COLOR: "" }, true],
  [true, { NO_COLOR: "0" }, false],
  [false, { FORCE_COLOR: "1" }, true],
  [false, { FORCE_COLOR: "true" }, true],
  [true, { FORCE_COLOR: "0" }, false],
  [true, { FORCE_COLOR: "false" }, false],
  [false, { FORCE_COLOR: "1", NO_COLOR: "1" }, true],
  [true, { CLICOLOR: "0" }, false],
  [false, { CLICOLOR: "1" }, false],
  [false, { CLICOLOR_FORCE: "1" }, true],
  [false, { CLICOLOR_FORCE: "0" }, false],
  [true, { CLICOLOR_FORCE: "1", NO_COLOR: "1" }, false],
])("on a terminal: %j, with %j there are colours: %j", (isTerminal, environment, expected) => {
  expect(hasColours(isTerminal, environment)).toBe(expected)
  const painted = coloursFor(isTerminal, environment).red("x")
  expect(painted).toBe(expected ? "\u001B[31mx\u001B[39m" : "x")
})
