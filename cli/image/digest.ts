import { createHash } from "node:crypto"

/** `sha256:…` of what a manifest, a configuration or a layer is made of. */
export function digestOf(content: string | Uint8Array): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`
}
