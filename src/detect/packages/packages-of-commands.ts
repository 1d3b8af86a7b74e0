import { parseCommandLine } from "../project/command-line.js"
import type { Settings } from "../../settings/resolve.js"
import { isHelper } from "./helper-packages.js"
import { defaultName } from "./program-name.js"
import type { PackageChoice } from "./package-choice.js"
import type { Programs } from "./package-choice.js"
import type { MainPackage } from "./main-package.js"

/**
 * Adds the main packages that the Procfile or the command names and that are not chosen yet. Where it names none of those
 * that are, they are not what is meant, and are left out.
 */
export function addNamedPrograms(
  choice: PackageChoice,
  { mainPackages, commands = [] }: Programs,
  { command, binaryName }: Pick<Settings, "command" | "binaryName">,
): PackageChoice {
  const asked = command ? [{ text: command.value, from: command.from }] : []
  const chosen = new Set(choice.packages)
  const named = new Map<MainPackage, string>()
  for (const { text, from } of [...asked, ...commands]) {
    for (const name of programNames(text)) {
      if (name === binaryName?.value) return choice
      const found = bestOf(
        mainPackages.filter(({ importPath }) => defaultName(importPath) === name),
        chosen,
      )
      if (found && !named.has(found)) named.set(found, from)
    }
  }
  const added = [...named].filter(([each]) => !chosen.has(each))
  if (added.length === 0) return choice
  const kept = choice.packages.some((each) => named.has(each)) ? choice.packages : []
  const packages = [...kept, ...added.map(([each]) => each)]
  const from = [
    ...(kept.length > 0 ? [choice.from] : []),
    ...new Set(added.map(([, from]) => from)),
  ]
  return {
    packages,
    from: from.join(", "),
    left: [
      ...choice.left.filter((each) => !packages.includes(each.package)),
      ...choice.packages
        .filter((each) => !packages.includes(each))
        .map((each) => ({
          package: each,
          reason: "the Procfile or command names another program",
        })),
    ],
    notices: kept.length > 0 ? choice.notices : [],
  }
}

/** `api`, `./api`, `bin/api`, as in command.ts. */
function programNames(text: string): string[] {
  return parseCommandLine(text).programs.flatMap(({ word }) => {
    const name = /^(?:\.\/)?(?:bin\/)?([^/]+)$/.exec(word)?.[1]
    return name === undefined ? [] : [name]
  })
}

/** One that is chosen already, else under cmd/, else no helper; none where that leaves several. */
function bestOf(found: MainPackage[], chosen: ReadonlySet<MainPackage>): MainPackage | undefined {
  const fit = found.filter(({ unfit }) => !unfit)
  const ranks = [
    fit.filter((each) => chosen.has(each)),
    fit.filter(({ path }) => path.startsWith("./cmd/")),
    fit.filter(({ path }) => !isHelper(path)),
    fit,
  ]
  const best = ranks.find((each) => each.length > 0)
  return best?.length === 1 ? best[0] : undefined
}
