/** A Go file without its comments, so that patterns find code and nothing else. */
export interface GoCode {
  /** Each string is its number in `strings`, in quotes; each rune is `''`. Lines stay as they are. */
  text: string
  strings: readonly string[]
}

const commentOrLiteral =
  /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"?|`[^`]*`?|'(?:[^'\\\n]|\\.)*'?/g

export function readGoCode(text: string): GoCode {
  const strings: string[] = []
  const code = text.replace(/^\uFEFF/, "").replace(commentOrLiteral, (token) => {
    const lines = "\n".repeat(token.split("\n").length - 1)
    if (token.startsWith("/")) return lines || " "
    if (token.startsWith("'")) return "''"
    strings.push(token.slice(1, -1))
    return `"${strings.length - 1}"${lines}`
  })
  return { text: code, strings }
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
const importSpec = /(?:(?<![\p{L}\p{Nd}_.])([\p{L}_.][\p{L}\p{Nd}_]*)[ \t]*)?"(\d+)"/gu

export function readImports({ text, strings }: GoCode): Import[] {
  const end = text.search(firstDeclaration)
  const head = end < 0 ? text : text.slice(0, end)
  const imports: Import[] = []
  let [counted, line] = [0, 1]
  for (const declaration of head.matchAll(importDeclaration)) {
    const specs = declaration[0].slice("import".length)
    const start = declaration.index + "import".length
    for (const { 1: name, 2: number, index, 0: spec } of specs.matchAll(importSpec)) {
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
