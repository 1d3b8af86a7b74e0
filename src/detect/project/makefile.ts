import { kindOfName, type StampKind, type StampVariable } from "../stamp/stamp-variables.js"

/** In the order in which make looks for them. */
export const makefiles = ["GNUmakefile", "makefile", "Makefile"]

/** A value of make's that is written with others in it is only looked into so far. */
const deepest = 8

/**
 * The variables that a Makefile has the linker set: `-X main.version=$(VERSION)`. What for, their names say, or what they are
 * set to.
 *
 * @param modulePath What `$(shell go list -m)` prints.
 */
export function readMakefile(text: string, file: string, modulePath: string): StampVariable[] {
  const values = readAssignments(text)
  const found = new Map<string, StampVariable>()
  for (const [index, each] of text.split("\n").entries()) {
    if (/^\s*#/.test(each)) continue
    for (const [, , written = "", value = ""] of each.matchAll(linked)) {
      const symbol = expand(written, values, modulePath)
      if (!/^[^\s'"=$()]+\.[\p{L}_][\p{L}\p{Nd}_]*$/u.test(symbol) || found.has(symbol)) continue
      const kind =
        kindOfName(symbol.slice(symbol.lastIndexOf(".") + 1)) ?? kindOfValue(value, values)
      if (kind !== undefined) found.set(symbol, { symbol, kind, file, line: index + 1 })
    }
  }
  return [...found.values()]
}

/** A quote, the variable and its value. */
export const linked =
  /-X(?:\s+|=)(["']?)([^\s"'=]+)=((?:\$\([^()]*(?:\([^()]*\)[^()]*)*\)|\$\{[^}]*\}|[^\s"'])*)/g

/** `VERSION ?= 1.2.3`; of several, the first. */
export function readAssignments(text: string): Map<string, string> {
  const values = new Map<string, string>()
  const joined = text.replace(/\\\r?\n\s*/g, " ")
  for (const [, name = "", value = ""] of joined.matchAll(
    /^(?:export\s+|override\s+)*([A-Za-z_][\w.-]*)\s*(?:[:?]|::)?=\s*(.*?)\s*(?:#.*)?$/gm,
  )) {
    if (!values.has(name)) values.set(name, value)
  }
  return values
}

const reference = /\$(?:\(([A-Za-z_][\w.-]*)\)|\{([A-Za-z_][\w.-]*)\})/g

export function expand(
  text: string,
  values: ReadonlyMap<string, string>,
  modulePath: string,
  depth = 0,
): string {
  if (/^\$\(shell\s+(?:\S*\/)?(?:go|\$\(GO\)|\$\{GO\})\s+list\s+-m\s*\)$/.test(text))
    return modulePath
  if (depth > deepest || text.length > 1000) return text
  return text.replace(reference, (whole, round?: string, curly?: string) => {
    const value = values.get(round ?? curly ?? "")
    return value === undefined ? whole : expand(value, values, modulePath, depth + 1)
  })
}

/** Of `$(COMMIT)` its name, else the command that it is the output of. */
function kindOfValue(
  value: string,
  values: ReadonlyMap<string, string>,
  depth = 0,
): StampKind | undefined {
  const [, round, curly] = new RegExp(reference.source).exec(value) ?? []
  const name = round ?? curly
  const byName = name === undefined ? undefined : kindOfName(name)
  if (byName !== undefined) return byName
  if (/\bgit\b.*\bdescribe\b/.test(value)) return "version"
  if (/\bgit\b.*\brev-parse\b.*--short/.test(value)) return "shortCommit"
  if (/\bgit\b.*\brev-parse\b/.test(value)) return "commit"
  if (/\bshell\s+date\b|`date\b|\$\(date\b/.test(value)) return "date"
  const written = name === undefined ? undefined : values.get(name)
  return written === undefined || depth > deepest
    ? undefined
    : kindOfValue(written, values, depth + 1)
}
