import type { ImageConfig } from "../image/oci.js"
import { systemPath } from "../../src/plan/system-files.js"

/**
 * The first layer that a build of ours put on the base: the one with the system files. 0 of an image that was made in another
 * way, of which no layer is known to be its base's.
 */
export function findOwnLayer({ history = [] }: ImageConfig): number {
  const steps = history.filter((each) => !each.empty_layer)
  const found = steps.findLastIndex(({ created_by = "" }) =>
    created_by.startsWith(`COPY ${systemPath} / `),
  )
  return Math.max(0, found)
}
