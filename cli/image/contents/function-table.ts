import { fieldReader, readSections } from "../../../src/sbom/programs/elf.js"

export interface FunctionTable {
  functions: { name: string; size: number }[]
  /** Of all functions, those among them that were compiled into others. */
  names: () => Set<string>
}

/**
 * The table that stack traces are made from, which programs have though they are stripped.
 * https://github.com/golang/go/blob/master/src/internal/abi/symtab.go
 *
 * @returns Undefined where there is no such table, or it is of a Go that is not known here.
 */
export function readFunctions(program: Buffer): FunctionTable | undefined {
  const table = readSections(program).find(({ name }) => /\.gopclntab$/.test(name))?.content
  if (!table) return undefined
  const read = fieldReader(program, table)
  // Since Go 1.20; before, from 1.18.
  if (table.length < headerBytes || ![0xfffffff1, 0xfffffff0].includes(read.int(0)))
    return undefined
  const pointer = table[7] ?? 8
  const field = (index: number) => read.word(8 + index * pointer)
  const count = field(0)
  const [names, afterNames, functions] = [field(3), field(4), field(7)]
  if (functions + count * 8 + 4 > table.length) return undefined
  return {
    functions: Array.from({ length: count }, (_, index) => {
      const entry = functions + index * 8
      const name = names + read.int(functions + read.int(entry + 4) + 4)
      return {
        name: table.toString("utf8", name, table.indexOf(0, name)),
        size: read.int(entry + 8) - read.int(entry),
      }
    }),
    names: () => new Set(table.toString("utf8", names, afterNames).split("\0").filter(Boolean)),
  }
}

/** As far as it is read before it is clear which Go it is of. */
const headerBytes = 8 + 8 * 8
