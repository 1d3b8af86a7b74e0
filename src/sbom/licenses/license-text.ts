import { createHash } from "node:crypto"
import { longTexts, conditions, shortTexts, additions } from "./license-patterns.js"

/*
 * Which license a text is. Only a text that is the license from its first word to its last is called by its name: a clause
 * that somebody added, or left out, makes it another license. Titles, copyright lines and names of holders may differ.
 */

/**
 * The SPDX identifier of a license's text. Where a file has several, or one with other text beside it, their names for
 * people, which are no SPDX expression; undefined where no license is recognized.
 */
export function licenseOfText(text: string): string | undefined {
  const marked = /^\W*SPDX-License-Identifier:[ \t]*(.+?)[^\w)]*$/m.exec(
    text.trimStart().split("\n")[0] ?? "",
  )?.[1]
  const [found, rest] = cutLicenses(toWords(withoutCopyright(text)))
  if (marked !== undefined && found.length === 0) return marked
  const names = [...new Set(found)]
  if (names.length === 0) return undefined
  // LGPL 3 is written as an addition to GPL 3, whose text comes with it.
  const one = names.length === 2 && isGnuPair(names) ? "LGPL-3.0" : names.length === 1 && names[0]
  if (one !== false && one !== undefined && isNothing(rest)) return one
  return [...names.sort(), ...(isNothing(rest) ? [] : ["other text"])].join("; ")
}

/** The same of all license files that a module has. */
export function licenseOfTexts(texts: readonly string[]): string | undefined {
  const names = texts.map((text) => licenseOfText(text) ?? "unknown")
  const known = new Set(names)
  if (known.size === 1 && !known.has("unknown")) return names[0]
  if (known.size === 2 && isGnuPair([...known])) return "LGPL-3.0"
  return known.size > 1 ? [...known].sort().join("; ") : undefined
}

function isGnuPair(names: readonly string[]): boolean {
  return names.includes("GPL-3.0") && names.includes("LGPL-3.0")
}

/** Whose it is does not matter here. A line that goes on after a holder's name is left. */
function withoutCopyright(text: string): string {
  return text
    .split(/\r?\n/)
    .filter((line) => !copyrightLine.test(line) || hasCondition(toWords(line)))
    .join("\n")
    .replace(/\ball rights reserved\b/gi, "")
}

/** Not a line of the license that begins with the same word. */
const copyrightLine =
  /^[\W_]*(?:(?:[Pp]ortions )?(?:[Cc]opyright|COPYRIGHT)s?:? +(?:\(c\)|\(C\)|©|\d{4}|(?!NOTICE|HOLDER|OWNER|OR\b|AND\b|LAW|LICENSE|License)[A-Z<[{])|\([cC]\) |©)/

/** Lower case, one blank between two of them, and no signs: what an editor or a formatter may change. */
function toWords(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/https?:\/\//g, " ")
    .replaceAll("licence", "license")
    .replace(/sub-licen/g, "sublicen")
    .replace(/non-infring/g, "noninfring")
  return ` ${(plain.match(/[a-z0-9]+/g) ?? []).join(" ")} `
}

/** @returns The licenses that are in it, and what is left without them. */
function cutLicenses(words: string): [string[], string] {
  const found: string[] = []
  let rest = words
  for (const { id, begin, end, sums } of longTexts) {
    const first = rest.indexOf(begin)
    const last = rest.indexOf(end, first)
    if (first < 0 || last < 0) continue
    const body = rest.slice(first, last + end.length)
    if (!sums.includes(sumOf(body))) continue
    found.push(id)
    rest = rest.replace(body, "  ")
  }
  for (const { id, begin, pattern } of shortTexts) {
    // To look for the words is quick; a pattern is compiled where it is used first.
    if (!rest.includes(begin)) continue
    rest = rest.replace(pattern, () => {
      found.push(id)
      return " "
    })
  }
  return [found, additions.reduce((left, each) => left.replace(each, " "), rest)]
}

/** Of all but the marks of lists and sections, which are written in many ways, or not at all. */
function sumOf(words: string): string {
  const counted = words.split(" ").filter((word) => !/^(?:[a-z]|\d|[ivx]+)$/.test(word))
  return createHash("sha256").update(counted.join(" ")).digest("hex").slice(0, 16)
}

/** Names of holders that stand on lines of their own, titles: nothing that could be a condition. */
function isNothing(rest: string): boolean {
  return rest.trim().split(" ").length <= 25 && !hasCondition(rest)
}

function hasCondition(words: string): boolean {
  const own = words.replace(/ free software foundation /g, " ")
  return own.split(" ").some((word) => conditions.has(word))
}
