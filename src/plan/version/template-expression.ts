import { formatTime } from "./go-time.js"

/** Goreleaser's, of those that need nothing but text: https://goreleaser.com/customization/templates/#functions */
const functions: Readonly<Record<string, (...args: string[]) => string>> = {
  replace: (text = "", from = "", to = "") => text.replaceAll(from, to),
  trim: (text = "") => text.trim(),
  trimprefix: (text = "", prefix = "") =>
    text.startsWith(prefix) ? text.slice(prefix.length) : text,
  trimsuffix: (text = "", suffix = "") =>
    suffix !== "" && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  tolower: (text = "") => text.toLowerCase(),
  toupper: (text = "") => text.toUpperCase(),
}

export const functionNames = [...Object.keys(functions), "time"]

const token = /"(?:\\.|[^"\\])*"|`[^`]*`|[()|]|[^\s()|"`]+/g

/**
 * What stands between the braces: `.Tag`, `replace .Tag "v" ""`, `trimsuffix (tolower .Tag) "-rc"`, `.Tag | toupper`.
 * https://pkg.go.dev/text/template
 *
 * @param valueOf Of a name; undefined where there is none of it.
 * @returns undefined where it is something else.
 */
export function evaluate(
  expression: string,
  valueOf: (name: string) => string | undefined,
): string | undefined {
  if (expression.replace(token, "").trim() !== "") return undefined
  const parser = new Parser(expression.match(token) ?? [], valueOf)
  const value = parser.pipeline()
  return parser.isAtEnd ? value : undefined
}

class Parser {
  private next = 0

  constructor(
    private readonly tokens: readonly string[],
    private readonly valueOf: (name: string) => string | undefined,
  ) {}

  get isAtEnd(): boolean {
    return this.next === this.tokens.length
  }

  /** What stands before a bar is the last argument of the function behind it. */
  pipeline(): string | undefined {
    let value = this.command([])
    while (value !== undefined && this.tokens[this.next] === "|") {
      this.next++
      value = this.command([value])
    }
    return value
  }

  private command(last: readonly string[]): string | undefined {
    const name = this.tokens[this.next] ?? ""
    if (name === "time") return this.time()
    if (!Object.hasOwn(functions, name)) return last.length > 0 ? undefined : this.operand()
    this.next++
    const args: string[] = []
    while (!this.isAtEnd && !/^[)|]$/.test(this.tokens[this.next] ?? "")) {
      const arg = this.operand()
      if (arg === undefined) return undefined
      args.push(arg)
    }
    return functions[name]?.(...args, ...last)
  }

  /** The commit's: of when it is built, no image is told. Nothing where it is not known, as of any other name. */
  private time(): string | undefined {
    this.next++
    const layout = this.operand()
    const time = this.valueOf("CommitDate")
    if (layout === undefined || time === undefined) return undefined
    return time === "" ? "" : formatTime(time, layout)
  }

  private operand(): string | undefined {
    const token = this.tokens[this.next++] ?? ""
    if (token === "(") {
      const value = this.pipeline()
      return this.tokens[this.next++] === ")" ? value : undefined
    }
    if (token.startsWith("`")) return token.slice(1, -1)
    if (token.startsWith('"')) return token.slice(1, -1).replace(/\\(["\\])/g, "$1")
    const name = /^\.([A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z]+)?)$/.exec(token)?.[1]
    return name === undefined ? undefined : this.valueOf(name)
  }
}
