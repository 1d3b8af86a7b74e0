import { folderOfPackage } from "../../../src/detect/packages/main-package.js"
import { statSync } from "node:fs"
import { isAbsolute, relative, resolve, sep } from "node:path"
import { isInside } from "../../../src/detect/modules/modules.js"
import { UserError } from "../../../src/errors.js"
import { programName } from "../../program-name.js"
import { allRecords, failedBuilds, type FailedBuild, type Records } from "../../record/store.js"
import { findRoot } from "../../source/find-root.js"
import { nameOf } from "./packages.js"
import { packagesBelow } from "./packages-text.js"

export interface Asked {
  records: Records
  /** A build of the same that came later, and failed. */
  failed?: FailedBuild
  /** As the go command writes it; undefined for the whole build. */
  name?: string
}

interface Given {
  source: string
  target?: string
  /** A package, or a folder. */
  package?: string
}

/** What is asked about: a build, or a package of it. A folder that is a project of its own is one's build, too. */
export function findAsked({ source, target, package: asked }: Given): Asked {
  const folder = asked === undefined ? undefined : folderAt(resolve(source, asked))
  const known = knownBuilds(source, target)
  const isOther =
    folder !== undefined && !isInside(folder, resolve(findRoot(source, environment()).root))
  if (folder !== undefined && (isOther || known.length === 0)) {
    return lastOf(folder, target)
  }
  const last = lastOf(source, target)
  const { records } = last
  const { root } = findRoot(source, environment())
  // The folder of the project is the build, as for all commands.
  if (asked === undefined || folder === resolve(root, records.last.folder)) return last
  const name = packageName(asked, source, records)
  const all = Object.keys(records.last.packages).map(nameOf)
  // The folder of the project, which has packages and is none: that is the build.
  const isAll =
    (!all.includes(name) || asked.endsWith("...")) && packagesBelow(name, all).length === all.length
  return { ...last, ...(!isAll && { name }) }
}

function folderAt(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : undefined
}

function environment() {
  return { goWork: process.env["GOWORK"] }
}

function knownBuilds(source: string, target: string | undefined): Records[] {
  return allRecords(findRoot(source, environment()).root).filter(
    ({ last }) => target === undefined || last.target === target,
  )
}

/** Of what was built last of the project that this folder is in. */
function lastOf(source: string, target: string | undefined): Asked {
  const { root, folder } = findRoot(source, environment())
  const records = nearestTo(folder?.value, knownBuilds(source, target))
  const [failed] = failedBuilds(root).filter(
    (each) =>
      (target === undefined || each.target === target) &&
      (!records || (each.folder === records.last.folder && each.time > records.last.time)),
  )
  if (records) return { records, ...(failed && { failed }) }
  const of = target === undefined ? "" : `the target ${target} of `
  if (failed) {
    throw new UserError(`no build of ${of}${root} has worked yet: ${failed.reason} failed`, {
      hint: "Build it again to see why that failed. `why` compares builds that worked.",
    })
  }
  throw new UserError(`no build of ${of}${root} is known here`, {
    hint: `Build it first:\n  ${programName} ${source}\nBuilds that worked are remembered for each user, in the cache folder.`,
  })
}

/** A build of this folder, else one that compiled something in it, else one of a folder that has it. */
function nearestTo(folder: string | undefined, known: readonly Records[]): Records | undefined {
  if (folder === undefined) return known[0]
  const compiles = ({ last }: Records) =>
    Object.keys(last.packages).some((each) => isInside(each, folder))
  return (
    known.find(({ last }) => last.folder === folder) ??
    known.find(compiles) ??
    known.find(({ last }) => isInside(folder, last.folder))
  )
}

/** `internal/store`, `./internal/store/...` or `example.com/shop/internal/store`, as the source has it. */
function packageName(asked: string, source: string, { last }: Records): string {
  const { root, folder } = findRoot(source, environment())
  const here = folder?.value ?? ""
  const typed = isAbsolute(asked) ? relative(root, asked).split(sep).join("/") : asked
  const plain = typed
    .replace(/(?:^|\/)\.\.\.$/, "")
    .replace(/^\.(?:\/|$)/, "")
    .replace(/\/+$/, "")
  const places = [here, last.folder, ""].map((each) => [each, plain].filter(Boolean).join("/"))
  const has = (test: (place: string) => (path: string) => boolean) =>
    places.find((place) => Object.keys(last.packages).some(test(place)))
  const found =
    has((place) => (path) => path === place) ?? has((place) => (path) => isInside(path, place))
  if (found !== undefined && (plain !== "" || found === places[0])) return nameOf(found)
  // Programs say what the folders of their module are imported as.
  for (const { package: place, importPath } of last.binaries) {
    const path = folderOfPackage(place)
    const module = importPath.endsWith(`/${path}`)
      ? importPath.slice(0, -path.length - 1)
      : importPath
    if (plain === module) return nameOf("")
    if (plain.startsWith(`${module}/`)) return nameOf(plain.slice(module.length + 1))
  }
  return nameOf(places[0] ?? plain)
}
