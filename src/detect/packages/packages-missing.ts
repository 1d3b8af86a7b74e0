import { SeveralPrograms, UserError } from "../../errors.js"
import { listSome } from "../../list.js"
import { targetChoices } from "../../settings/targets.js"
import { isTagOfPlatform, namedTags } from "../code/build-constraint.js"
import { isGenerator } from "./main-packages.js"
import type { Programs } from "./package-choice.js"
import type { ExcludedPackage, MainPackage } from "./main-package.js"

export function noMainPackage({
  module,
  hiddenPackages = [],
  excludedPackages = [],
}: Programs): UserError {
  const excluded = excludedPackages.find((each) => !isGenerator(each))
  if (excluded) return isExcluded(excluded)
  const [hidden] = hiddenPackages
  return new UserError(`no main package in ${module ? `module ${module.path}` : "any module"}`, {
    hint: hidden
      ? `There is one in a folder that Go ignores. --packages ${hidden.path} builds it.`
      : "An image needs a program: a folder whose Go files start with `package main` and can be built for linux.",
  })
}

const mostListed = 10

export function severalModules(
  mainPackages: readonly MainPackage[],
  targets: readonly string[] = [],
): UserError {
  const listed = mainPackages.slice(0, mostListed).map(({ path }) => `  --packages ${path}`)
  const more = mainPackages.length - listed.length
  return new SeveralPrograms(
    `${mainPackages.length} programs in several modules, and it is not clear which to build`,
    {
      hint: [
        ...targetChoices(targets),
        targets.length > 0 ? "Or a program:" : "Choose one, or several:",
        ...listed,
        ...(more > 0 ? [`  and ${more} more`] : []),
      ].join("\n"),
    },
  )
}

export function noSuchPackage(
  { mainPackages, excludedPackages }: Programs,
  asked: { pattern: string; from: string; matches: (each: MainPackage) => boolean },
): UserError {
  const { pattern, from, matches } = asked
  const excluded = excludedPackages?.find(matches)
  if (excluded && !pattern.includes("...")) return isExcluded(excluded)
  return new UserError(`no main package matches ${JSON.stringify(pattern)} (${from})`, {
    hint:
      mainPackages.length > 0
        ? `Main packages here: ${listSome(mainPackages.map(({ path }) => path))}`
        : "This module has no main package.",
  })
}

/** Names the file, and what would bring it in. */
function isExcluded({ path, file, line, constraint }: ExcludedPackage): UserError {
  const folder = path === "." ? "the root" : path
  const found = `no main package in ${folder} for linux`
  if (constraint === undefined) {
    return new UserError(`${found}: ${file} is for another system, by its name`, {
      hint: "An image needs a program that can be built for linux.",
    })
  }
  const tags = isGenerator({ constraint })
    ? []
    : namedTags(constraint).filter((tag) => !isTagOfPlatform(tag))
  return new UserError(`${found}: ${file} is left out by its build constraint, ${constraint}`, {
    place: { file, line },
    hint:
      tags.length > 0
        ? `\`--build-tags ${tags.join(",")}\` sets them.`
        : "An image needs a program that can be built for linux.",
  })
}
