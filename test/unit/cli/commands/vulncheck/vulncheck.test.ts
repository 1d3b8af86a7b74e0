import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { describe, expect, it } from "vitest"
import { SetupError, TemporaryFailure } from "../../../../../cli/errors.js"
import { Database, type OsvEntry } from "../../../../../cli/commands/vulncheck/database.js"
import {
  compiled,
  libraryOf,
  scan,
  type Subject,
} from "../../../../../cli/commands/vulncheck/scan.js"

const module = "example.com/lib"
const parse = { path: `${module}/text`, symbols: ["Parse", "Reader.Read"] }

function entry(
  events: { introduced?: string; fixed?: string }[],
  imports: object[] | undefined = [parse],
): OsvEntry {
  return {
    id: "GO-1",
    affected: [
      {
        package: { name: module },
        ranges: [{ type: "SEMVER", events }],
        ecosystem_specific: { imports: imports as (typeof parse)[] },
      },
    ],
  }
}

const always = entry([{ introduced: "0" }])

function program(version: string, ...functions: string[]): Subject {
  return {
    file: "/app/shop",
    platform: "linux/arm64",
    path: "example.com/shop",
    modules: [{ path: module, version }],
    functions: new Set(functions),
  }
}

describe("versions", () => {
  const twice = [
    { introduced: "1.3.0" },
    { fixed: "1.2.0" },
    { introduced: "0" },
    { fixed: "1.4.2" },
  ]
  it.each<[string, object[], boolean]>([
    ["v1.0.0", [{ introduced: "0" }], true],
    ["v1.0.0", [], true],
    ["v1.0.0", [{ introduced: "1.0.1" }], false],
    ["v1.0.1", [{ introduced: "1.0.1" }, { fixed: "1.1.0" }], true],
    ["v1.1.0", [{ introduced: "1.0.1" }, { fixed: "1.1.0" }], false],
    ["v1.1.0-rc.1", [{ introduced: "1.0.1" }, { fixed: "1.1.0" }], true],
    ["v1.1.9", twice, true],
    ["v1.2.5", twice, false],
    ["v1.4.1", twice, true],
    ["v1.4.2", twice, false],
    ["v2.0.0+incompatible", [{ introduced: "0" }, { fixed: "2.0.1" }], true],
    [
      "v0.0.0-20240101000000-abcdefabcdef",
      [{ introduced: "0" }, { fixed: "0.0.0-20230101000000-abcdefabcdef" }],
      false,
    ],
    ["(devel)", [{ introduced: "0" }], false],
  ])("%s of %j: %s", (version, events, expected) => {
    expect(scan(program(version), [entry(events)]).length > 0).toBe(expected)
  })

  it("the next one that no longer has it is told", () => {
    const fixes = [
      { introduced: "0" },
      { fixed: "1.5.0" },
      { introduced: "1.6.0" },
      { fixed: "1.7.0" },
    ]
    const [found] = scan(program("v1.0.0"), [entry(fixes)])
    expect(found?.finding.fixed_version).toBe("v1.5.0")
  })

  it.each([
    ["go1.25.3 X:nodwarf5", "v1.25.3"],
    ["go1.21", "v1.21.0"],
    ["go1.27rc2", "v1.27.0-rc.2"],
  ])("of the standard library in %s: %s", (go, version) => {
    expect(libraryOf(go)).toEqual({ path: "stdlib", version })
  })

  it("are those of the code that was compiled", () => {
    const replacedBy = { path: "example.com/fork", version: "v2.0.0" }
    expect(compiled([{ path: module, version: "v1.0.0", replacedBy }])).toEqual([replacedBy])
  })
})

describe("what a program has", () => {
  const level = (...functions: string[]) => {
    const [found] = scan(program("v1.0.0", ...functions), [always])
    return found?.finding.trace[0]
  }
  it.each<[string, string[], object]>([
    ["the function", ["example.com/lib/text.Parse"], { function: "Parse" }],
    [
      "what is within it, where it was compiled into another",
      ["example.com/lib/text.Parse.func1.2"],
      { function: "Parse" },
    ],
    [
      "an instance of it",
      ["example.com/lib/text.Parse[go.shape.[]example.com/a.B]"],
      { function: "Parse" },
    ],
    [
      "the method",
      ["example.com/lib/text.(*Reader).Read"],
      { receiver: "Reader", function: "Read" },
    ],
    [
      "the method of a value",
      ["example.com/lib/text.Reader.Read-fm"],
      { receiver: "Reader", function: "Read" },
    ],
    [
      "the method of a generic type",
      ["example.com/lib/text.(*Reader[...]).Read"],
      { receiver: "Reader", function: "Read" },
    ],
  ])("%s", (_, functions, expected) => {
    expect(level(...functions)).toMatchObject(expected)
  })

  it("the package alone, or the module alone", () => {
    expect(level("example.com/lib/text.Other", "example.com/lib/text.ParseAll")).toEqual({
      ...{ module, version: "v1.0.0", package: `${module}/text` },
    })
    expect(level("example.com/lib/other.Parse")).toEqual({ module, version: "v1.0.0" })
  })

  it("counts on the platform that it is about", () => {
    const windows = entry([{ introduced: "0" }], [{ ...parse, goos: ["windows"] }])
    const arm = entry([{ introduced: "0" }], [{ ...parse, goarch: ["arm64"] }])
    const has = program("v1.0.0", "example.com/lib/text.Parse")
    expect(scan(has, [windows])[0]?.finding.trace[0]).not.toHaveProperty("function")
    expect(scan(has, [arm])[0]?.finding.trace[0]).toHaveProperty("function")
  })

  it("is all of it, where the entry says no more", () => {
    const all = entry([{ introduced: "0" }], [{ path: `${module}/text` }])
    const has = program("v1.0.0", "example.com/lib/text.Anything")
    expect(scan(has, [all])[0]?.finding.trace[0]).toMatchObject({ function: "all of the package" })
    expect(scan(has, [entry([], [])])[0]?.finding.trace[0]).toMatchObject({
      function: "all of the module",
    })
  })
})

it.each([
  [404, false],
  [403, false],
  [408, true],
  [429, true],
  [503, true],
])("a database that answers %i: try again, %s", async (status, temporary) => {
  const server = createServer((_, response) => response.writeHead(status).end())
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const error: unknown = await Database.open(address)
    .modified()
    .catch((reason: unknown) => reason)
  server.close()
  expect(error).toBeInstanceOf(temporary ? TemporaryFailure : SetupError)
  expect((error as Error).message).toMatch(
    new RegExp(`^${address} is not available: it answers ${status} .*for index/db\\.json`),
  )
})
