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
  const underCmd = all.filter(({ path }) => path.startsWith("./cmd/"))
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
  let local = pattern
  if (local === module || local.startsWith(`${module}/`)) local = `.${local.slice(module.length)}`
  local = local.replace(/\/+$/, "").replace(/^(?:\.\/)+/, "")
  const parts = local.split("/")
  if (parts.includes("..")) {
    throw new UserError(`a package outside of the module: ${JSON.stringify(pattern)} (${from})`, {
      hint: "Give the folder that holds both as the source, or the package's own module.",
    })
  }
  if (local === "" || local === ".") return (path) => path === "."
  if (local === "...") return () => true
  const expression = local
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    // A final /... matches the folder itself, too.
    .replace(/\/\\\.\\\.\\\.$/, "(/.*)?")
    .replaceAll("\\.\\.\\.", ".*")
  const regexp = new RegExp(`^\\./${expression}$`)
  return (path) => regexp.test(path)
}
