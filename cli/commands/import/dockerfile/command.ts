import { posix } from "node:path"
import { launcherPath } from "../../../../src/detect/project/command-line.js"
import type { Facts } from "../../../../src/detect/facts.js"
import type { Plan } from "../../../../src/plan/types.js"
import type { Row } from "./go-build.js"

/** What an image runs by its plan. */
export interface KnownCommand {
  /** The program by its name alone: where it is, differs. */
  words: readonly string[]
  /** As a build tells it. */
  value: string
  from: string
}

/** None where it is what the Dockerfile says: a program may have another name there. */
export function otherCommand(
  { dockerfile }: Facts,
  plan: Plan | undefined,
): KnownCommand | undefined {
  const { value, from } = plan?.decisions.find(({ what }) => what === "command") ?? {}
  if (!plan || value === undefined || from === undefined) return undefined
  const [program = "", ...args] = [...plan.image.entrypoint, ...plan.image.command].filter(
    (word) => word !== launcherPath,
  )
  const { run, entry } = dockerfile ?? {}
  if (run && entry && from === `${entry.file}:${entry.line}`) return undefined
  const installed = plan.binaries.find(
    ({ importPath }) => importPath === run?.importPath,
  )?.installed
  const name = run && installed === program ? run.name : posix.basename(program)
  return { words: [name, ...args], value, from }
}

/** Of ENTRYPOINT and CMD, where the image runs something else. */
export function rowOfOther(
  row: Row,
  entry: readonly string[] | undefined,
  known: KnownCommand | undefined,
): Row {
  if (!entry || !known) return row
  const start = entry.findIndex((word) => posix.basename(word) === known.words[0])
  const args = entry.slice(start + 1)
  if (start >= 0 && args.join("\n") === known.words.slice(1).join("\n")) return row
  const meaning = `this image runs ${known.value} (${known.from}): if that is not the same, write the command for it`
  return { ...row, status: "not supported", setting: "command", meaning }
}
