import type { Header } from "tar-stream"
import type { Entry, ImageStore } from "../../image/archive.js"
import { layerEntries } from "../../image/layer.js"
import type { ChosenManifest } from "../../image/manifest.js"

export interface ImageOf {
  store: ImageStore
  chosen: ChosenManifest
}

/** The first thing that differs, in the order in which an image is unpacked. */
export interface Difference {
  /** Of the layer, counted from 1; undefined where all layers are the same. */
  layer?: number
  /** The step that made it. */
  step?: string
  file?: string
  /** What of the file: `byte 1032: 0x41, here 0x42`; `mode 755, here 700`. */
  what: string
}

/** In one line, for people. */
export function printDifference(
  { layer, step, file, what }: Difference,
  platform?: string,
): string {
  const where = [
    ...(platform === undefined ? [] : [platform]),
    ...(layer === undefined
      ? []
      : [`layer ${layer}${step === undefined ? "" : ` (${shorten(step)})`}`]),
    ...(file ? [file] : []),
    what,
  ]
  return `first difference: ${where.join(": ")}`
}

function shorten(step: string): string {
  const text = step.replace(/\s*# buildkit$/, "").replace(/\s+/g, " ")
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

/** Of two images that are not the same. */
export async function firstDifference(image: ImageOf, rebuilt: ImageOf): Promise<Difference> {
  const [before, after] = [image, rebuilt].map(({ chosen }) => chosen.config.rootfs.diff_ids)
  const most = Math.max(before!.length, after!.length)
  for (let layer = 0; layer < most; layer++) {
    if (before![layer] === after![layer]) continue
    const step = stepOf(before![layer] === undefined ? rebuilt : image, layer)
    const found = await firstFile(image, rebuilt, layer)
    return { layer: layer + 1, ...(step !== undefined && { step }), ...found }
  }
  const [one, other] = [image.chosen.manifest, rebuilt.chosen.manifest]
  if (one.config.digest !== other.config.digest) {
    return { what: "layers are the same, and the configuration is not" }
  }
  if (one.layers.some(({ digest }, index) => digest !== other.layers[index]?.digest)) {
    return { what: "the same files and configuration, with layers compressed in another way" }
  }
  return { what: "layers and configuration are the same, and the manifest's annotations are not" }
}

function stepOf({ chosen }: ImageOf, layer: number): string | undefined {
  const steps = (chosen.config.history ?? []).filter(({ empty_layer }) => !empty_layer)
  return steps[layer]?.created_by
}

async function firstFile(
  image: ImageOf,
  rebuilt: ImageOf,
  layer: number,
): Promise<Pick<Difference, "file" | "what">> {
  const [one, other] = [image, rebuilt].map(({ store, chosen }) => {
    const descriptor = chosen.manifest.layers[layer]
    return descriptor && layerEntries(store, descriptor)
  })
  if (!one || !other) return { what: one ? "only the image has it" : "the image lacks it" }
  try {
    for (;;) {
      const [a, b] = [await one.next(), await other.next()]
      if (a.done && b.done) return { what: "the same files, archived in another way" }
      const found = a.done || b.done ? onlyOne(a, b) : await compare(a.value, b.value)
      if (found) return found
    }
  } finally {
    await Promise.all([one.return(undefined), other.return(undefined)])
  }
}

function onlyOne(a: IteratorResult<Entry, void>, b: IteratorResult<Entry, void>) {
  const value = (a.value ?? b.value) as Entry
  return {
    file: absolute(value.header.name),
    what: a.done ? "the image lacks it" : "only the image has it",
  }
}

async function compare(a: Entry, b: Entry) {
  // Both, or the one would wait for the other.
  const [content, other] = await Promise.all([contentOf(a), contentOf(b)])
  const file = absolute(a.header.name)
  if (a.header.name !== b.header.name) {
    return { file, what: `here ${absolute(b.header.name)} is in its place` }
  }
  const at = firstByte(content, other)
  if (at !== undefined) {
    return { file, what: `byte ${at}: ${hex(content[at])}, here ${hex(other[at])}` }
  }
  const field = fields.find((name) => text(a.header, name) !== text(b.header, name))
  if (field === undefined) return undefined
  return {
    file,
    what: `${field} ${text(a.header, field)}, here ${text(b.header, field)}`,
  }
}

const fields = ["type", "mode", "uid", "gid", "linkname", "mtime", "pax"] as const

function text(header: Header, field: (typeof fields)[number]): string {
  if (field === "mtime") return header.mtime?.toISOString() ?? "none"
  if (field === "mode") return Number(header.mode).toString(8)
  const value = header[field]
  return typeof value === "string" ? value : JSON.stringify(value ?? "none")
}

async function contentOf(entry: Entry): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of entry as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function firstByte(a: Buffer, b: Buffer): number | undefined {
  if (a.equals(b)) return undefined
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) if (a[at] !== b[at]) return at
  return length
}

function hex(byte: number | undefined): string {
  return byte === undefined ? "the end" : `0x${byte.toString(16).padStart(2, "0")}`
}

function absolute(name: string): string {
  return `/${name.replace(/^(?:\.?\/)+/, "").replace(/\/$/, "")}`
}
