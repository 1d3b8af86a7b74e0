import { goLine, parseGoDirectives, toolchainLine } from "./go-directives.js"
import type { Found } from "./found.js"

/** What go.work says. https://go.dev/ref/mod#go-work-file */
export interface GoWork {
  go?: Found<string>
  toolchain?: Found<string>
  /** Folders of the workspace's modules, relative to the root, as they are written. */
  uses: Found<string>[]
}

const verbs = "go toolchain godebug use replace".split(" ")

/** Reads go.work; throws UserError with the line and a caret where Go would refuse it too. */
export function parseGoWork(text: string, file = "go.work"): GoWork {
  const directives = parseGoDirectives(text, file, verbs)
  return {
    go: goLine(directives),
    toolchain: toolchainLine(directives),
    uses: directives
      .filter(({ verb }) => verb === "use")
      .map((directive) => {
        const [value] = directive.args
        if (value === undefined || directive.args.length > 1) {
          throw directive.error("use takes one folder", "E.g. `use ./api`.")
        }
        return { value, file, line: directive.line }
      }),
  }
}
