import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

export interface NewFile {
  path: string
  content: string
}

/** What to do where a file is there and differs. */
export interface PlannedFile extends NewFile {
  /** What is there is completed in it. */
  isAdded?: boolean
  /** It is another project's: never replaced. */
  isOthers?: boolean
  /** What is said where it stays as it is. */
  unchanged?: readonly string[]
}

/** What a file is beside the new one. */
export type Change = "new" | "same" | "different"

export function changeOf({ path, content }: NewFile): Change {
  if (!existsSync(path)) return "new"
  return readFileSync(path, "utf8") === content ? "same" : "different"
}

/** Lines that only one of two texts has, for people: a few of each. */
export function differences(before: string, after: string): string[] {
  const [old, now] = [before, after].map((text) => text.split("\n").map((line) => line.trim()))
  const only = (sign: string, own: string[] = [], other: string[] = []) => {
    const lines = own.filter((line) => line !== "" && !other.includes(line))
    const rest = lines.length > 4 ? [`  ${sign} and ${lines.length - 4} more lines`] : []
    return [...lines.slice(0, 4).map((line) => `  ${sign} ${line}`), ...rest]
  }
  return [...only("-", old, now), ...only("+", now, old)]
}

/** All of them or none: what fails leaves everything as it was. */
export function writeTogether(files: readonly NewFile[]): void {
  const staged = files.map((file) => ({ ...file, temporary: `${file.path}.${process.pid}` }))
  const written: { path: string; before?: Buffer }[] = []
  const folders: string[] = []
  try {
    for (const { path, temporary, content } of staged) {
      const made = mkdirSync(dirname(path), { recursive: true })
      if (made !== undefined) folders.push(made)
      writeFileSync(temporary, content)
    }
    for (const { path, temporary } of staged) {
      const before = existsSync(path) ? readFileSync(path) : undefined
      renameSync(temporary, path)
      written.push({ path, before })
    }
  } catch (error) {
    for (const { temporary } of staged) rmSync(temporary, { force: true })
    for (const { path, before } of written) {
      if (before === undefined) rmSync(path, { force: true })
      else writeFileSync(path, before)
    }
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

/** `a/b/.github/workflows/x.yml` for people. */
export function shown(root: string, path: string): string {
  return path.startsWith(join(root, "/")) ? path.slice(join(root, "/").length) : path
}
