import { expect, test } from "vitest"
import { toKebabCase } from "../../src/settings/table/table.js"
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

test("what changes something, measures or asks is never answered from the cache; what meets a service, in its session", () => {
  const cached = (name: string) => (methods[name] as ApiFunction).cache
  for (const name of ["publish", "service", "bench", "lock", "verify"])
    expect(cached(name), name).toBe("never")
  expect(["test", "testReport"].map(cached)).toEqual(["session", "session"])
  // Tags of base images move.
  for (const { name, cache, returnType } of functions)
    if (returnType?.name === "Container") expect(cache, name).toBe("24h")
  expect(["vulncheck", "findings"].map(cached)).toEqual(["1h", "1h"])
})

test("a check needs no argument, and returns nothing", () => {
  for (const { name, arguments: all, returnType } of functions.filter(({ isCheck }) => isCheck)) {
    expect(Object.values(all).filter(isNeeded), name).toEqual([])
    expect(returnType?.kind, name).toBe("VOID_KIND")
  }
})

test("no version control is uploaded with a source", () => {
  const sources = [_constructor!, ...functions].flatMap(({ arguments: all }) => all["source"] ?? [])
  expect(sources.length).toBeGreaterThan(20)
  // The introspector reads a constant, and overlooks `{ ignore }`.
  for (const { ignore } of sources)
    expect(ignore).toEqual(["**/.git", "**/.hg", "**/.svn", "**/.bzr", "**/.jj"])
})

test("each function that returns the module starts its runtime once more in a chain: with-service alone does", () => {
  const links = functions.filter(({ returnType }) => returnType?.name === "GoImage")
  expect(links.map(({ name }) => name)).toEqual(["withService"])
})
