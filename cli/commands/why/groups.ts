import { groupBy } from "../../../src/group-by.js"
import { madeText } from "./frontend-output.js"
import { naturally } from "./names/natural-order.js"
import type { CompiledPackage } from "./packages.js"

/** Packages that were compiled again for one reason. */
export interface PackageGroup {
  kind: "changed" | "imports" | "modules" | "perhaps" | "perhaps modules"
  /** Names, in the order of people: p2 before p10. */
  packages: string[]
  /** Files or modules that changed, or the package that all of these import. */
  because: string[]
  /** Of those that are not sure, the longest way from one of them to what changed. */
  chain: string[]
}

const kinds = ["changed", "modules", "imports", "perhaps modules", "perhaps"] as const

/** Those with the same reason together; sure ones first. */
export function groupsOf(compiled: readonly CompiledPackage[]): PackageGroup[] {
  const groups = groupBy(compiled, (each) => JSON.stringify([kindOf(each), becauseOf(each)]))
  return [...groups.values()]
    .flatMap((members): PackageGroup[] => {
      const [first] = members
      if (!first) return []
      const longest = members.reduce((a, b) => (b.through.length > a.through.length ? b : a))
      const kind = kindOf(first)
      return [
        {
          kind,
          packages: members.map((each) => each.package).sort(naturally),
          because: becauseOf(first),
          chain: kind === "perhaps" ? [longest.package, ...longest.through] : [],
        },
      ]
    })
    .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
}

function kindOf({ files, made = [], modules, maybe }: CompiledPackage): PackageGroup["kind"] {
  if (files.length + made.length > 0) return "changed"
  if (modules.length > 0) return maybe ? "perhaps modules" : "modules"
  return maybe ? "perhaps" : "imports"
}

function becauseOf(each: CompiledPackage): string[] {
  const own = [...each.files, ...(each.made ?? []).map(madeText)]
  if (own.length > 0) return own
  return each.modules.length > 0 ? each.modules : each.through.slice(-1)
}

/** As many names of a way as are named. */
const mostOfChain = 7

/** `a -> b -> c`; of a long one both ends. */
export function chainText(names: readonly string[]): string {
  const left = names.length - (mostOfChain - 1)
  const shown =
    names.length <= mostOfChain
      ? names
      : [...names.slice(0, 3), `(${left} more)`, ...names.slice(-3)]
  return shown.join(" -> ")
}
