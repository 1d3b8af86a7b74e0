import { readFileSync } from "node:fs"
import { GoImage } from "../../src/index.js"

/** Names of the constructor's arguments, in their order. */
const names = [
  ...(/ {2}constructor\(([\s\S]*?)\n {2}\) \{/
    .exec(readFileSync("src/index.ts", "utf8"))?.[1]
    // Decorators have names of their own.
    ?.replace(/@argument\([^)]*\)/g, "")
    .matchAll(/(\w+)\??: /g) ?? []),
].map(([, name]) => name!)

/** The module as an engine makes it: each argument in its place. */
export function goImage(given: Readonly<Record<string, unknown>> = {}): GoImage {
  for (const name of Object.keys(given))
    if (!names.includes(name)) throw new Error(`the constructor has no argument ${name}`)
  const Module = GoImage as unknown as new (...values: unknown[]) => GoImage
  return new Module(...names.map((name) => given[name]))
}
