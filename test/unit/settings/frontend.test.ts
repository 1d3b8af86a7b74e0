import { describe, expect, it } from "vitest"
import { parseFrontend } from "../../../src/settings/frontend.js"

const parse = (...value: string[]) => parseFrontend({ value, from: "--frontend" })

describe("the front end that is asked for is", () => {
  it.each<[string[], object]>([
    [["auto"], { mode: "auto" }],
    [["off"], { mode: "off" }],
    [["./web/"], { mode: "folder", folder: "web" }],
    [["."], { mode: "folder", folder: "" }],
    [["folder=web", "output=web/dist"], { mode: "folder", folder: "web", output: "web/dist" }],
    [["web", "command=npm run x && y=1"], { folder: "web", command: "npm run x && y=1" }],
  ])("%j", (value, expected) => {
    expect(parse(...value)).toMatchObject(expected)
  })

  it("found by itself where nothing is said", () => {
    expect(parseFrontend(undefined)).toEqual({ mode: "auto", folder: "", from: "default" })
  })
})

describe("refused are", () => {
  it.each<[string[], string]>([
    [["web", "ui"], "two of folder"],
    [["output=dist"], "without a folder"],
    [["off", "output=dist"], "without a folder"],
    [["web", "outptu=dist"], "not a setting of the front end"],
    [["web", "output="], "not a setting of the front end"],
    [[" "], "not a setting of the front end"],
    [["../web"], "leads out of the project"],
    [["web", "output=/dist"], "leads out of the project"],
    [["web", "output=./"], "the output of the front end is the whole project"],
  ])("%j", (value, message) => {
    expect(() => parse(...value)).toThrow(message)
  })
})
