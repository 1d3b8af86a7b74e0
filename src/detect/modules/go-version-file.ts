import type { Found } from "../../found.js"

/** `.go-version`: the first line that is neither blank nor a comment; undefined where there is none. */
export function parseGoVersionFile(text: string, file = ".go-version"): Found<string> | undefined {
  for (const [index, raw] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
    const value = raw.replace(/#.*/s, "").trim()
    if (value) return { value, file, line: index + 1 }
  }
  return undefined
}
