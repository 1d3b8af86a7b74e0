import { closeSync, openSync, readSync } from "node:fs"
import { packageMainLine } from "../../src/detect/source.js"

const packageMain = new RegExp(packageMainLine, "m")
const anyPackage = /^\uFEFF?\s*package\s+\w/m
const block = Buffer.alloc(4096)

/**
 * Whether a Go file looks like one of a main package. Most files show their package clause in the first block; after a longer
 * comment, the whole file is read.
 */
export function mayBeMain(path: string, read: () => string | undefined): boolean {
  if (path.endsWith("_test.go")) return false
  const { text, whole } = readStart(path)
  if (packageMain.test(text)) return true
  if (whole || (anyPackage.test(text) && !text.includes("/*"))) return false
  return packageMain.test(read() ?? "")
}

function readStart(path: string): { text: string; whole: boolean } {
  let file: number
  try {
    file = openSync(path, "r")
  } catch {
    return { text: "", whole: true }
  }
  try {
    const length = readSync(file, block, 0, block.length, 0)
    return { text: block.toString("utf8", 0, length), whole: length < block.length }
  } finally {
    closeSync(file)
  }
}
