import { groupBy } from "../../src/group-by.js"
import type { SlowPackage } from "../../src/plan/go/slow-packages.js"
import { standardLibrary } from "../image/contents/module-of.js"
import type { DoneStep } from "../engine/engine.js"
import { formatSeconds } from "../terminal/progress/lines.js"

/** As many as are named. */
const most = 10

/** Of all steps, the longest first. */
export function slowPackages(steps: readonly Pick<DoneStep, "slow">[]): SlowPackage[] {
  return steps
    .flatMap(({ slow = [] }) => slow)
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, most)
}

export const slowTitle = "Packages that took the longest to compile (several at a time)"

/**
 * `  12.3 s  modernc.org/sqlite/lib (module modernc.org/sqlite), imported by modernc.org/sqlite`, and what those of one module
 * took together.
 */
export function slowLines(slow: readonly SlowPackage[]): string[] {
  const lines = slow.map((each) => {
    const of = moduleText(each)
    const by = importersText(each)
    return `${formatSeconds(each.seconds).padStart(12)}  ${nameOf(each)}${of && ` (${of})`}${by && `, imported by ${by}`}`
  })
  return [...lines, ...moduleLines(slow)]
}

/** Seconds of the compiler from which somebody may want to know what they were for. */
const worthKnowing = 3
/** So many are named in a line. */
const named = 3

/**
 * The slowest ones in a line; undefined where all were quick.
 *
 * @param withModules Where nothing more is told of them.
 */
export function slowestText(
  slow: readonly SlowPackage[],
  { withModules = false } = {},
): string | undefined {
  if (slow.reduce((sum, { seconds }) => sum + seconds, 0) < worthKnowing) return undefined
  const texts = slow.slice(0, named).map((each) => {
    const of = withModules ? moduleText(each) : ""
    return `${nameOf(each)}${of && ` (${of})`} ${formatSeconds(each.seconds)}`
  })
  return texts.join("; ")
}

/** `  12.3 s  module k8s.io/api, 3 of these together`, of each that has several of them. */
function moduleLines(slow: readonly SlowPackage[]): string[] {
  const own = slow.filter(({ isLink, module }) => !isLink && module !== undefined)
  return [...groupBy(own, ({ module = "" }) => module)]
    .filter(([, packages]) => packages.length > 1)
    .map(([module, packages]) => ({
      text: `${module === standardLibrary ? module : `module ${module}`}, ${packages.length} of these together`,
      seconds: packages.reduce((sum, each) => sum + each.seconds, 0),
    }))
    .sort((a, b) => b.seconds - a.seconds)
    .map(({ text, seconds }) => `${formatSeconds(seconds).padStart(12)}  ${text}`)
}

/** `./cmd/api` is linked, all others are compiled. */
export function nameOf({ package: name, isLink }: SlowPackage): string {
  return isLink ? `linking ${name}` : name
}

/** Empty where the package is all of it, or its module is not known. */
function moduleText({ package: name, module, isLink }: SlowPackage): string {
  if (isLink || module === undefined || module === name) return ""
  return module === standardLibrary ? module : `module ${module}`
}

export function importersText({ importedBy, more }: SlowPackage): string {
  return `${importedBy.join(", ")}${more === undefined ? "" : ` and ${more} more`}`
}
