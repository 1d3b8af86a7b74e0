import { assetPatterns } from "../../detect/assets/assets.js"
import { assetExclusions } from "../../detect/assets/asset-rules.js"
import type { Facts } from "../../detect/facts.js"
import { startOf } from "../../detect/modules/modules.js"
import { literalPattern, matchPatterns } from "../../patterns/patterns.js"
import type { Settings } from "../../settings/resolve.js"
import { builtSource } from "./builder-stage.js"
import { copyOutputs, pathOfOutput, replacedOutputs } from "./frontend-stage.js"
import { workingDirectory } from "../../settings/image-paths.js"
import type { Base, Binary, RunStep, Stage, Step } from "../types.js"
import type { FrontendOutput } from "../../detect/frontend/output.js"

const stageName = "assets"

/** Where the image's tree with them is made. */
export const assetsPath = "/assets/image"

const imageFolder = `${assetsPath}${workingDirectory}`
const listPath = "/empty-folders.txt"

export interface AssetOwners {
  /** Can write to them; so can group 0, which is the group of users that only the platform knows. */
  uid: number
  /** Of the working directory, `uid:gid`. */
  directory: string
}

/** The project's files that the program reads, laid out as in the image. No stage where there are none. */
export function assetStages(
  facts: Facts,
  settings: Settings,
  binaries: readonly Binary[],
  from: Base,
  { uid, directory }: AssetOwners,
): Stage[] {
  if (!hasAssets(facts, binaries)) return []
  const emptyFolders = listEmptyFolders(facts)
  const steps: Step[] = [
    { type: "working-directory", path: imageFolder },
    ...copyFiles(facts, settings, binaries),
    ...copyFrontends(facts),
    ...emptyFolders,
    layOut(facts, binaries, { uid, directory }, emptyFolders.length > 0),
  ]
  const about = "has the files that the program may read, laid out as in the image"
  return [{ name: stageName, about, from, steps }]
}

/** They are what no copy makes. A name of several lines would be several names. */
function listEmptyFolders({ emptyAssetFolders = [] }: Facts): Step[] {
  const folders = emptyAssetFolders.filter((each) => !/[\n\0]/.test(each))
  if (folders.length === 0) return []
  const content = folders.map((each) => `${each}\n`).join("")
  return [{ type: "file", path: listPath, content, mode: 0o644 }]
}

/*
 * Modes of a clone depend on who cloned it: in the image they are as Git has modes; hooks may mean what they set. And no
 * engine's copy gives folders a mode of their own, apart from that of the files in them, or leaves out those of which it copies
 * no file.
 */
function layOut(
  facts: Facts,
  binaries: readonly Binary[],
  owners: AssetOwners,
  isAnyEmpty: boolean,
): RunStep {
  const isFromSource = "source" in builtSource(facts).from
  const programs = programsFolder(binaries)
  const script = [
    "set -e",
    ...(isFromSource
      ? ["chmod -R u=rwX,go=rX .", "find . -mindepth 1 -type d -empty -delete"]
      : []),
    ...(isAnyEmpty ? [`tr '\\n' '\\0' <${listPath} | xargs -0 mkdir -p --`] : []),
    "find . -type d -perm 0755 -exec chmod 0775 {} +",
    `chown -hR ${owners.uid}:0 .`,
    "# The working directory, as it is without them.",
    `chown ${owners.directory} .`,
    "chmod 1777 .",
    ...(programs === ""
      ? []
      : [
          "# The user could replace a program in a folder of its own.",
          'if [ -d "$0" ]; then chown 0:0 "$0"; chmod 0755 "$0"; fi',
        ]),
    `find ${assetsPath} -exec touch -h -d @0 {} +`,
    "",
  ].join("\n")
  const words = programs === "" ? [] : [programs]
  return { type: "run", args: ["/bin/sh", "-c", script, ...words], mounts: [] }
}

export function copyAssets(facts: Facts, binaries: readonly Binary[]): Step[] {
  if (!hasAssets(facts, binaries)) return []
  return [
    { type: "copy", kind: "directory", from: { stage: stageName }, path: assetsPath, to: "/" },
  ]
}

function hasAssets(facts: Facts, binaries: readonly Binary[]): boolean {
  return (
    facts.assetFolders.length > 0 || copiesFiles(facts, binaries) || copyFrontends(facts).length > 0
  )
}

/** Hooks may add files where detection saw none. */
function copiesFiles(facts: Facts, binaries: readonly Binary[]): boolean {
  const isFromHooks = "stage" in builtSource(facts).from
  return isFromHooks || facts.assets.length > replacedFiles(facts, binaries).length
}

function copyFiles(facts: Facts, settings: Settings, binaries: readonly Binary[]): Step[] {
  if (!copiesFiles(facts, binaries)) return []
  const found = [...facts.assetExclude, ...foldersWithoutAssets(facts)]
  const step: Step = {
    type: "copy",
    kind: "directory",
    ...builtSource(facts),
    to: imageFolder,
    exclude: [
      ...assetPatterns(settings, found),
      ...facts.brokenLinks,
      ...replacedFiles(facts, binaries),
      ...madeElsewhere(facts),
    ],
  }
  return [step]
}

/** What front ends make is copied by itself, where programs read it at run time. */
function copyFrontends(facts: Facts): Step[] {
  const place = (output: FrontendOutput) => {
    const path = output.inImage ? pathOfOutput(facts, output) : undefined
    const isElsewhere = facts.copies?.some((copy) => copy.path === path)
    return path === undefined || isElsewhere ? undefined : `${imageFolder}/${path}`
  }
  return copyOutputs(facts, place)
}

function madeElsewhere(facts: Facts): string[] {
  const start = startOf(facts.assetRoot)
  return replacedOutputs(facts)
    .filter((pattern) => pattern.startsWith(start))
    .map((pattern) => pattern.slice(start.length))
}

/** Files at the root in a program's place, such as what `go build` left there: the program's layer is enough. */
export function replacedFiles({ assets }: Facts, binaries: readonly Binary[]): string[] {
  const replaces = (path: string) =>
    binaries.some(({ installed }) => installed === `${workingDirectory}/${path}`)
  return assets
    .map(({ path }) => path)
    .filter((path) => replaces(path) || isProgramsFolder(path, binaries))
}

/** What is left out is said, where it may have been meant for the image. */
export function replacedNotices({ assets }: Facts, binaries: readonly Binary[]): string[] {
  return assets
    .filter(({ path }) => isProgramsFolder(path, binaries))
    .map(
      ({ path }) => `${path}: not in the image, because its programs are in a folder of that name`,
    )
}

/** Whether a file stands where the folder of several programs goes. */
function isProgramsFolder(path: string, binaries: readonly Binary[]): boolean {
  const folder = `${workingDirectory}/${path}/`
  return !path.endsWith("/") && binaries.some(({ installed }) => installed.startsWith(folder))
}

/** Folders at the root that are in the image. To any of them a hook may add files. */
export function keptFolders({ assetFolders, rootFolders, hooks }: Facts): string[] {
  const kept = assetFolders.filter((folder) => !folder.includes("/"))
  return hooks.preCompile || hooks.postCompile ? [...new Set([...rootFolders, ...kept])] : kept
}

/** The engines copy a folder though all of its files are left out; an empty one would be in a program's place. */
function foldersWithoutAssets(facts: Facts): string[] {
  const kept = keptFolders(facts)
  const isExcluded = matchPatterns([...assetExclusions, ...facts.assetExclude])
  return facts.rootFolders
    .filter((folder) => !kept.includes(folder) && !isExcluded(folder))
    .map(literalPattern)
}

/** Below the working directory; empty where programs are elsewhere, or right in it. */
function programsFolder([binary]: readonly Binary[]): string {
  const start = `${workingDirectory}/`
  const path = binary?.installed ?? ""
  if (!path.startsWith(start)) return ""
  return path.slice(start.length, Math.max(path.lastIndexOf("/"), start.length))
}
