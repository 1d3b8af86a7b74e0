import { createHash } from "node:crypto"
import { lstatSync, readFileSync, readlinkSync } from "node:fs"
import { join } from "node:path"
import { setImmediate } from "node:timers/promises"
import { parseGoFileHeader } from "../../src/detect/code/go-file.js"
import { readGoCode } from "../../src/detect/code/go-code.js"
import type { FileState } from "./record.js"

/** So many files in one go: between them, what a build has to do comes first. */
const atOnce = 32

/**
 * What files are now. Of those that have not been touched since they were known, nothing is read.
 *
 * @param root Their folder.
 */
export async function fileStates(
  root: string,
  files: readonly string[],
  known: Readonly<Record<string, FileState>>,
): Promise<Record<string, FileState>> {
  const states: Record<string, FileState> = {}
  for (const [i, file] of files.entries()) {
    if (i % atOnce === 0) await setImmediate()
    const state = stateOf(join(root, file), file, known[file])
    if (state) states[file] = state
  }
  return states
}

function stateOf(path: string, name: string, known: FileState | undefined): FileState | undefined {
  try {
    const file = lstatSync(path)
    const { size, mtimeMs, ctimeMs, ino, mode } = file
    const stat = [size, mtimeMs, ctimeMs, ino, mode].join()
    if (known?.stat === stat) return known
    if (file.isSymbolicLink()) return { stat, hash: hash(readlinkSync(path), "link") }
    const content = readFileSync(path)
    const kind = mode & 0o111 ? "program" : "file"
    return {
      stat,
      hash: hash(content, kind),
      ...(name.endsWith(".go") && goState(content.toString("utf8"))),
    }
  } catch (error) {
    // Gone meanwhile, or nobody may read it: the build says so where that matters.
    if ((error as NodeJS.ErrnoException).code !== undefined) return undefined
    throw error
  }
}

function goState(text: string): Pick<FileState, "code" | "constraint"> {
  const { constraint } = parseGoFileHeader(text)
  return { code: hash(codeOf(text), "code"), ...(constraint !== undefined && { constraint }) }
}

function hash(content: string | Buffer, kind: string): string {
  return createHash("sha256").update(`${kind}\n`).update(content).digest("base64url").slice(0, 22)
}

/** What the compiler makes of a file, in its lines: comments are left out, but for those that tell the compiler something. */
function codeOf(text: string): string {
  const { text: code, strings, runes } = readGoCode(text)
  // Before `import "C"` they are C.
  if (strings.includes("C")) return text
  const directives = text.match(/^\/\/(?:go:|line |export |\s*\+build).*$/gm) ?? []
  return JSON.stringify([code.replace(/[ \t]+$/gm, "").trimEnd(), strings, runes, directives])
}
