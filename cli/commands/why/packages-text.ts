import { folderOfPackage } from "../../../src/detect/packages/main-package.js"
import { UserError } from "../../../src/errors.js"
import { formatSeconds } from "../../terminal/progress/lines.js"
import { similarNames } from "./names/similar-names.js"
import { isInside } from "../../../src/detect/modules/modules.js"
import type { WhyAccount } from "./account.js"
import { causeText, listed } from "./causes/cause-text.js"
import { chainText, groupsOf, type PackageGroup } from "./groups.js"
import { madeText } from "./frontend-output.js"
import { naturally } from "./names/natural-order.js"
import type { CompiledPackage, Packages } from "./packages.js"

/** All packages that were compiled, by why they were. */
export function packagesText(packages: Packages): string[] {
  const { own, compiled, all } = packages
  if (all?.kind === "first") {
    return [`All ${own} own packages were compiled, but for what Go's cache had of other builds.`]
  }
  if (all)
    return [
      `All ${own} own packages were compiled again, but for what Go's cache had of earlier builds: ${causeText(all)}.`,
    ]
  if (compiled.length === 0) {
    return [`No own package changed (${own} in all).${perhaps(packages)}`]
  }
  const { sure, more } = counted(compiled)
  return [
    `By files and imports, ${sure} of ${own} own packages were compiled again${more}, but for what Go's cache had of earlier builds:`,
    ...groupsOf(compiled).flatMap(groupLines),
    ...(packages.perhapsAll ? [perhaps(packages).trim()] : []),
  ]
}

function counted(compiled: readonly CompiledPackage[]): { sure: number; more: string } {
  const sure = compiled.filter(({ maybe }) => !maybe).length
  const others = compiled.length - sure
  return { sure, more: others > 0 ? `, and perhaps ${others} more` : "" }
}

function groupLines({ kind, packages, because, chain }: PackageGroup): string[] {
  const [only = ""] = packages
  const cause = listed(because)
  if (kind === "changed") return [`  ${packages.join(", ")}: ${cause} changed`]
  const isOne = packages.length === 1
  const reason = becauseOf(kind, cause, isOne)
  const way = chain.length > 2 ? ` (${chainText(chain)})` : ""
  if (isOne) return [`  ${only}: ${reason}${way}`]
  return [`  ${packages.length} packages: ${reason}${way}`, ...wrapped(packages)]
}

function becauseOf(kind: PackageGroup["kind"], cause: string, isOne: boolean): string {
  const imports = isOne ? "it imports" : "they import"
  switch (kind) {
    case "changed":
      return `${cause} changed`
    case "modules":
      return `${imports} the module ${cause}, which changed`
    case "imports":
      return `${imports} ${cause}`
    case "perhaps modules":
      return `perhaps, as ${imports} modules that may use ${cause}, which changed`
    case "perhaps":
      return `only if what ${imports} came out different`
  }
}

/** As many names of a group as are named, and as wide as a line of them is. */
const mostNames = 40
const width = 96

function wrapped(names: readonly string[]): string[] {
  const more = names.length - mostNames
  const words = names
    .slice(0, mostNames)
    .map((name, i, all) =>
      i < all.length - 1 ? `${name},` : more > 0 ? `${name} and ${more} more` : name,
    )
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < width)
      lines.push(`${lines.pop()} ${word}`)
    else lines.push(`    ${word}`)
  }
  return lines
}

/**
 * Of one package alone, or of those in a folder that is none itself.
 *
 * @param others Packages and modules that are not the project's own.
 */
export function packageText(
  name: string,
  { packages, before, slow }: WhyAccount,
  all: readonly string[],
  others: readonly string[] = [],
): string {
  if (!all.includes(name)) {
    const below = packagesBelow(name, all)
    if (below.length > 0) return folderText(name, below, packages)
    const similar = similarNames(name, [...all, ...others])
    if (similar.length > 0) {
      throw new UserError(`the programs need no package ${name}`, {
        hint: `Did you mean ${similar.join(" or ")}?`,
      })
    }
    const shown = [...all].sort(naturally).slice(0, 8)
    throw new UserError(`the programs need no package ${name}`, {
      hint: `They need ${shown.join(", ")}${all.length > shown.length ? ` and ${all.length - shown.length} more` : ""}.`,
    })
  }
  const found = packages?.compiled.find((each) => each.package === name)
  if (!found) return `${name} was not compiled again: ${whyNot(packages)}.${perhaps(packages)}\n`
  const again = before === undefined ? "compiled" : "compiled again"
  const took = slow.find((each) => !each.isLink && each.package.endsWith(name.slice(1)))
  const reason = reasonOf(found, packages)
  if (took && name !== ".")
    return `${name} was ${again}, in ${formatSeconds(took.seconds)}: ${reason}.\n`
  const was = found.maybe ? "may have been" : "was"
  // As after `git checkout` of what it was before.
  const unless = found.maybe ? "" : ", unless Go's cache had it of an earlier build"
  return `${name} ${was} ${again}${unless}: ${reason}.${perhaps(packages)}\n`
}

function whyNot(packages: Packages | undefined): string {
  return packages
    ? "nothing that it is compiled from changed"
    : "nothing was compiled: the step was in the cache"
}

/** Names of all that is in a folder, the folder's own package included. */
export function packagesBelow(name: string, all: readonly string[]): string[] {
  return all.filter((each) => isInside(folderOfPackage(each), folderOfPackage(name)))
}

function folderText(
  name: string,
  below: readonly string[],
  packages: Packages | undefined,
): string {
  const compiled = packages?.compiled.filter((each) => below.includes(each.package)) ?? []
  const what = `${below.length} ${below.length === 1 ? "package" : "packages"} in ${name}`
  if (!packages || compiled.length === 0) {
    return `${what}, none compiled again: ${packages ? "nothing that they are compiled from changed" : whyNot(packages)}.\n`
  }
  if (packages.all) {
    const reason = packages.all.kind === "first" ? "" : `: ${causeText(packages.all)}`
    return `${what}, all compiled${packages.all.kind === "first" ? "" : " again"}${reason}.\n`
  }
  const { sure, more } = counted(compiled)
  return `${what}, ${sure} compiled again${more}:\n${groupsOf(compiled).flatMap(groupLines).join("\n")}\n`
}

/** What is not known without the compiler. */
function perhaps(packages: Packages | undefined): string {
  const cause = packages?.perhapsAll
  return cause ? ` Others may have been compiled again as well: ${causeText(cause)}.` : ""
}

function reasonOf(
  { files, made = [], through, modules, maybe }: CompiledPackage,
  packages: Packages | undefined,
): string {
  const { all } = packages ?? {}
  if (all) return all.kind === "first" ? "nothing is known of a build before" : causeText(all)
  if (files.length + made.length > 0) return `${listed([...files, ...made.map(madeText)])} changed`
  if (maybe && modules.length > 0) {
    return `perhaps: it imports modules that may use ${listed(modules)}, which changed`
  }
  if (modules.length > 0) return `it imports ${listed(modules)}, which changed`
  const [next = ""] = through
  const changed = changeBehind(through, packages)
  if (!maybe) return `it imports ${next}${changed}`
  const way = through.length > 1 ? `, by way of ${chainText(through)}` : ""
  return `only if ${next} came out different${way}${changed}`
}

/** `, where internal/store/store.go changed`: of what is at the end of the way. */
function changeBehind(through: readonly string[], packages: Packages | undefined): string {
  const origin = packages?.compiled.find((each) => each.package === through.at(-1))
  const { files = [], made = [], modules = [] } = origin ?? {}
  const what = [...files, ...made.map(madeText), ...modules]
  return what.length === 0 ? "" : `, where ${listed(what)} changed`
}
