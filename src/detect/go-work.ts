import { parseGoDirectives } from "./go-directives.js"
import type { Found } from "./found.js"

/** What go.work says. https://go.dev/ref/mod#go-work-file */
export interface GoWork {
  go?: Found<string>
  toolchain?: Found<string>
  /** Folders of the workspace's modules, relative to the root, without `./`. */
  uses: Found<string>[]
}

export function parseGoWork(text: string, file = "go.work"): GoWork {
  const work: GoWork = { uses: [] }
  for (const directive of parseGoDirectives(text, file)) {
    const [value] = directive.args
    if (value === undefined) throw directive.error(`${directive.verb} without an argument`)
    const found = { value, file, line: directive.line }
    switch (directive.verb) {
      case "go":
        work.go = found
        break
      case "toolchain":
        work.toolchain = found
        break
      case "use":
        work.uses.push(found)
        break
      case "replace":
      case "godebug":
        break
      default:
        throw directive.error(
          `unknown directive ${JSON.stringify(directive.verb)}`,
          "A go.work has: go, toolchain, godebug, use, replace.",
        )
    }
  }
  return work
}
