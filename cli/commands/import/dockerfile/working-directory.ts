import { posix } from "node:path"
import type { Instruction } from "../../../../src/detect/dockerfile/instructions.js"
import { isInside } from "../../../../src/detect/modules/modules.js"
import { workingDirectory } from "../../../../src/settings/image-paths.js"
import type { Row } from "./go-build.js"

/** Where the program of an image starts, as its Dockerfile says. */
export interface WorkingDirectory {
  /** Of the WORKDIR that counts: the last one. */
  line: number
  /** Undefined where a variable is in it. */
  path?: string
  /** Something is copied to it. */
  hasFiles: boolean
}

export function workingDirectoryOf(instructions: readonly Instruction[]): WorkingDirectory {
  let folder = "/"
  let line = 0
  const copied: string[] = []
  for (const instruction of instructions) {
    const { name, text } = instruction
    if (name === "WORKDIR") {
      folder = posix.resolve(folder, text)
      ;({ line } = instruction)
    }
    if (name !== "COPY" && name !== "ADD") continue
    const to =
      text
        .trim()
        .replace(/["\]]+$/, "")
        .split(/[\s",]+/)
        .at(-1) ?? ""
    copied.push(posix.resolve(folder, to))
  }
  const path = posix.resolve(folder)
  const hasFiles = copied.some((to) => isInside(to, path === "/" ? "" : path))
  return { line, hasFiles, ...(!/[$`]/.test(path) && { path }) }
}

/** Programs start where the project's files are: here that is /app, whatever that folder is called there. */
export function rowOfWorkdir(line: number, value: string, last: WorkingDirectory): Row {
  const row: Row = { option: "WORKDIR", value }
  const { path } = last
  if (line !== last.line) return { ...row, meaning: "the last WORKDIR says where programs start" }
  if (path === workingDirectory || path === undefined) return row
  if (last.hasFiles || path === "/") {
    const meaning = `programs start in ${workingDirectory}, which has what is in ${path} there`
    return { ...row, meaning }
  }
  const meaning = "the folder in which programs start"
  return { ...row, status: "setting", meaning, writes: { workingDirectory: path } }
}
