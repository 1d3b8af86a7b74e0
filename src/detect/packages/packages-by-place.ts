import { listSome } from "../../list.js"
import { isHelper } from "./helper-packages.js"
import type { PackageChoice } from "./package-choice.js"
import type { MainPackage } from "./main-package.js"

const fromRoot = "the main package at the root"
const fromCmd = "the main packages under cmd/"
const fromAll = "the only main packages"

/**
 * The root's main package alone, else every one under cmd/, else every one; helpers only where there is nothing else.
 *
 * @param own Those of one module.
 * @param folder Where the root is.
 */
export function chooseByPlace(own: readonly MainPackage[], folder: string): PackageChoice {
  const fit = own.filter(({ unfit }) => !unfit)
  const places = toPlaces(fit.length > 0 ? fit : own, folder)
  const { packages, from } = places.find((place) => place.packages.length > 0) ?? {
    packages: [...own],
    from: fromAll,
  }
  const left = own
    .filter((each) => !packages.includes(each))
    .map((each) => ({ package: each, reason: whyLeft(each, from) }))
  return { packages, from, left, notices: placeNotices(packages, own, folder) }
}

/** Those that the Dockerfile builds, which says more than a place does. */
export function chooseBuilt(
  packages: MainPackage[],
  from: string,
  own: readonly MainPackage[],
): PackageChoice {
  const left = own
    .filter((each) => !packages.includes(each))
    .map((each) => ({ package: each, reason: whyLeft(each, `what ${from} builds`) }))
  return { packages, from, left, notices: [] }
}

function toPlaces(candidates: readonly MainPackage[], folder: string) {
  const underCmd = candidates.filter((each) => isUnderCmd(each, folder))
  const isNoHelper = ({ path }: MainPackage) => !isHelper(path)
  return [
    { packages: candidates.filter((each) => isRoot(each, folder)), from: fromRoot },
    { packages: underCmd.filter(isNoHelper), from: fromCmd },
    { packages: candidates.filter(isNoHelper), from: fromAll },
    { packages: underCmd, from: fromCmd },
  ]
}

function isRoot({ path }: MainPackage, folder: string): boolean {
  return path === (folder === "" ? "." : `./${folder}`)
}

function isUnderCmd({ path }: MainPackage, folder: string): boolean {
  return `${path}/`.startsWith(folder === "" ? "./cmd/" : `./${folder}/cmd/`)
}

export function whyLeft({ path, unfit }: MainPackage, chosen: string): string {
  if (unfit) return unfit.reason
  if (isHelper(path)) return "a helper, by its folder"
  return `${chosen} ${chosen === fromCmd || chosen === fromAll ? "come" : "comes"} first`
}

/** What many would not expect: the program that they meant may be among those that are not built. */
function placeNotices(
  packages: readonly MainPackage[],
  own: readonly MainPackage[],
  folder: string,
): string[] {
  const root = own.find((each) => isRoot(each, folder))
  const underCmd = own.filter(
    (each) => isUnderCmd(each, folder) && !isHelper(each.path) && !each.unfit,
  )
  const [first] = underCmd
  if (root && first && packages.includes(root)) {
    const others = listSome(underCmd.map(({ path }) => path))
    return [
      `${root.file}:${root.line}: the program at the root is built, not ${others} (--packages ${first.path} builds that one)`,
    ]
  }
  if (root?.unfit?.kind === "empty" && !packages.includes(root)) {
    const others = listSome(packages.map(({ path }) => path))
    return [
      `${placeOf(root)}: ${root.unfit.reason}: the root has no program, so ${others} is built`,
    ]
  }
  return packages.flatMap((each) =>
    each.unfit?.kind === "empty"
      ? [`${placeOf(each)}: ${each.unfit.reason}: this program does nothing`]
      : [],
  )
}

function placeOf({ unfit, file, line }: MainPackage): string {
  const place = unfit ?? { file, line }
  return place.line === undefined ? place.file : `${place.file}:${place.line}`
}
