import { existsSync, readFileSync } from "node:fs"
import { parse } from "toml"
import { expect, test } from "vitest"
import { readApi, type ApiArgument } from "../dagger/api.js"

/*
 * Dagger 1.0 builds the module of the files that are committed: what they say must be what the source says. Without an engine
 * they cannot be written here, but read.
 */

const api = await readApi()
const { _constructor, methods } = api.objects["GoImage"]!
const entrypoint = readFileSync("__dagger.entrypoint.ts", "utf8")
const remedy = "script/sdk writes it anew, with an engine of Dagger 1.0"

/** What it registers of the main class: each function's line. */
const registered = new Map(
  entrypoint.split("\n").flatMap((line): [string, string][] => {
    const [, constructor] = /obj_GoImage\.with(Constructor)\(/.exec(line) ?? []
    const [, name] = /obj_GoImage\.withFunction\(dag\.function_\("(\w+)"/.exec(line) ?? []
    return constructor ? [["", line]] : name === undefined ? [] : [[name, line]]
  }),
)

test("the functions are those of the source", () => {
  expect([...registered.keys()].sort(), remedy).toEqual(["", ...Object.keys(methods)].sort())
})

test.each([["", _constructor!] as const, ...Object.entries(methods)])(
  "function %s has the arguments and the help of the source",
  (name, method) => {
    const line = registered.get(name) ?? ""
    const found = [...line.matchAll(/\.withArg\("(\w+)"/g)].map((match) => match[1])
    expect(found, remedy).toEqual(Object.keys(method.arguments))
    for (const each of Object.values<ApiArgument>(method.arguments))
      expect(line, remedy).toContain(quoted(each.description))
    if ("description" in method) expect(line, remedy).toContain(quoted(method.description))
  },
)

test("checks, generators and what `dagger up` starts are marked", () => {
  const marked = (mark: string) =>
    [...registered].filter(([, line]) => line.includes(`.${mark}()`)).map(([name]) => name)
  const all = Object.values(methods)
  const names = (which: (typeof all)[number][]) => which.map(({ name }) => name).sort()
  expect(marked("withCheck").sort(), remedy).toEqual(names(all.filter(({ isCheck }) => isCheck)))
  expect(marked("withGenerator").sort(), remedy).toEqual(
    names(all.filter(({ isGenerator }) => isGenerator)),
  )
  expect(marked("withUp"), remedy).toEqual(["service"])
})

test("both engines' configurations are of one module, and each leaves out what is the other's", () => {
  const legacy = JSON.parse(readFileSync("dagger.json", "utf8")) as Configuration
  const current = parse(readFileSync("dagger-module.toml", "utf8")) as Configuration
  expect(current.name).toBe(legacy.name)
  const ofLegacyAlone = ["!__dagger.entrypoint.ts", "!sdk"]
  expect(current.include).toEqual(legacy.include.filter((each) => !ofLegacyAlone.includes(each)))
  expect(legacy.include).toEqual(expect.arrayContaining(ofLegacyAlone))
  for (const file of ["client.gen.ts", "core.js", "core.d.ts", "index.ts", "telemetry.ts"])
    expect(existsSync(`sdk/${file}`), `sdk/${file}: ${remedy}`).toBe(true)
})

interface Configuration {
  name: string
  include: string[]
}

/** As Go writes a string: what HTML knows is escaped. */
function quoted(text: string): string {
  const escaped = JSON.stringify(text).replace(
    /[<>&]/g,
    (each) => `\\u00${each.charCodeAt(0).toString(16)}`,
  )
  return escaped
}
