/** Files as Go's linker writes them, as far as they are read here. */

export interface Machine {
  is64: boolean
  isLittle: boolean
}

class Writer {
  private readonly parts: Buffer[] = []
  constructor(private readonly machine: Machine) {}

  int(value: number, bytes = 4): this {
    const part = Buffer.alloc(bytes)
    if (this.machine.isLittle) part.writeUIntLE(value, 0, Math.min(bytes, 6))
    else part.writeUIntBE(value, Math.max(0, bytes - 6), Math.min(bytes, 6))
    this.parts.push(part)
    return this
  }
  word(value: number): this {
    return this.int(value, this.machine.is64 ? 8 : 4)
  }
  raw(value: Buffer): this {
    this.parts.push(value)
    return this
  }
  get content(): Buffer {
    return Buffer.concat(this.parts)
  }
}

/** An ELF file with these sections, and one more that has their names. */
export function makeElf(machine: Machine, sections: Record<string, Buffer>): Buffer {
  const { is64, isLittle } = machine
  const names = Buffer.from(["", ...Object.keys(sections), ".shstrtab"].join("\0") + "\0", "latin1")
  const all = [...Object.entries(sections), [".shstrtab", names] as const]
  const headerBytes = is64 ? 64 : 52
  const entryBytes = is64 ? 64 : 40
  const content = Buffer.concat(all.map(([, each]) => each))
  const table = headerBytes + content.length
  const identity = Buffer.alloc(16)
  identity.set([0x7f, 0x45, 0x4c, 0x46, is64 ? 2 : 1, isLittle ? 1 : 2, 1])
  const header = new Writer(machine)
    .raw(identity)
    .raw(Buffer.alloc(is64 ? 0x28 - 16 : 0x20 - 16))
    .word(table)
    .raw(Buffer.alloc(is64 ? 0x3a - 0x30 : 0x2e - 0x24))
    .int(entryBytes, 2)
    .int(all.length, 2)
    .int(all.length - 1, 2)
  let offset = headerBytes
  const entries = all.map(([name, each]) => {
    const entry = new Writer(machine)
      .int(names.indexOf(`\0${name}\0`) + 1)
      .int(1)
      .raw(Buffer.alloc(is64 ? 16 : 8))
      .word(offset)
      .word(each.length)
    offset += each.length
    return Buffer.concat([entry.content, Buffer.alloc(entryBytes - entry.content.length)])
  })
  return Buffer.concat([header.content, content, ...entries])
}

/** The section `.go.buildinfo`. */
export function makeBuildInfo(goVersion: string, modules: string): Buffer {
  const mark = Buffer.alloc(16, 0xee)
  const header = Buffer.alloc(32)
  header.write("\xff Go buildinf:", "latin1")
  header.set([8, 2], 14)
  const text = (content: Buffer) => Buffer.concat([varint(content.length), content])
  return Buffer.concat([
    header,
    text(Buffer.from(goVersion)),
    text(Buffer.concat([mark, Buffer.from(modules), mark])),
  ])
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80)
  return Buffer.from([...bytes, rest])
}

/** The section `.gopclntab`, of functions with their sizes in bytes. */
export function makeFunctions(
  machine: Machine,
  functions: readonly (readonly [string, number])[],
): Buffer {
  const pointer = machine.is64 ? 8 : 4
  const names = Buffer.from(functions.map(([name]) => `${name}\0`).join(""))
  const header = 8 + 8 * pointer
  const table = header + names.length
  const index = new Writer(machine)
  const records = new Writer(machine)
  const tableBytes = functions.length * 8 + 4
  let address = 0
  let name = 0
  for (const [position, [text, size]] of functions.entries()) {
    index.int(address).int(tableBytes + position * 8)
    records.int(address).int(name)
    address += size
    name += Buffer.byteLength(text) + 1
  }
  index.int(address)
  return new Writer(machine)
    .int(0xfffffff1)
    .raw(Buffer.from([0, 0, 1, pointer]))
    .word(functions.length)
    .word(0)
    .word(0)
    .word(header)
    .word(table)
    .word(0)
    .word(0)
    .word(table)
    .raw(names)
    .raw(index.content)
    .raw(records.content).content
}
