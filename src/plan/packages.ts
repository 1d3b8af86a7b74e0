import type { Facts } from "../detect/facts.js"
import type { MainPackage } from "../detect/main-packages.js"
import { UserError } from "../errors.js"
import type { Setting } from "../settings/resolve.js"

/** Which programs are built, and what said so. */
export interface PackageChoice {
  packages: MainPackage[]
  from: string
}

/** As asked; else the root's main package alone, else every one under cmd/, else every one. */
export function choosePackages(
  facts: Facts,
  setting: Setting<string[]> | undefined,
): PackageChoice {
  const { herokuInstall, module } = facts.goMod
  if (setting) {
    return { packages: matchAll(setting.value, facts, setting.from), from: setting.from }
  }
  if (herokuInstall) {
    const from = `${herokuInstall.file}:${herokuInstall.line}`
    return { packages: matchAll(herokuInstall.value, facts, from), from }
  }
  const all = facts.mainPackages
  if (all.length === 0) {
    throw new UserError(`no main package in module ${module.value}`, {
      hint: "An image needs a program: a folder whose Go files start with `package main` and that linux can build.",
    })
  }
  const root = all.filter(({ path }) => path === ".")
  const underCmd = all.filter(({ path }) => `${path}/`.startsWith("./cmd/"))
  if (root.length > 0) return { packages: root, from: "the main package at the root" }
  if (underCmd.length > 0) return { packages: underCmd, from: "the main packages under cmd/" }
  return { packages: all, from: "the only main packages" }
}

function matchAll(patterns: readonly string[], facts: Facts, from: string): MainPackage[] {
  const chosen = new Set<MainPackage>()
  for (const pattern of patterns) {
    const matches = toMatcher(pattern, facts.goMod.module.value, from)
    const matching = facts.mainPackages.filter(({ path }) => matches(path))
    if (matching.length === 0) {
      throw new UserError(`no main package matches ${JSON.stringify(pattern)} (${from})`, {
        hint:
          facts.mainPackages.length > 0
            ? `Main packages here: ${facts.mainPackages.map(({ path }) => path).join(", ")}`
            : "There is no main package in this module at all.",
      })
    }
    for (const each of matching) chosen.add(each)
  }
  return [...chosen]
}

/** `./cmd/api`, `cmd/api`, `./cmd/...`, `example.com/module/cmd/api`. https://pkg.go.dev/cmd/go#hdr-Package_lists_and_patterns */
function toMatcher(pattern: string, module: string, from: string): (path: string) => boolean {
  if (pattern.startsWith("/")) {
    throw new UserError(`an absolute path as a package: ${JSON.stringify(pattern)} (${from})`, {
      hint: "Give it relative to the go.mod, e.g. ./cmd/api.",
    })
  }
  const local = normalize(pattern)
  if (local.startsWith("..") && !local.startsWith("...")) {
    throw new UserError(`a package outside of the module: ${JSON.stringify(pattern)} (${from})`, {
      hint: "Give the folder that holds both as the source, or the package's own module.",
    })
  }
  const matchesLocal = toWildcardMatcher(local)
  const matchesImport = toWildcardMatcher(pattern.replace(/\/$/, ""))
  return (path) => {
    const folder = path === "." ? "" : path.slice("./".length)
    return matchesLocal(folder) || matchesImport(folder ? `${module}/${folder}` : module)
  }
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
