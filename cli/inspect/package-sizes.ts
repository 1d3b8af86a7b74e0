import { fieldReader, readSections } from "../../src/sbom/elf.js"

/**
 * Bytes of machine code by package, from the table that stack traces are made from, which programs have though they are
 * stripped. https://github.com/golang/go/blob/master/src/internal/abi/symtab.go
 *
 * @returns Undefined where there is no such table, or it is of a Go that is not known here.
 */
export function packageSizes(program: Buffer): ReadonlyMap<string, number> | undefined {
  const table = readSections(program).find(({ name }) => /\.gopclntab$/.test(name))?.content
  if (!table) return undefined
  const read = fieldReader(program, table)
  // Since Go 1.20; before, from 1.18.
  if (table.length < headerBytes || ![0xfffffff1, 0xfffffff0].includes(read.int(0)))
    return undefined
  const pointer = table[7] ?? 8
  const field = (index: number) => read.word(8 + index * pointer)
  const count = field(0)
  const [names, functions] = [field(3), field(7)]
  if (functions + count * 8 + 4 > table.length) return undefined

  const sizes = new Map<string, number>()
  for (let index = 0; index < count; index++) {
    const entry = functions + index * 8
    const size = read.int(entry + 8) - read.int(entry)
    const name = names + read.int(functions + read.int(entry + 4) + 4)
    const text = table.toString("utf8", name, table.indexOf(0, name))
    const owner = packageOf(text)
    sizes.set(owner, (sizes.get(owner) ?? 0) + size)
  }
  return sizes
}

/** As far as it is read before it is clear which Go it is of. */
const headerBytes = 8 + 8 * 8

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
