import { folderOf, moduleFolders } from "../../detect/modules/modules.js"
import { isPage } from "../../detect/assets/own-results.js"
import { notSearched } from "../../detect/assets/secrets.js"
import { vcsFolders } from "../../detect/source.js"

/** Files at the source's root, and beside each go.mod: what is there gets into an image by its name. */
export function besideModules(files: readonly string[]): string[] {
  const folders = new Set(["", ...moduleFolders(files)])
  return files.filter((file) => folders.has(folderOf(file)))
}

/** Where secrets are not looked for: what is no text, version control, and others' packages. */
export const notInGlobs = [
  ...notSearched.map((ending) => `!*.${ending}`),
  ...[...vcsFolders, "node_modules"].map((folder) => `!**/${folder}/**`),
]

/** Where results of earlier builds are not looked for. */
export const noResultGlobs = notInGlobs.filter((glob) => !isPage(glob))
