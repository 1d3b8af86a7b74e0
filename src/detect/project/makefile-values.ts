import type { Found } from "../../found.js"
import { kindOfName } from "../stamp/stamp-variables.js"
import { expand, linked, readAssignments } from "./makefile.js"

/** A word of a target's name, or of a variable's, that says that it is not for the program that people get. */
const notForRelease =
  /(?:^|[\s_./%-])(?:dev|devel|develop|development|debug|tests?|testing|e2e|integration|bench(?:mark)?s?|cover(?:age)?|lint|local|run|race|watch|live|fuzz|profile)(?=$|[\s_./%-])/i

/** Nothing that make or a shell makes something else of. */
const plain = /^[\w.,:/@%+-]+$/

interface Use extends Found<string> {
  symbol: string
  isLiteral: boolean
}

/**
 * `main.Mode=prod` of `-X main.Mode=prod`: what a Makefile has the linker set, whoever builds. Not what it sets under a
 * condition, to several values, or for tests and debugging; nor what says a version, which Git says.
 */
export function readMakefileValues(
  text: string,
  file: string,
  modulePath: string,
): Found<string>[] {
  const uses = new Map<string, Use[]>()
  for (const use of usesOf(text, file, modulePath)) {
    uses.set(use.symbol, [...(uses.get(use.symbol) ?? []), use])
  }
  return [...uses.values()].flatMap((all) => {
    const [first] = all
    const isOne = all.every((each) => each.isLiteral && each.value === first?.value)
    return isOne && first ? [{ value: first.value, file: first.file, line: first.line }] : []
  })
}

function usesOf(text: string, file: string, modulePath: string): Use[] {
  const values = readAssignments(text)
  return linesForRelease(text).flatMap(({ text: each, line }) =>
    [...each.matchAll(linked)].flatMap((match) => {
      const [all, quote = "", written = "", value = ""] = match
      const symbol = expand(written, values, modulePath)
      const name = symbol.slice(symbol.lastIndexOf(".") + 1)
      if (!/^[^\s'"=$()]+\.[\p{L}_][\p{L}\p{Nd}_]*$/u.test(symbol) || kindOfName(name)) return []
      const rest = each.slice(match.index + all.length)
      // The quotes that end there may be those of all flags.
      const isWhole = rest.startsWith(quote) && /^["']*(?:$|[\s\\)])/.test(rest)
      const before = each.slice(0, match.index).replace(/\$\([\w.-]+\)/g, "")
      const isConditional = /\$\((?:if|or|and|foreach)\b[^)]*$/.test(before)
      const isLiteral = plain.test(value) && isWhole && !isConditional
      return [{ symbol, value: `${symbol}=${value}`, isLiteral, file, line }]
    }),
  )
}

/** Without those under a condition of make's, and those of a target or a variable for something else. */
function linesForRelease(text: string): { text: string; line: number }[] {
  const found: { text: string; line: number }[] = []
  let depth = 0
  /** The target of a recipe, or the variable of a line that goes on. */
  let name = ""
  let goesOn = false
  for (const [index, each] of text.split("\n").entries()) {
    const isNew = !goesOn && !each.startsWith("\t") && /^\s*[^\s#]/.test(each)
    goesOn = /\\\r?$/.test(each)
    if (/^ *(?:ifn?def|ifn?eq)\b/.test(each)) depth++
    else if (/^ *endif\b/.test(each)) depth--
    if (isNew) [, name = ""] = /^([^:=?+!]*)/.exec(each) ?? []
    if (depth > 0 || /^\s*#/.test(each) || notForRelease.test(name)) continue
    found.push({ text: each, line: index + 1 })
  }
  return found
}
