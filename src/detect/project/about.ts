import { hasControlCharacter } from "../../errors.js"
import { ofAllScripts } from "../all-scripts.js"
import { readGoCode } from "../code/go-code.js"
import { licenseFiles, readLicense } from "../assets/license.js"
import { inFolder, type Module } from "../modules/modules.js"
import type { Found } from "../../found.js"
import type { About } from "../../settings/about.js"
import type { MainPackage } from "../packages/main-package.js"
import type { ProjectDescriptor } from "../../settings/descriptor/descriptor.js"

export function findAbout(
  descriptor: ProjectDescriptor,
  { folder }: Module,
  packages: readonly MainPackage[],
  contents: ReadonlyMap<string, string>,
): About {
  const { about } = descriptor
  const description = describe(packages, contents)
  const licenses = about.licenses ?? licenseOf(folder, contents)
  const found = { ...about, ...(description && { description }), ...(licenses && { licenses }) }
  return Object.fromEntries(
    Object.entries(found).filter(([, each]) => each && isOneLine(each.value)),
  )
}

function isOneLine(text: string): boolean {
  return text !== "" && !hasControlCharacter(text)
}

/** Of one program, the first sentence of its package's comment, as `go doc` shows it. */
function describe(
  packages: readonly MainPackage[],
  contents: ReadonlyMap<string, string>,
): Found<string> | undefined {
  const [first, second] = packages
  if (!first || second) return undefined
  const value = synopsis(contents.get(first.file) ?? "")
  return value === undefined ? undefined : { value, file: first.file, line: first.line }
}

/** Longer ones are no summary. */
const longest = 300

/** https://go.dev/doc/comment#package */
export function synopsis(text: string): string | undefined {
  // What is left of a file without its comments is as many lines long.
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/)
  const code = readGoCode(text).text.split("\n")
  const clause = code.findIndex((line) => /^\s*package\s/.test(line))
  if (clause < 1) return undefined
  const comment = commentBefore(lines, clause)
    .filter((line) => !/^(?:go:build|\s*\+build)\b/.test(line))
    .map((line) => line.trim())
  const end = comment.indexOf("", comment.findIndex(Boolean))
  const paragraph = (end < 0 ? comment : comment.slice(0, end)).filter(Boolean).join(" ")
  const [sentence = ""] = firstSentence(paragraph).exec(paragraph) ?? [paragraph]
  const isLegal = /^(?:copyright|all rights reserved|authors?:|\(c\)|spdx|nolint)/i.test(sentence)
  return sentence === "" || isLegal || sentence.length > longest ? undefined : sentence
}

const firstSentence = ofAllScripts(String.raw`^.*?[.!?](?=\s+[\p{Lu}]|$)`, "s")

/** The lines of the comment that ends right above, without its marks. */
function commentBefore(lines: readonly string[], clause: number): string[] {
  const above = lines.slice(0, clause)
  if (/\*\/\s*$/.test(above.at(-1) ?? "")) {
    const start = above.findLastIndex((line) => line.includes("/*"))
    if (start < 0 || !/^\s*\/\*/.test(above[start] ?? "")) return []
    return above
      .slice(start)
      .join("\n")
      .replace(/^\s*\/\*|\*\/\s*$/g, "")
      .split("\n")
      .map((line) => line.replace(/^\s*\*(?=\s|$)/, ""))
  }
  const before = above.findLastIndex((line) => !/^\/\//.test(line))
  return above.slice(before + 1).map((line) => line.slice("//".length))
}

function licenseOf(
  folder: string,
  contents: ReadonlyMap<string, string>,
): Found<string> | undefined {
  for (const each of new Set([folder, ""])) {
    for (const name of licenseFiles) {
      const file = inFolder(each, name)
      const text = contents.get(file)
      const found = text === undefined ? undefined : readLicense(text)
      if (found) return { ...found, file }
    }
  }
  return undefined
}
