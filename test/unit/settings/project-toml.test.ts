import { expect, test } from "vitest"
import { UserError } from "../../../src/errors.js"
import { parseProjectToml } from "../../../src/settings/descriptor/project-toml.js"
import { resolveSettings } from "../../../src/settings/resolve.js"

test("reads variables, patterns and our own table, with their lines", () => {
  const { variables, table, exclude, include } = parseProjectToml(`[_]
schema-version = "0.2"

[io.buildpacks]
exclude = ["docs", "*.md"]

[[io.buildpacks.build.env]]
name = "GO_VERSION"
value = "1.25"

[go-image]
runtime = "scratch"
`)
  expect([...variables]).toEqual([["GO_VERSION", { value: "1.25", line: 8 }]])
  expect([...table]).toEqual([["runtime", { value: "scratch", line: 12 }]])
  expect({ exclude, include }).toEqual({ exclude: ["docs", "*.md"], include: undefined })
})

test("reads the older schema", () => {
  const { variables, include } = parseProjectToml(`[build]
include = ["cmd/"]
[[build.env]]
name = "RUN_COMMAND"
value = "./app"
`)
  expect(variables.get("RUN_COMMAND")).toEqual({ value: "./app", line: 4 })
  expect(include).toEqual(["cmd/"])
})

test("passes over tables of others", () => {
  const { variables, table } = parseProjectToml(`[com.example.tool]\ngo-version = "1"\n`)
  expect([variables.size, table.size]).toEqual([0, 0])
})

test.each([
  [
    "a syntax error, with a caret",
    "[go-image]\nport = \n",
    'project.toml:2:8: not TOML: unexpected "\\n"\n  port =\n         ^\nSee https://toml.io for the syntax.',
  ],
  [
    "a key twice",
    "[go-image]\nport = 1\nport = 2\n",
    /^project\.toml:3:1: not TOML: Cannot redefine existing key/,
  ],
  [
    "an unknown key, with what was meant",
    '[go-image]\ngo_version = "1.25"\n',
    'project.toml:2: unknown key "go_version" in [go-image]\nDid you mean go-version?',
  ],
  [
    "two letters in each other's place",
    "[go-image]\nprot = 80\n",
    'project.toml:2: unknown key "prot" in [go-image]\nDid you mean port?',
  ],
  [
    "the same in a target",
    '[[go-image.targets]]\nname = "web"\nprot = 80\n',
    'project.toml:3: unknown key "prot" in target web\nDid you mean port?',
  ],
  [
    "one target for several",
    '[[go-image.target]]\nname = "web"\n',
    'project.toml:1: unknown key "target" in [go-image]\nDid you mean targets?',
  ],
  [
    "another name of our table",
    "[com.example]\na = 1\n\n[go_image]\nport = 80\n",
    'project.toml:4: unknown key "go_image" in the file\nDid you mean go-image?',
  ],
  [
    "another name of a list of patterns",
    '[io.buildpacks]\nbuilder = "x"\nexlude = ["docs"]\n',
    'project.toml:3: unknown key "exlude" in [io.buildpacks]\nDid you mean exclude?',
  ],
  [
    "an unknown key like no other",
    "[go-image]\nzzzzzzzzzzzz = 1\n",
    /^project\.toml:2: unknown key "zzzzzzzzzzzz" in \[go-image\]\nKnown keys: go-version, packages, /,
  ],
  [
    "both lists of patterns",
    '[io.buildpacks]\ninclude = ["a"]\nexclude = ["b"]\n',
    "project.toml:3: both include and exclude\nThe project descriptor allows one of the two.",
  ],
  [
    "patterns that are no list",
    '[io.buildpacks]\nexclude = "docs"\n',
    'project.toml:2: exclude has the wrong type\nExpected a list of patterns, e.g. exclude = ["docs/**"]',
  ],
  [
    "a variable without a value",
    '[[io.buildpacks.build.env]]\nname = "GO_VERSION"\n',
    /^project\.toml:2: a build\.env entry without a name and a value\n/,
  ],
  [
    "a variable whose value is a number",
    '[[io.buildpacks.build.env]]\nname = "PORT"\nvalue = 80\n',
    /both in quotes/,
  ],
])("refuses %s", (_, text, message) => {
  const parse = () => parseProjectToml(text)
  expect(parse).toThrow(UserError)
  expect(parse).toThrow(message)
})

test.each([
  [
    "port = true",
    'port has the wrong type: true\nExpected a number, or ["8080", "53/udp"], e.g. port = 3000',
  ],
  [
    'packages = "./cmd/a"',
    'packages has the wrong type: "./cmd/a"\nExpected ["text", "text"], e.g. packages = ["./cmd/..."]',
  ],
  [
    'platform = ["linux/amd64", "linux/arm64"]',
    'platform has the wrong type: ["linux/amd64","linux/arm64"]\nExpected "text", e.g. platform = "linux/arm64"; several have commas in between: platform = "linux/amd64,linux/arm64"',
  ],
  [
    'go-tools = "yes"',
    'go-tools has the wrong type: "yes"\nExpected true or false, e.g. go-tools = true',
  ],
  [
    'command = ["a"]',
    'command has the wrong type: ["a"]\nExpected "text", e.g. command = "api --port $PORT"',
  ],
])("a wrong type is told with its line and an example: %s", (line, message) => {
  const descriptor = parseProjectToml(`[go-image]\n${line}\n`)
  const resolve = () => resolveSettings({ options: {}, environment: {} }, descriptor)
  expect(resolve).toThrow(`project.toml:2: ${message}`)
})

test("a key's place is not that of a word that has it in it", () => {
  const text = [
    "[go-image]",
    'command = "export --port 9"',
    "port = 9002",
    "[[go-image.targets]]",
    'name = "reports"',
    'packages = ["./services/reports"]',
    "port = 9003",
    "[[io.buildpacks.build.env]]",
    'name = "MY_GO_VERSION"',
    'value = "1"',
    "[[io.buildpacks.build.env]]",
    'name = "GO_VERSION"',
    'value = "1.25"',
  ].join("\n")
  const { table, targets, variables } = parseProjectToml(text)
  expect(table.get("port")?.line).toBe(3)
  expect(targets.get("reports")?.get("port")?.line).toBe(7)
  expect(variables.get("GO_VERSION")?.line).toBe(12)
})
