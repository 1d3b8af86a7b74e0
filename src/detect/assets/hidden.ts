import type { EmbedUse } from "../code/import-graph.js"
import { matchPatterns, fromRoot } from "../../patterns/patterns.js"
import { embedText, type Missing } from "../packages/missing-files.js"
import type { ProjectDescriptor } from "../../settings/descriptor/descriptor.js"

/** What project.toml leaves out of the source. */
export interface Hidden {
  files: readonly string[]
  descriptor: ProjectDescriptor
  /** project.toml itself. */
  text: string
}

/** Of an embed without files: that it has some, and which pattern takes them away. Undefined where none does. */
export function describeHidden(
  embed: EmbedUse,
  { files, descriptor, text }: Hidden,
): Missing | undefined {
  const { path, file, line } = embed
  const found = files.find(matchPatterns([path]))
  if (found === undefined) return undefined
  const { file: toml, include, exclude = [] } = descriptor
  const hiding = exclude.findLast((each) => matchPatterns([anywhere(each)])(found))
  const word = hiding ?? (include ? "include" : "exclude")
  const at = text.split("\n").findIndex((each) => each.includes(word)) + 1
  const place = at > 0 ? `${toml}:${at}` : toml
  return {
    message: include
      ? `${embedText(embed)} needs ${found}, which ${place} does not include`
      : `${embedText(embed)} needs ${found}, which ${place} excludes: ${JSON.stringify(hiding ?? "")}`,
    file,
    line,
    hint: include
      ? `Add it to \`include\`: ${JSON.stringify(found)}`
      : `Remove the pattern, or add an exception after it: ${JSON.stringify(`!${found}`)}`,
  }
}

/** With a slash before its end, a pattern starts at the root; without one, it matches in every folder. */
export function anywhere(pattern: string): string {
  const exception = pattern.startsWith("!") ? "!" : ""
  const rest = pattern.slice(exception.length).replace(/\/$/, "")
  return exception + (rest.includes("/") ? fromRoot(rest) : `**/${rest}`)
}
