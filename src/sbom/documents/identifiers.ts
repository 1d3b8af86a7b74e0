import { createHash } from "node:crypto"

/** Of what has a URL: https://www.rfc-editor.org/rfc/rfc9562#name-namespace-id-usage-and-allo */
const urlNamespace = "6ba7b8119dad11d180b400c04fd430c8"

/** A UUID that is the same for the same name (version 5): https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5 */
export function nameUuid(name: string): string {
  const hash = createHash("sha1").update(Buffer.from(urlNamespace, "hex")).update(name).digest()
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6)
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = hash.toString("hex", 0, 16)
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
}

/** Plain JSON, a line for each value: as it is read by people and compared by programs. */
export function toJson(document: unknown): string {
  return `${JSON.stringify(document, undefined, 2)}\n`
}
