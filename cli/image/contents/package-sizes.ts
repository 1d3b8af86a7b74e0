import type { FunctionTable } from "./function-table.js"

/** Bytes of machine code by package. */
export function packageSizes({ functions }: FunctionTable): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>()
  for (const { name, size } of functions) {
    const owner = packageOf(name)
    sizes.set(owner, (sizes.get(owner) ?? 0) + size)
  }
  return sizes
}

/**
 * `example.com/a/b.(*T).Method` is of `example.com/a/b`: a dot after the last slash ends the path. A dot in the last part of
 * the path itself is written `%2e`. Names of generic functions have paths of their own in brackets.
 */
export function packageOf(name: string): string {
  const plain = name.replace(/\[.*$/s, "")
  const made = /^(?:type:|go:|_?cgo|x_cgo|_)/.test(plain)
  const dot = plain.indexOf(".", plain.lastIndexOf("/") + 1)
  if (made || dot <= 0) return "(made by the compiler and C)"
  return plain.slice(0, dot).replaceAll("%2e", ".")
}
