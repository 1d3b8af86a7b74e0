import { onMirror } from "../../src/plan/bases/registry-mirror.js"
import type { Request } from "../request.js"

/** Where an image is downloaded from: the same place as those of plans. */
export function mirrorOf(image: string, { options }: Pick<Request, "options">): string {
  const { registryMirror: value } = options
  return onMirror(image, value && { value, from: "--registry-mirror" })
}
