import type { Records } from "../../record/store.js"
import { formatSeconds } from "../../terminal/progress/lines.js"
import { ownerOf } from "../../image/contents/module-of.js"
import type { WhyAccount } from "./account.js"
import { causeText, listed } from "./causes/cause-text.js"
import { naturally } from "./names/natural-order.js"
import { nameOf } from "./packages.js"

/** Of a package, or all of a module, that is not the project's own; undefined where the programs need none of that name. */
export function foreignText(
  asked: string,
  { last, before }: Records,
  { packages, slow }: WhyAccount,
): string | undefined {
  const isAsked = (path: string) => path === asked || path.startsWith(`${asked}/`)
  const importers = Object.entries(last.packages)
    .filter(([, { foreign }]) => foreign.some(isAsked))
    .map(([folder]) => nameOf(folder))
    .sort(naturally)
  const took = slow.filter((each) => isAsked(each.package) && !each.isLink)
  const module = ownerOf(asked, Object.keys(last.modules))
  if (importers.length + took.length === 0 && !Object.hasOwn(last.modules, asked)) return undefined
  const version = module === undefined ? undefined : last.modules[module]
  const of = module === undefined ? "" : ` (${[module, shown(version)].filter(Boolean).join(" ")})`
  const isFirst = before === undefined || packages?.all?.kind === "first"
  const lines = [
    `${asked}${of} ${isFirst && packages ? "was compiled, but for what Go's cache had of other builds" : reason()}.`,
    ...(importers.length > 0 ? [`It is imported by ${listed(importers)}.`] : []),
    ...took.map((each) => `${each.package} took ${formatSeconds(each.seconds)} to compile.`),
  ]
  return `${lines.join("\n")}\n`

  function reason(): string {
    if (!packages) return "was not compiled again: the step was in the cache"
    if (packages.all) return `was compiled again: ${causeText(packages.all)}`
    const old = module === undefined ? undefined : before?.modules[module]
    if (old !== version)
      return `was compiled again: its version changed: ${shown(old) || "none"} -> ${shown(version) || "none"}`
    const more = packages.perhapsAll ? `, except for this: ${causeText(packages.perhapsAll)}` : ""
    return `needed no compiling: its version is the same as before${more}`
  }
}

/** Without what stands for it by a `replace` directive. */
function shown(version = ""): string {
  return version.replace(/ \{.*$/, " (replaced)")
}
