const programInterpreter = 3

/** Whether a 64-bit little-endian ELF file needs a dynamic linker: https://refspecs.linuxfoundation.org/elf/elf.pdf */
export function isStaticProgram(file: Buffer): boolean {
  const isElf64 = file.subarray(0, 6).equals(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1]))
  if (!isElf64) throw new Error("not a 64-bit little-endian ELF file")
  const headers = Number(file.readBigUInt64LE(0x20))
  const size = file.readUInt16LE(0x36)
  const count = file.readUInt16LE(0x38)
  const types = Array.from({ length: count }, (_, index) =>
    file.readUInt32LE(headers + index * size),
  )
  return !types.includes(programInterpreter)
}
