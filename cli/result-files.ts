import { statSync } from "node:fs"
import { resolve } from "node:path"
import { UserError } from "../src/errors.js"
import type { Request } from "./arguments.js"
import { checkDestination } from "./destination.js"

/** Files that a build writes besides the image, absolute. */
export function resultFiles({ metadataFile, digestFile, dotenvFile }: Request): string[] {
  return [metadataFile, digestFile, dotenvFile].flatMap((file) =>
    file === undefined ? [] : [resolve(file)],
  )
}

/** Said before anything is built. */
export function checkResultFiles(request: Request, images: number): void {
  const { digestFile, dotenvFile } = request
  if (images > 1 && (digestFile ?? dotenvFile) !== undefined) {
    const option = digestFile === undefined ? "--dotenv-file" : "--digest-file"
    throw new UserError(`${option} is about one image, and ${images} targets are built`, {
      hint: "Use --metadata-file, which has all of them by their names.",
    })
  }
  for (const file of resultFiles(request)) {
    checkDestination(file)
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
      throw new UserError(`a folder, and no file: ${file}`)
    }
  }
}
