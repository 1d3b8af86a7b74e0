import { UserError } from "../../errors.js"
import { goLine, parseGoDirectives, toolchainLine, type Directive } from "./go-directives.js"
import { localReplacement, type LocalReplacement } from "./go-mod.js"
import type { Found } from "../../found.js"

/** What go.work says. https://go.dev/ref/mod#go-work-file */
export interface GoWork {
  go?: Found<string>
  toolchain?: Found<string>
  /** Folders of the workspace's modules, relative to go.work, as they are written. */
  uses: Found<string>[]
  /** Folders that `replace` directives point to, relative to go.work, as they are written. */
  localReplacements: LocalReplacement[]
  /** Modules in whose place it puts others, of whatever kind. */
  replaced?: string[]
}

const verbs = "go toolchain godebug use replace".split(" ")

/** Reads go.work; throws UserError with the line and a caret where Go would refuse it too. */
export function parseGoWork(text: string, file = "go.work"): GoWork {
  const directives = parseGoDirectives(text, file, verbs)
  const uses = directives.filter(({ verb }) => verb === "use").map(use)
  checkTwice(uses)
  const replaced = directives.flatMap(({ verb, args }) =>
    verb === "replace" ? [args[0] ?? ""] : [],
  )
  return {
    ...(replaced.length > 0 && { replaced }),
    go: goLine(directives),
    toolchain: toolchainLine(directives),
    uses,
    localReplacements: directives
      .filter(({ verb }) => verb === "replace")
      .flatMap((directive) => localReplacement(directive)),
  }
}

function use(directive: Directive): Found<string> {
  const [value] = directive.args
  if (value === undefined || directive.args.length > 1) {
    throw directive.error("use takes one folder", "E.g. `use ./api`.")
  }
  return { value, file: directive.file, line: directive.line }
}

function checkTwice(uses: readonly Found<string>[]): void {
  const seen = new Map<string, number>()
  for (const { value, file, line } of uses) {
    const folder = value.replace(/^\.\/+(?=.)/, "").replace(/\/+$/, "")
    const first = seen.get(folder)
    if (first !== undefined) {
      throw new UserError(`${value} is in the workspace twice`, {
        place: { file, line },
        hint: `Keep one of lines ${first} and ${line}.`,
      })
    }
    seen.set(folder, line)
  }
}
