import { expect, it } from "vitest"
import {
  givenEnvironment,
  parseEnvironmentFile,
} from "../../../../../cli/commands/dev/environment.js"

it("a file of variables is read as docker run reads it", () => {
  const text = '# a comment\n\nA=1\n  B=two words # kept\r\nC="quoted"\nD=a=b\nEMPTY=\n'
  expect(parseEnvironmentFile(text, "dev.env")).toEqual({
    ...{ A: "1", B: "two words # kept", C: '"quoted"', D: "a=b", EMPTY: "" },
  })
})

it("what is no variable is told with its line", () => {
  expect(() => parseEnvironmentFile("A=1\n=x\n", "dev.env")).toThrow(
    "not a variable: =x (dev.env:2)",
  )
  expect(() => givenEnvironment({ env: ["=x"] })).toThrow("not a variable: =x (--env)")
  expect(() => givenEnvironment({ envFile: "/no/such" })).toThrow(
    "/no/such (--env-file) cannot be read",
  )
})

it("a name alone is taken from our own environment", () => {
  expect(givenEnvironment({ env: ["PATH"] })).toEqual({ PATH: process.env["PATH"] })
})
