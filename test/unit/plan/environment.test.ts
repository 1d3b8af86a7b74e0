import { describe, expect, it } from "vitest"
import { parseEnvironment } from "../../../src/plan/environment.js"
import { messageOf, resultOrUserError } from "../support/errors.js"
import { junk } from "../support/hostile.js"
import { planOf, mains, project } from "../support/project.js"
import { fc } from "../support/property.js"

describe("an environment variable is read", () => {
  it.each([
    ["A=b", "A", "b"],
    ["A=", "A", ""],
    ["A=b=c", "A", "b=c"],
    ["A= b ", "A", " b "],
    ['A="b"', "A", '"b"'],
    ["A=$HOME", "A", "$HOME"],
    ["a_1=ü", "a_1", "ü"],
    ["_=b", "_", "b"],
    ["spring.name=b", "spring.name", "b"],
    ["A-B=c", "A-B", "c"],
    ["A=\t\u2028", "A", "\t\u2028"],
  ])("from %j", (text, name, value) => {
    expect(parseEnvironment(text, "--environment")).toEqual({ name, value })
  })
})

describe("what is no environment variable is refused:", () => {
  it.each([
    "",
    "A",
    "=b",
    " A=b",
    "1A=b",
    "A B=c",
    "A=b\nc",
    "A=b\r",
    "A=b\0",
    "ü=b",
    "${A}=b",
    "--A=b",
  ])("%j", (text) => {
    expect(messageOf(() => parseEnvironment(text, "--environment"))).toBe(
      `not an environment variable: ${JSON.stringify(text)} (--environment)\nWrite NAME=value, on one line.`,
    )
  })
})

it("the image has what was asked for after what it would have, so that it counts", async () => {
  const plan = await planOf(project(mains(".")), {
    port: ["8080"],
    environment: ["PORT=1", "A=b"],
    runtime: "ubuntu",
  })
  expect(plan.image.environment.map(({ name, value }) => `${name}=${value}`)).toEqual([
    "TZ=UTC",
    "GOMAXPROCS=0",
    "PORT=8080",
    "PORT=1",
    "A=b",
  ])
})

it("whatever the text, an image's configuration can have it, or a message says that it cannot", () => {
  fc.assert(
    fc.property(junk("A", "=", "NAME=", "$", '"'), (text) => {
      const variable = resultOrUserError(() => parseEnvironment(text, "--environment"))
      if (variable instanceof Error) return
      expect(variable.name).toMatch(/^[\w.-]+$/)
      expect(variable.value).toMatch(/^[^\n\r\0]*$/)
      expect(`${variable.name}=${variable.value}`).toBe(text)
    }),
  )
})
