import type { Descriptor } from "./oci.js"

/*
 * How BuildKit puts what is said about images beside them, into their index:
 * https://github.com/moby/buildkit/blob/master/docs/attestations/attestation-storage.md
 */

export const referenceKeys = {
  type: "vnd.docker.reference.type",
  /** Of the image that it is about. */
  digest: "vnd.docker.reference.digest",
}

export const attestationType = "attestation-manifest"

/** Of a layer that is a statement of in-toto, and of a referrer. */
export const predicateKey = "in-toto.io/predicate-type"

/** A manifest that is no image, but about one. */
export function isAttestation({ annotations, platform }: Descriptor): boolean {
  return annotations?.[referenceKeys.type] !== undefined || platform?.os === "unknown"
}
