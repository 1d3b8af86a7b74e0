import { relative } from "node:path"
import { shellWord } from "../src/render/words.js"

/** `script/package` gives its bundles the name of the command that the npm package installs. */
declare const __programName: string | undefined

/** What a person types to start this. */
export const programName = typeof __programName === "string" ? __programName : "bash script/build"

/** A path as a person types it here. */
export function asTyped(path: string): string {
  const here = relative(process.cwd(), path) || "."
  const short = here.startsWith("..") ? path : here
  return shellWord(short)
}
