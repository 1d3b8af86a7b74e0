import { expect, test } from "vitest"
import { toKebabCase } from "../../src/settings/table.js"
import { isNeeded, printApi, readApi, type ApiFunction } from "../dagger/api.js"

const api = await readApi()
const { methods } = api.objects["GoImage"]!
const functions = Object.values(methods)

test("the public surface is the one that is committed", async () => {
  await expect(printApi(api)).toMatchFileSnapshot("dagger-api.txt")
})

test("nothing of the inside is part of it", () => {
  // The introspector takes an interface of ours for the module's when it has the name of a type of the SDK's.
  expect(Object.keys(api.interfaces)).toEqual([])
})

test.each(functions.map((each) => [each.name, each] as const))(
  "%s is documented, with an example, and so are its arguments",
  (name, { description, arguments: all }) => {
    expect(description).not.toBe("")
    if (!name.startsWith("with"))
      // The constructor's options come first.
      expect(description).toMatch(
        new RegExp(`^Example: dagger call (--\\S+ )*${toKebabCase(name)}\\b`, "m"),
      )
    for (const each of Object.values(all)) expect(each.description, each.name).not.toBe("")
  },
)

test("a function that is not the same each time is never answered from the cache", () => {
  const cached = (name: string) => (methods[name] as ApiFunction).cache
  expect(["publish", "service", "bench"].map(cached)).toEqual(["never", "never", "never"])
})

test("a check needs no argument, and returns nothing", () => {
  for (const { name, arguments: all, returnType } of functions.filter(({ isCheck }) => isCheck)) {
    expect(Object.values(all).filter(isNeeded), name).toEqual([])
    expect(returnType?.kind, name).toBe("VOID_KIND")
  }
})
