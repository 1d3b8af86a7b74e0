import { describe, expect, test } from "vitest"
import { resolveSettings } from "../../../src/settings/resolve.js"
import { parseProjectToml } from "../../../src/settings/descriptor/project-toml.js"
import type { Options } from "../../../src/options.js"
import { messageOf } from "../support/errors.js"
import { emptyDescriptor } from "../../../src/settings/descriptor/descriptor.js"

const descriptor = parseProjectToml(`
[[io.buildpacks.build.env]]
name = "GO_VERSION"
value = "1.22"

[[io.buildpacks.build.env]]
name = "RUN_COMMAND"
value = "from-variable"

[go-image]
command = "from-table"
port = 3000
packages = ["./cmd/a", "./cmd/b"]
go-tools = true
`)

describe("the precedence", () => {
  test("of an option over everything", () => {
    const { goVersion } = resolveSettings(
      { options: { goVersion: "1.25" }, environment: { GO_VERSION: "1.24" } },
      descriptor,
    )
    expect(goVersion).toEqual({ value: "1.25", from: "--go-version" })
  })

  test("of the environment over project.toml", () => {
    const { goVersion } = resolveSettings(
      { options: {}, environment: { GO_VERSION: "1.24" } },
      descriptor,
    )
    expect(goVersion).toEqual({ value: "1.24", from: "environment variable GO_VERSION" })
  })

  test("of project.toml, with its line", () => {
    const settings = resolveSettings({ options: {}, environment: {} }, descriptor)
    expect(settings).toEqual({
      goVersion: { value: "1.22", from: "project.toml:3 GO_VERSION", byProject: true },
      command: { value: "from-table", from: "project.toml:11", byProject: true },
      port: { value: ["3000/tcp"], from: "project.toml:12", byProject: true },
      packages: { value: ["./cmd/a", "./cmd/b"], from: "project.toml:13", byProject: true },
      goTools: { value: true, from: "project.toml:14", byProject: true },
    })
  })

  test("gives nothing where nobody says anything", () => {
    const given = { options: { packages: [] }, environment: { GO_VERSION: "", RUN_COMMAND: "  " } }
    expect(resolveSettings(given, emptyDescriptor)).toEqual({})
  })

  test("lets an option turn off what project.toml turns on", () => {
    const { goTools, port } = resolveSettings(
      { options: { goTools: false, port: ["0"] }, environment: {} },
      descriptor,
    )
    expect([goTools?.value, port?.value]).toEqual([false, []])
  })
})

test.each([
  ["GO_VERSION", ">=1.24", "goVersion", ">=1.24"],
  [
    "GO_INSTALL_PACKAGE_SPEC",
    " ./cmd/api  ./cmd/worker ",
    "packages",
    ["./cmd/api", "./cmd/worker"],
  ],
  ["RUN_COMMAND", "./bin/api --verbose", "command", "./bin/api --verbose"],
  ["PORT", "5000", "port", ["5000/tcp"]],
  ["GO_INSTALL_TOOLS_IN_IMAGE", "true", "goTools", true],
  ["GO_INSTALL_TOOLS_IN_IMAGE", "0", "goTools", false],
  ["BUILD_CACHE_DIR", "/cache", "cacheNamespace", "/cache"],
  ["USE_DHI", "true", "runtime", "dhi"],
] as const)("the page's variable %s=%s", (variable, text, name, value) => {
  const settings = resolveSettings(
    { options: {}, environment: { [variable]: text } },
    emptyDescriptor,
  )
  expect(settings).toEqual({ [name]: { value, from: `environment variable ${variable}` } })
})

test("USE_DHI=false asks for nothing", () => {
  expect(resolve({ USE_DHI: "false" })).toEqual({})
})

test("a linker symbol and its value make one setting, blanks and quotes included", () => {
  const { linkerValues } = resolve({
    GO_LINKER_SYMBOL: "main.version",
    GO_LINKER_VALUE: `1.0 "final" = it's`,
  })
  expect(linkerValues?.value).toEqual([`main.version=1.0 "final" = it's`])
})

test("a linker symbol without a value is the commit, as on Heroku", () => {
  const { linkerValues } = resolve({ GO_LINKER_SYMBOL: "main.commit" })
  expect(linkerValues?.value).toEqual(["main.commit={{.Commit}}"])
})

test.each([
  [{ GO_LINKER_VALUE: "1" }, "GO_LINKER_VALUE without GO_LINKER_SYMBOL"],
  [{ PORT: "http" }, 'not a port: "http" (environment variable PORT)'],
  [{ PORT: "70000" }, 'not a port: "70000"'],
  [{ PORT: "8080 0" }, 'not a port: "0"'],
  [{ PORT: "53/sctp" }, 'not a port: "53/sctp"'],
  [{ USE_DHI: "maybe" }, 'not true or false: "maybe" (environment variable USE_DHI)'],
])("refuses %j", (environment, message) => {
  expect(() => resolve(environment)).toThrow(message)
})

function resolve(environment: Record<string, string>) {
  return resolveSettings({ options: {}, environment }, emptyDescriptor)
}

describe("a line break is refused with the option that has it:", () => {
  test.each<[string, Options]>([
    ["--private-modules", { privateModules: ["example.com/*", "a\nRUN touch /marker"] }],
    ["--build-tags", { buildTags: ["a\r"] }],
    ["--runtime", { runtime: "alpine:3.22\nUSER root" }],
    ["--cache-namespace", { cacheNamespace: "a\nb" }],
    ["--drop", { drop: ["a\0b"] }],
    ["--command", { command: "a\0b" }],
  ])("%s", (name, options) => {
    const resolve = () => resolveSettings({ options, environment: {} }, emptyDescriptor)
    expect(messageOf(resolve)).toMatch(
      new RegExp(`^a line break or another control character in "[^\n]*" \\(${name}\\)\n`),
    )
  })

  test("but for a command line and a linker value, which may have several lines", () => {
    const options = { command: "a\nb", linkerValues: ["main.text=a\nb"] }
    const settings = resolveSettings({ options, environment: {} }, emptyDescriptor)
    expect(settings.command?.value).toBe("a\nb")
  })
})
