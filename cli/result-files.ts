import { statSync } from "node:fs"
import { resolve } from "node:path"
import { UserError } from "../src/errors.js"
import { toKebabCase } from "../src/settings/table.js"
import type { Request } from "./arguments.js"
import { checkDestination } from "./destination.js"

/** Files that a build writes besides the image, absolute. */
export function resultFiles(request: Request): string[] {
  const { metadataFile, digestFile, dotenvFile, sbom, provenance, vex } = request
  return [metadataFile, digestFile, dotenvFile, sbom, provenance, vex].flatMap((file) =>
    file === undefined ? [] : [resolve(file)],
  )
}

/** Said before anything is built. */
export function checkResultFiles(request: Request, images: number): void {
  const option = (["digestFile", "dotenvFile", "sbom", "provenance"] as const).find(
    (name) => request[name] !== undefined,
  )
  if (images > 1 && option) {
    const found = `--${toKebabCase(option)} is about one image, and ${images} targets are built`
    const isAttestation = option === "sbom" || option === "provenance"
    throw new UserError(found, {
      hint: isAttestation
        ? "Build one target at a time, or push them: each image then has its own attached."
        : "Use --metadata-file, which has all of them by their names.",
    })
  }
  for (const file of resultFiles(request)) {
    checkDestination(file)
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
      throw new UserError(`a folder, and no file: ${file}`)
    }
  }
}
