import { renameSync, writeFileSync } from "node:fs"

/** Writes a file that others may read at any time: they see the old content or the new, whole. */
export function writeAtomically(path: string, content: string): void {
  const temporary = `${path}.${process.pid}`
  writeFileSync(temporary, content)
  renameSync(temporary, path)
}
