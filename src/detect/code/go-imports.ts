import { ofAllScripts } from "../all-scripts.js"

/** What a Go file needs besides itself. */
export interface GoImports {
  /** Import paths; "C" where it is compiled with cgo. */
  paths: string[]
  embeds: Embed[]
}

/** One pattern of a `//go:embed`. */
export interface Embed {
  /** Relative to the file's folder. */
  pattern: string
  /** `all:` stands before it: files whose names begin with a dot or an underscore are embedded, too. */
  all: boolean
  line: number
}

const importEntry = ofAllScripts(
  String.raw`^(?:[\p{L}\p{Nd}_.]+\s+)?(?:"([^"]+)"|\x60([^\x60]+)\x60)\s*;?\s*(?:\/[/*].*)?$`,
)

/**
 * Where a line only looks like an import, there is one more than the file has:
 * a package too many is sent to the compiler rather than one too few.
 */
export function parseGoImports(text: string): GoImports {
  const paths: string[] = []
  const embeds: Embed[] = []
  let isHeader = true
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trim()
    if (line.startsWith("//go:embed")) embeds.push(...embedPatterns(line, index + 1))
    if (!isHeader) continue
    if (/^(?:func|type|var|const)\b/.test(raw)) {
      // Embedded files may be named further down, by files that import the package for it.
      if (!paths.includes("embed")) break
      isHeader = false
    } else if (/^import\b/.test(line)) {
      for (const [, quoted, raw] of line.matchAll(/"([^"]+)"|`([^`]+)`/g))
        paths.push(quoted ?? raw ?? "")
    } else {
      const [, quoted, raw] = importEntry(line).exec(line) ?? []
      const path = quoted ?? raw
      if (path !== undefined) paths.push(path)
    }
  }
  return { paths, embeds }
}

/** `//go:embed static "my file.txt" all:web`; https://pkg.go.dev/embed#hdr-Directives */
function embedPatterns(text: string, line: number): Embed[] {
  const rest = text.slice("//go:embed".length)
  if (!/^\s/.test(rest)) return []
  return [...rest.matchAll(/"((?:[^"\\]|\\.)*)"|`([^`]*)`|(\S+)/g)]
    .map(([, quoted, raw, word]) => quoted?.replace(/\\(.)/g, "$1") ?? raw ?? word ?? "")
    .map((word) => ({ pattern: word.replace(/^all:/, ""), all: word.startsWith("all:"), line }))
    .filter(({ pattern }) => pattern !== "")
}
