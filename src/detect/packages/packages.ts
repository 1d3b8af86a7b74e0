import type { Settings } from "../../settings/resolve.js"
import { UserError } from "../../errors.js"
import { isHelper } from "./helper-packages.js"
import { isInside } from "../modules/modules.js"
import { withoutFile } from "../code/package-files.js"
import { chooseBuilt, chooseByPlace, whyLeft } from "./packages-by-place.js"
import { noMainPackage, noSuchPackage, severalModules } from "./packages-missing.js"
import { addNamedPrograms } from "./packages-of-commands.js"
import type { Setting } from "../../settings/setting.js"
import type { PackageChoice, Programs } from "./package-choice.js"
import type { MainPackage } from "./main-package.js"

type Asked = Pick<Settings, "packages" | "command" | "binaryName">

/** As asked; else as the Dockerfile builds them; else by their place, and what the Procfile or the command names. */
export function choosePackages(programs: Programs, settings: Asked): PackageChoice {
  const { herokuInstall, module, folder, mainPackages } = programs
  if (settings.packages) return matchAll(settings.packages, programs, folder)
  if (herokuInstall) {
    const { value, file, line } = herokuInstall
    return matchAll({ value, from: `${file}:${line}` }, programs, module?.folder ?? "")
  }
  const own = mainPackages.filter(
    (each) => each.module === module?.folder && isInside(each.path.slice("./".length), folder),
  )
  const built = (programs.dockerfile?.built ?? []).filter(({ path }) =>
    isInside(path.slice("./".length), folder),
  )
  const choice =
    built.length > 0
      ? chooseBuilt(built, programs.dockerfile?.from ?? "", own)
      : own.some(isForUse) || (own.length > 0 && !mainPackages.some(isForUse))
        ? chooseByPlace(own, folder)
        : chooseOnly(programs)
  return addNamedPrograms(choice, programs, settings)
}

/** Of all modules: the one at the root of a repository often has nothing but what those who work on it need. */
function chooseOnly(programs: Programs): PackageChoice {
  const { mainPackages } = programs
  const forUse = mainPackages.filter(isForUse)
  const candidates = forUse.length > 0 ? forUse : mainPackages
  const [only, another] = candidates
  if (!only) throw noMainPackage(programs)
  if (another) throw severalModules(candidates, programs.targets)
  const from = "the only program of all modules"
  const left = mainPackages
    .filter((each) => each !== only)
    .map((each) => ({ package: each, reason: whyLeft(each, from) }))
  return { packages: [only], from, left, notices: [] }
}

function isForUse({ path, unfit }: MainPackage): boolean {
  return !isHelper(path) && !unfit
}

function matchAll(
  { value: patterns, from }: Setting<string[]>,
  programs: Programs,
  folder: string,
): PackageChoice {
  const { mainPackages, hiddenPackages = [] } = programs
  const chosen = new Set<MainPackage>()
  const left = new Set<MainPackage>()
  for (const pattern of patterns) {
    const isWildcard = pattern.includes("...")
    const matches = toMatcher(pattern, folder, from)
    const matching = [...mainPackages, ...(isWildcard ? [] : hiddenPackages)].filter(matches)
    if (matching.length === 0) throw noSuchPackage(programs, { pattern, from, matches })
    // What linux cannot build fails all the others: it must be asked for by its name.
    const fit = matching.filter(({ unfit }) => unfit?.kind !== "not-for-linux")
    const narrowed = isWildcard && fit.length > 0 ? fit : matching
    for (const each of narrowed) chosen.add(each)
    for (const each of matching) left.add(each)
  }
  return {
    packages: [...chosen],
    from,
    left: [...left]
      .filter((each) => !chosen.has(each))
      .map((each) => ({ package: each, reason: each.unfit?.reason ?? "" })),
    notices: [],
  }
}

/** `./cmd/api`, `cmd/api`, `./cmd/...`, `example.com/module/cmd/api`. https://pkg.go.dev/cmd/go#hdr-Package_lists_and_patterns */
function toMatcher(pattern: string, folder: string, from: string): (each: MainPackage) => boolean {
  if (pattern.startsWith("/")) {
    throw new UserError(`an absolute path as a package: ${JSON.stringify(pattern)} (${from})`, {
      hint: "Give it relative to the source folder, e.g. ./cmd/api.",
    })
  }
  const path = withoutFile(pattern)
  const local = normalize(folder === "" ? path : `${folder}/${path}`)
  if (local.startsWith("..") && !local.startsWith("...")) {
    throw new UserError(`a package outside the source: ${JSON.stringify(pattern)} (${from})`, {
      hint: "Give a folder that contains both as the source.",
    })
  }
  const matchesLocal = toWildcardMatcher(local)
  const matchesImport = toWildcardMatcher(pattern.replace(/\/$/, ""))
  return ({ path, importPath }) =>
    matchesLocal(path.slice("./".length)) || matchesImport(importPath)
}

/** `./cmd//api/` and `cmd/x/../api` are `cmd/api`. */
function normalize(pattern: string): string {
  const parts: string[] = []
  for (const part of pattern.split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop()
    else if (part !== "" && part !== ".") parts.push(part)
  }
  return parts.join("/")
}

/** `...` stands for any text, with slashes and empty too; a final `/...` also for nothing, without the slash. */
function toWildcardMatcher(pattern: string): (text: string) => boolean {
  const matches = (parts: readonly string[], text: string) => {
    const [head = "", ...rest] = parts
    const tail = rest.pop()
    if (tail === undefined) return text === head
    if (!text.startsWith(head)) return false
    let position = head.length
    for (const part of rest) {
      const found = text.indexOf(part, position)
      if (found < 0) return false
      position = found + part.length
    }
    return text.length - tail.length >= position && text.endsWith(tail)
  }
  const parts = pattern.split("...")
  if (!pattern.endsWith("/...")) return (text) => matches(parts, text)
  const folder = pattern.slice(0, -"/...".length).split("...")
  return (text) => matches(parts, text) || matches(folder, text)
}
