import { fstatSync, type Stats } from "node:fs"
import { isKept } from "../../src/detect/dockerfile/kept.js"
import { UserError } from "../../src/errors.js"
import { runGit } from "../git/run-git.js"
import { pathWithin } from "../system/path-within.js"
import { fileOf } from "./own-files.js"

const dockerfileName = /(?:^|\/)(?:[^/]*Dockerfile[^/]*|Containerfile)$/i

/**
 * Of `--dockerfile >Dockerfile`: before this program starts, the shell has emptied the file, and what was decided by it is not
 * read. One that the shell has just made was not there before, and nothing is lost.
 */
export async function refuseEmptied(folder: string): Promise<void> {
  const path = fileOf(1)
  const file = path === undefined ? undefined : pathWithin(folder, path)
  if (file === undefined || !dockerfileName.test(file) || !wasEmptied(fstatSync(1))) return
  const { output: committed, status } = await runGit(folder, ["show", `:./${file}`])
  if (status === 0 && (committed.length === 0 || isKept(committed.toString("utf8")))) return
  throw new UserError("standard output is this file, which the shell emptied before it was read", {
    place: { file },
    hint: `What it decided is lost for this build. ${status === 0 ? `Bring it back: git checkout -- ${file}. Then write` : "Bring it back, then write"} the new one with --output ${file}.new.`,
  })
}

/** A file that is emptied keeps the time when it was made, where the file system has that. */
function wasEmptied({ size, birthtimeMs, mtimeMs }: Stats): boolean {
  return size === 0 && birthtimeMs > 0 && mtimeMs - birthtimeMs > 1000
}
