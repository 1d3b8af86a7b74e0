import type { Found } from "./found.js"
import type { MainPackage } from "./main-packages.js"
import { isInside } from "./modules.js"
import { UserError } from "../errors.js"
import type { Setting } from "../settings/resolve.js"

/** Which programs are built, and what said so. */
export interface PackageChoice {
  packages: MainPackage[]
  from: string
}

/** What programs are chosen from. */
export interface Programs {
  /** Of all modules of the source. */
  mainPackages: readonly MainPackage[]
  /** The module that is built where nothing names another one; undefined where the source has several and none at its root. */
  module?: { folder: string; path: string }
  /** What packages are relative to: a folder of the source; empty for the root. */
  folder: string
  /** `// +heroku install` of that module. */
  herokuInstall?: Found<string[]>
}

/** As asked; else the root's main package alone, else every one under cmd/, else every one. */
export function choosePackages(
  programs: Programs,
  setting: Setting<string[]> | undefined,
): PackageChoice {
  const { herokuInstall, module, folder, mainPackages } = programs
  if (setting) {
    return { packages: matchAll(setting.value, programs, folder, setting.from), from: setting.from }
  }
  if (herokuInstall) {
    const from = `${herokuInstall.file}:${herokuInstall.line}`
    return { packages: matchAll(herokuInstall.value, programs, module?.folder ?? "", from), from }
  }
  const own = mainPackages.filter(
    (each) => each.module === module?.folder && isInside(each.path.slice("./".length), folder),
  )
  if (own.length > 0) return chooseOwn(own, inFolder(folder))
  const [only, another] = mainPackages
  if (only && !another) return { packages: [only], from: "the only program of all modules" }
  if (another) throw severalModules(mainPackages)
  throw new UserError(`no main package in ${module ? `module ${module.path}` : "any module"}`, {
    hint: "An image needs a program: a folder whose Go files start with `package main` and that linux can build.",
  })
}

/** `.`, or `./services/api` */
function inFolder(folder: string): string {
  return folder === "" ? "." : `./${folder}`
}

function chooseOwn(own: MainPackage[], start: string): PackageChoice {
  const root = own.filter(({ path }) => path === start)
  const cmd = start === "." ? "./cmd/" : `${start}/cmd/`
  const underCmd = own.filter(({ path }) => `${path}/`.startsWith(cmd))
  if (root.length > 0) return { packages: root, from: "the main package at the root" }
  if (underCmd.length > 0) return { packages: underCmd, from: "the main packages under cmd/" }
  return { packages: own, from: "the only main packages" }
}

const mostListed = 10

function severalModules(mainPackages: readonly MainPackage[]): UserError {
  const listed = mainPackages.slice(0, mostListed).map(({ path }) => `  --packages ${path}`)
  const more = mainPackages.length - listed.length
  return new UserError(
    `${mainPackages.length} programs in several modules, and nothing says which to build`,
    {
      hint: [
        "Choose one, or several:",
        ...listed,
        ...(more > 0 ? [`  and ${more} more`] : []),
      ].join("\n"),
    },
  )
}

function matchAll(
  patterns: readonly string[],
  { mainPackages }: Programs,
  folder: string,
  from: string,
): MainPackage[] {
  const chosen = new Set<MainPackage>()
  for (const pattern of patterns) {
    const matches = toMatcher(pattern, folder, from)
    const matching = mainPackages.filter(matches)
    if (matching.length === 0) {
      throw new UserError(`no main package matches ${JSON.stringify(pattern)} (${from})`, {
        hint:
          mainPackages.length > 0
            ? `Main packages here: ${listPaths(mainPackages)}`
            : "There is no main package in this module at all.",
      })
    }
    for (const each of matching) chosen.add(each)
  }
  return [...chosen]
}

function listPaths(packages: readonly MainPackage[]): string {
  const listed = packages.slice(0, mostListed).map(({ path }) => path)
  const more = packages.length - listed.length
  return listed.join(", ") + (more > 0 ? `, and ${more} more` : "")
}

/** `./cmd/api`, `cmd/api`, `./cmd/...`, `example.com/module/cmd/api`. https://pkg.go.dev/cmd/go#hdr-Package_lists_and_patterns */
function toMatcher(pattern: string, folder: string, from: string): (each: MainPackage) => boolean {
  if (pattern.startsWith("/")) {
    throw new UserError(`an absolute path as a package: ${JSON.stringify(pattern)} (${from})`, {
      hint: "Give it relative to the source folder, e.g. ./cmd/api.",
    })
  }
  const local = normalize(folder === "" ? pattern : `${folder}/${pattern}`)
  if (local.startsWith("..") && !local.startsWith("...")) {
    throw new UserError(`a package outside of the source: ${JSON.stringify(pattern)} (${from})`, {
      hint: "Give the folder that holds both as the source.",
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
