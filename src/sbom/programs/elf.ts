/** A part of an ELF file by its name: https://refspecs.linuxfoundation.org/elf/elf.pdf */
export interface Section {
  name: string
  content: Buffer
}

const magic = Buffer.from([0x7f, 0x45, 0x4c, 0x46])

/** Sections that take no room in the file. */
const noBits = 8

export function isElf(file: Buffer): boolean {
  return file.subarray(0, 4).equals(magic)
}

/** Of a program of 32 or 64 bits, in either order of bytes; none where the file has no table of sections. */
export function readSections(file: Buffer): Section[] {
  if (!isElf(file)) return []
  const read = fieldReader(file)
  const [table, size, count, names] = read.is64
    ? [read.word(0x28), read.half(0x3a), read.half(0x3c), read.half(0x3e)]
    : [read.word(0x20), read.half(0x2e), read.half(0x30), read.half(0x32)]
  const headers = Array.from({ length: count }, (_, index) => table + index * size)
  const content = (header: number) => {
    const [offset, length] = read.is64
      ? [read.word(header + 0x18), read.word(header + 0x20)]
      : [read.word(header + 0x10), read.word(header + 0x14)]
    return read.int(header + 4) === noBits
      ? Buffer.alloc(0)
      : file.subarray(offset, offset + length)
  }
  const nameTable = headers[names]
  if (nameTable === undefined || nameTable + size > file.length) return []
  const text = content(nameTable)
  return headers.map((header) => {
    const start = read.int(header)
    const end = text.indexOf(0, start)
    return { name: text.toString("latin1", start, end), content: content(header) }
  })
}

export interface FieldReader {
  is64: boolean
  half: (offset: number) => number
  int: (offset: number) => number
  /** As long as the machine's addresses are. */
  word: (offset: number) => number
}

/** Reads numbers as the machine of an ELF file has them; beyond the end of a damaged file, there are zeros. */
export function fieldReader(file: Buffer, content = file): FieldReader {
  const is64 = file[4] === 2
  const isLittle = file[5] === 1
  const number = (offset: number, bytes: 2 | 4) => {
    if (!(offset >= 0 && offset + bytes <= content.length)) return 0
    return isLittle ? content.readUIntLE(offset, bytes) : content.readUIntBE(offset, bytes)
  }
  const int = (offset: number) => number(offset, 4)
  return {
    is64,
    int,
    half: (offset) => number(offset, 2),
    word: (offset) => {
      if (!is64) return int(offset)
      const [low, high] = isLittle ? [offset, offset + 4] : [offset + 4, offset]
      return int(high) * 2 ** 32 + int(low)
    },
  }
}
