import type { Image } from "../read-image.js"
import { layerEntries } from "../../cli/image/layer.js"
import type { Plan } from "../../src/plan/types.js"

/** Files of the project that a step of the plan sees, by the step's arguments. */
export function sources(plan: Plan, args: readonly string[]): string[] | undefined {
  for (const { steps } of plan.stages) {
    for (const step of steps) {
      if (step.type !== "run" || step.args.join("\0") !== args.join("\0")) continue
      return step.mounts.flatMap((mount) =>
        mount.type === "bind" && "source" in mount.from ? [mount.path] : [],
      )
    }
  }
  return undefined
}

/** Whether a 64-bit little-endian ELF file has a section: https://refspecs.linuxfoundation.org/elf/elf.pdf */
export function hasSection(file: Buffer, name: string): boolean {
  const headers = Number(file.readBigUInt64LE(0x28))
  const size = file.readUInt16LE(0x3a)
  const count = file.readUInt16LE(0x3c)
  const offset = (index: number) => Number(file.readBigUInt64LE(headers + index * size + 0x18))
  const names = offset(file.readUInt16LE(0x3e))
  return Array.from({ length: count }, (_, index) => {
    const start = names + file.readUInt32LE(headers + index * size)
    return file.toString("latin1", start, file.indexOf(0, start))
  }).includes(name)
}

/** Names that match, in any layer but the first, even if a later one covers them: that one is the base's, or system files. */
export async function namesInLayers(image: Image, pattern: RegExp): Promise<string[]> {
  const found: string[] = []
  for (const layer of image.layers.slice(1)) {
    for await (const entry of layerEntries(image.store, layer)) {
      if (pattern.test(entry.header.name)) found.push(entry.header.name)
      entry.resume()
    }
  }
  return found
}
