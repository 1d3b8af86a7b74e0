import { isOwnResult, isPage, resultStart } from "./own-results.js"
import { hasSecretContent, isSearched, secretMarks } from "./secrets.js"

/** What a file's content says that it is, where that keeps it out of an image. */
export type ContentKind = "secret" | "program" | "image" | "result"

/** Most secrets are far smaller; what is larger is data. */
const usualLimit = 64_000

/** What is called a key, or certificates of which the last may be one. */
const keyLimit = 10_000_000
const keyNames = /\.(?:pem|key|p8|crt|cer|cert|pub|asc)$/i

/** The header of a first entry. */
const tarBlock = 512

/** How many bytes from its start must be read to know; 0 where the name says enough. */
export function bytesOfKind(path: string): number {
  if (mayBeImage(path)) return tarBlock
  if (keyNames.test(path)) return keyLimit
  if (isPage(path)) return resultStart
  return isSearched(path) ? usualLimit : 0
}

/** Of what `bytesOfKind` has read. */
export function kindOf(path: string, bytes: Uint8Array): ContentKind | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (mayBeImage(path)) return beginsImage(buffer.toString("latin1")) ? "image" : undefined
  if (isOwnResult(buffer)) return "result"
  if (isPage(path)) return undefined
  if (isOfGo(buffer)) return path.includes("/") ? undefined : "program"
  if (buffer.subarray(0, 8000).includes(0)) return undefined
  if (!secretMarks.some((mark) => buffer.includes(mark))) return undefined
  return hasSecretContent(buffer.toString("utf8")) ? "secret" : undefined
}

export function mayBeImage(path: string): boolean {
  return /\.tar$/i.test(path)
}

/**
 * Whether a tar file is an image, as this program, Docker, Dagger and others write it: by the name of its first entry. A
 * build of before, which nobody means to be in the next one.
 * https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */
export function beginsImage(start: string): boolean {
  return /^(?:\.\/)?(?:blobs\/(?:sha256\/[0-9a-f]*)?|oci-layout|index\.json|[0-9a-f]{64}(?:\/|\.json))\0/.test(
    start,
  )
}

const elf = Buffer.from("\x7fELF", "latin1")

/** Go's linker writes a note: the length of its owner's name, its own length, 4 for a build ID, the name. */
const goNote = Buffer.from("\x04\0\0\0Go\0\0", "latin1")

function isOfGo(buffer: Buffer): boolean {
  return buffer.subarray(0, elf.length).equals(elf) && buffer.includes(goNote)
}
