import { parseReference, taggedName } from "../../src/reference.js"
import type { OciLayout, ProgressEvent } from "./engine.js"

/** Which digests the base images of a build have: the engine finds them out, and says so in the names of its steps. */
export class BaseDigests {
  private readonly found = new Map<string, string>()

  /** `[base 1/1] FROM docker.io/library/debian:bookworm-slim@sha256:…` */
  see(event: ProgressEvent): void {
    if (event.type !== "step-started" && event.type !== "step-done") return
    const [, name = "", digest = ""] = /\bFROM (\S+)@(sha256:[0-9a-f]{64})$/.exec(event.name) ?? []
    if (name !== "" && !name.startsWith("oci-layout:")) this.found.set(fullName(name), digest)
  }

  /** Of those that a layout stands for. */
  know(layouts: Readonly<Record<string, OciLayout>>): void {
    for (const [name, { digest }] of Object.entries(layouts)) this.found.set(fullName(name), digest)
  }

  of(image: string): string | undefined {
    return parseReference(image).digest ?? this.found.get(fullName(image))
  }
}

/** `docker.io/library/debian:bookworm-slim`, however it was written. */
function fullName(image: string): string {
  return taggedName(parseReference(image))
}
