import { isNeeded, type Api, type ApiArgument } from "./api.js"

/** What is wrong with the words after `dagger call`, up to the first function that is not ours. */
export function mistakes(words: readonly string[], { objects }: Api): string[] {
  const { _constructor, methods } = objects["GoImage"]!
  const [first, ...others] = split(words)
  const found = mistaken(first?.flags ?? [], _constructor?.arguments ?? {})
  for (const { name, flags } of others) {
    const method = methods[camel(name)]
    if (!method) return [...found, `no such function: ${name}`]
    found.push(...mistaken(flags, method.arguments))
    // What follows is of the core's API.
    if (method.returnType?.name !== "GoImage") break
  }
  return found
}

/** Flags come after the function that they belong to; the module's own come first. */
function split(words: readonly string[]): { name: string; flags: string[] }[] {
  const calls = [{ name: "", flags: [] as string[] }]
  for (const word of words) {
    if (word.startsWith("--")) calls.at(-1)!.flags.push(word)
    else calls.push({ name: word, flags: [] })
  }
  return calls
}

function mistaken(flags: readonly string[], all: Record<string, ApiArgument>): string[] {
  const given = flags.map((flag) => camel(/^--([^=]+)=./.exec(flag)?.[1] ?? flag))
  const missing = Object.values(all).filter((each) => isNeeded(each) && !given.includes(each.name))
  return [
    ...given.filter((name) => !(name in all)).map((name) => `no such flag: ${name}`),
    ...missing.map(({ name }) => `is missing: ${name}`),
  ]
}

/** As the API has the names of the command line. */
function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
