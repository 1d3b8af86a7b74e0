import { ofAllScripts } from "../all-scripts.js"
import { isTag } from "./build-constraint.js"

/** The part of a Go file before its first declaration. https://go.dev/ref/spec#Source_file_organization */
export interface GoFileHeader {
  /** Name in the package clause; undefined where the file has none that can be read. */
  package?: string
  /** 1-based line of the package clause. */
  line?: number
  /** The expression of `//go:build`, or of the older `// +build` lines. */
  constraint?: string
}

const packageClause = ofAllScripts(String.raw`^package\s+([\p{L}_][\p{L}\p{Nd}_]*)`)

/** Reads comments, build constraints and the package clause, by go/build's rules; stops at the clause. */
export function parseGoFileHeader(text: string): GoFileHeader {
  const plusBuild: string[] = []
  /** How many of them have a blank line below: the others are mere comments. */
  let settled = 0
  let goBuild: string | undefined
  let onlyLineComments = true
  let inBlockComment = false
  for (const [index, raw] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
    let line = raw.trim()
    if (!line && onlyLineComments) settled = plusBuild.length
    if (!line) continue
    if (!line.startsWith("//")) onlyLineComments = false
    if (!inBlockComment) {
      const [isGoBuild, expression = ""] = /^\/\/go:build(?:\s+(.*))?$/.exec(line) ?? []
      // Go refuses two; an empty one cannot be read, either.
      if (isGoBuild !== undefined) goBuild = goBuild === undefined ? expression : ""
      const [isPlusBuild, terms = ""] = /^\/\/\s*\+build(?:\s+(.*))?$/.exec(line) ?? []
      if (isPlusBuild !== undefined && onlyLineComments) plusBuild.push(fromPlusBuild(terms))
    }
    while (inBlockComment || line.startsWith("/*")) {
      const end = line.indexOf("*/", inBlockComment ? 0 : "/*".length)
      inBlockComment = end < 0
      if (inBlockComment) break
      line = line.slice(end + "*/".length).trim()
    }
    if (inBlockComment || !line || line.startsWith("//")) continue
    const [, name] = packageClause(line).exec(line) ?? []
    const constraint =
      goBuild ?? (settled > 0 ? plusBuild.slice(0, settled).join(" && ") : undefined)
    return name === undefined ? {} : { package: name, line: index + 1, constraint }
  }
  return {}
}

/** `linux,amd64 darwin` is `(linux && amd64) || darwin`; what is no tag stands for one that never holds. */
function fromPlusBuild(terms: string): string {
  const alternatives = terms.split(/\s+/).map((term) =>
    term
      .split(",")
      .map((tag) => (isTag(tag.replace(/^!/, "")) ? tag : "ignore"))
      .join(" && "),
  )
  return `(${alternatives.map((each) => `(${each})`).join(" || ")})`
}
