import { accessSync, constants, existsSync, statSync } from "node:fs"
import { dirname } from "node:path"
import { UserError } from "../../src/errors.js"

/** Said before anything is built: a rename puts the file there at the end, and folders that are missing are made then. */
export function checkDestination(path: string): void {
  let folder = dirname(path)
  while (!existsSync(folder)) folder = dirname(folder)
  if (!statSync(folder).isDirectory()) {
    throw new UserError(`the folder of ${path} is a file: ${folder}`, {
      hint: "Give another path.",
    })
  }
  accessSync(folder, constants.W_OK)
}
