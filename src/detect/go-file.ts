/** The part of a Go file before its first declaration. https://go.dev/ref/spec#Source_file_organization */
export interface GoFileHeader {
  /** Name in the package clause; undefined where the file has none that can be read. */
  package?: string
  /** 1-based line of the package clause. */
  line?: number
  /** The expression of `//go:build`, or of the older `// +build` lines. */
  constraint?: string
}

/** Reads comments, build constraints and the package clause; stops at the clause. */
export function parseGoFileHeader(text: string): GoFileHeader {
  const plusBuild: string[] = []
  let goBuild: string | undefined
  let inBlockComment = false
  for (const [index, raw] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
    let line = raw.trim()
    if (inBlockComment) {
      const end = line.indexOf("*/")
      if (end < 0) continue
      inBlockComment = false
      line = line.slice(end + 2).trim()
    }
    while (line.startsWith("/*")) {
      const end = line.indexOf("*/", 2)
      if (end < 0) {
        inBlockComment = true
        line = ""
        break
      }
      line = line.slice(end + 2).trim()
    }
    if (!line) continue
    const [, expression] = /^\/\/go:build\s+(.*)$/.exec(line) ?? []
    const [, terms] = /^\/\/\s*\+build\s+(.*)$/.exec(line) ?? []
    if (expression !== undefined) goBuild ??= expression
    else if (terms !== undefined) plusBuild.push(fromPlusBuild(terms))
    if (line.startsWith("//")) continue
    const [, name] = /^package\s+([\p{L}_][\p{L}\p{Nd}_]*)/u.exec(line) ?? []
    const constraint = goBuild ?? (plusBuild.length > 0 ? plusBuild.join(" && ") : undefined)
    return name === undefined ? {} : { package: name, line: index + 1, constraint }
  }
  return {}
}

/** `linux,amd64 darwin` is `(linux && amd64) || darwin`. */
function fromPlusBuild(terms: string): string {
  const alternatives = terms.trim().split(/\s+/)
  return `(${alternatives.map((term) => `(${term.split(",").join(" && ")})`).join(" || ")})`
}
