import { expect, test } from "vitest"
import { settingNames, toKebabCase } from "../../src/settings/table.js"
import { isNeeded, printApi, readApi, type ApiFunction } from "../dagger/api.js"

const api = await readApi()
const { _constructor, methods } = api.objects["GoImage"]!
const functions = Object.values(methods)

test("the public surface is the one that is committed", async () => {
  await expect(printApi(api)).toMatchFileSnapshot("dagger-api.txt")
})

test("nothing of the inside is part of it", () => {
  // The introspector takes an interface of ours for the module's when it has the name of a type of the SDK's.
  expect(Object.keys(api.interfaces)).toEqual([])
})

test("the constructor has every setting but the one that is a function each", () => {
  const given = Object.keys(_constructor?.arguments ?? {})
  expect(given.filter((name) => !["netrc", "target"].includes(name))).toEqual(
    settingNames.filter((name) => name !== "runtime"),
  )
})

test.each(functions.map((each) => [each.name, each] as const))(
  "%s is documented, with an example, and so are its arguments",
  (name, { description, arguments: all }) => {
    expect(description).not.toBe("")
    if (!name.startsWith("with"))
      expect(description).toContain(`Example: dagger call ${toKebabCase(name)}`)
    for (const each of Object.values(all)) expect(each.description, each.name).not.toBe("")
  },
)

test("a function that is not the same each time is never answered from the cache", () => {
  const cached = (name: string) => (methods[name] as ApiFunction).cache
  expect(["publish", "service", "bench"].map(cached)).toEqual(["never", "never", "never"])
})

test("a check needs no argument but the source, which has a default", () => {
  for (const { name, arguments: all } of functions.filter(({ isCheck }) => isCheck)) {
    expect(Object.values(all).filter(isNeeded), name).toEqual([])
  }
})
