import { readdirSync } from "node:fs"
import { join } from "node:path"

/** A path of the work tree that differs from the commit, relative to its root; folders end in a slash. */
export interface ChangedPath {
  path: string
  /** Git does not know it. */
  isUntracked: boolean
}

/** What `git status --porcelain -z` prints. https://git-scm.com/docs/git-status#_porcelain_format_version_1 */
export function parseStatus(output: string): ChangedPath[] {
  const changed: ChangedPath[] = []
  const fields = output.split("\0")
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index] ?? ""
    if (field === "") continue
    changed.push({ path: field.slice(3), isUntracked: field.startsWith("??") })
    // Of what was renamed or copied, the old name follows.
    if (/^(?:[RC].|.[RC])/.test(field)) index++
  }
  return changed
}

/** Whether something differs that this program has not written itself. */
export function isDirty(
  changed: readonly ChangedPath[],
  root: string,
  isOwn: (path: string) => boolean,
): boolean {
  return changed.some(
    ({ path, isUntracked }) =>
      !isUntracked || !isAllOwn(join(root, path), path.endsWith("/"), isOwn),
  )
}

/** Of a folder that Git does not know, it does not list the files. */
function isAllOwn(path: string, isFolder: boolean, isOwn: (path: string) => boolean): boolean {
  const plain = path.replace(/\/$/, "")
  if (isOwn(plain)) return true
  if (!isFolder) return false
  return readdirSync(plain, { withFileTypes: true }).every((entry) =>
    isAllOwn(join(plain, entry.name), entry.isDirectory(), isOwn),
  )
}
