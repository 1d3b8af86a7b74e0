import { ofAllScripts } from "../all-scripts.js"

/** A Go file without its comments, so that patterns find code and nothing else. */
export interface GoCode {
  /** Each string is its number in `strings`, in quotes; each rune is `''`. Lines stay as they are. */
  text: string
  strings: readonly string[]
  /** As they are written, with their quotes. */
  runes: readonly string[]
}

const tokenStart = /\/[/*]|["'`]/g

/** Not one expression for all of a token: of a string of megabytes, the engine would need more stack than there is. */
export function readGoCode(text: string): GoCode {
  const strings: string[] = []
  const runes: string[] = []
  let code = ""
  let end = text.startsWith("\uFEFF") ? 1 : 0
  tokenStart.lastIndex = end
  for (let match = tokenStart.exec(text); match; match = tokenStart.exec(text)) {
    code += text.slice(end, match.index)
    end = tokenEnd(text, match.index, match[0])
    const token = text.slice(match.index, end)
    const lines = "\n".repeat(token.split("\n").length - 1)
    if (token.startsWith("/")) code += lines || " "
    else if (token.startsWith("'")) {
      code += "''"
      runes.push(token)
    } else {
      strings.push(token.slice(1, -1))
      code += `"${strings.length - 1}"${lines}`
    }
    tokenStart.lastIndex = end
  }
  return { text: code + text.slice(end), strings, runes }
}

/** What does not end, ends with its line, or with the file where it may have several. */
function tokenEnd(text: string, start: number, kind: string): number {
  const find = (wanted: string, from: number, length: number) => {
    const index = text.indexOf(wanted, from)
    return index < 0 ? text.length : index + length
  }
  if (kind === "//") return find("\n", start, 0)
  if (kind === "/*") return find("*/", start + 2, 2)
  if (kind === "`") return find("`", start + 1, 1)
  const stop = /["'\\\n]/g
  stop.lastIndex = start + 1
  for (let match = stop.exec(text); match; match = stop.exec(text)) {
    if (match[0] === kind) return match.index + 1
    if (match[0] === "\n") return match.index
    // A line break ends it though there is a backslash before it.
    if (match[0] === "\\" && text[match.index + 1] !== "\n") stop.lastIndex = match.index + 2
  }
  return text.length
}

/** An import, and its line. */
export interface Import {
  path: string
  line: number
  /** `_ "embed"`: for what its initialization does. */
  isBlank: boolean
}

const firstDeclaration = /^[ \t;]*(?:func|var|type|const)\b/m
const importDeclaration = /\bimport\b\s*(?:\([^()]*\)|[^\n;]*)/g
const importSpec = ofAllScripts(
  String.raw`(?:(?<![\p{L}\p{Nd}_.])([\p{L}_.][\p{L}\p{Nd}_]*)[ \t]*)?"(\d+)"`,
  "g",
)

export function readImports({ text, strings }: GoCode): Import[] {
  const end = text.search(firstDeclaration)
  const head = end < 0 ? text : text.slice(0, end)
  const imports: Import[] = []
  let [counted, line] = [0, 1]
  for (const declaration of head.matchAll(importDeclaration)) {
    const specs = declaration[0].slice("import".length)
    const start = declaration.index + "import".length
    for (const { 1: name, 2: number, index, 0: spec } of specs.matchAll(importSpec(specs))) {
      const path = strings[Number(number)]
      if (path === undefined) continue
      const end = start + index + spec.length
      for (; counted < end; counted++) if (text[counted] === "\n") line++
      imports.push({ path, line, isBlank: name === "_" })
    }
  }
  return imports
}

/** What `func main` of a file does: nothing, something; undefined where the file has none. */
export function readMainFunction({ text }: GoCode): "empty" | "used" | undefined {
  const [, next] = /^[ \t;]*func\s+main\s*\(\s*\)\s*\{\s*(\S?)/m.exec(text) ?? []
  return next === undefined ? undefined : next === "}" ? "empty" : "used"
}

/** Whether something of the file runs before `func main`. */
export function hasInit({ text }: GoCode): boolean {
  return /^[ \t;]*func\s+init\s*\(\s*\)\s*\{\s*[^}\s]/m.test(text)
}
