import { assetExclusions } from "../detect/asset-rules.js"
import { assetPatterns } from "../detect/assets.js"
import type { Facts } from "../detect/facts.js"
import type { FrontendOutput } from "../detect/frontend.js"
import { startOf } from "../detect/modules.js"
import { literalPattern, matchPatterns } from "../detect/patterns.js"
import type { Settings } from "../settings/resolve.js"
import { foldersPath, foldersStageName } from "./asset-folders.js"
import { builderStageName, builtSource, outputPath } from "./builder-stage.js"
import type { Command } from "./command.js"
import { copyOutputs, placeInImage, replacedOutputs } from "./frontend-stage.js"
import { builtHealthCheck, healthCheckPath, healthCheckStageName } from "./health-check.js"
import type { ImageFolders } from "./image-folders.js"
import { copyKodata } from "./kodata.js"
import { builtLauncher, launcherPath, launcherStageName } from "./launcher.js"
import { workingDirectory, type RuntimeBase, type RuntimeUser } from "./runtimes.js"
import { emptyPath, systemPath, systemStageName } from "./system-files.js"
import { builtMigrate, migratePath, toolsStageName } from "./tools-stage.js"
import type { Binary, Stage, Step, Variable } from "./types.js"

export const baseStageName = "base"

export const goRoot = "/usr/local/go"
const usualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

/** What seldom changes comes first: after an edit of the source, only the programs' layer is new. */
export function runtimeStage(
  facts: Facts,
  settings: Settings,
  binaries: readonly Binary[],
  command: Command,
  image: {
    runtime: RuntimeBase
    user: RuntimeUser
    folders: ImageFolders
    /** What the programs are taken from. */
    programsStage: string
  },
): Stage {
  const { runtime, user, folders, programsStage } = image
  const programOwner = runtime.userOwnsPrograms ? `${user.uid}:${user.gid}` : undefined
  const system = { stage: systemStageName }
  const steps: Step[] = [
    { type: "copy", kind: "directory", from: system, path: systemPath, to: "/" },
    // Before the programs, though it makes no difference to them: to the engines it is a step that changes files.
    { type: "working-directory", path: workingDirectory },
    ...(settings.goTools?.value ? [copyDirectory(builderStageName, goRoot)] : []),
    ...(facts.migrate ? [copyFile(toolsStageName, builtMigrate, migratePath)] : []),
    ...(command.usesLauncher ? [copyFile(launcherStageName, builtLauncher, launcherPath)] : []),
    ...(settings.healthCheck
      ? [copyFile(healthCheckStageName, builtHealthCheck, healthCheckPath)]
      : []),
    ...folders.owned.map((folder) => ownedFolder(folder, user)),
    ...copyKodata(facts),
    ...copyAssets(facts, settings, binaries, user),
    ...copyPrograms(binaries, programOwner, programsStage),
    ...(folders.workingDirectory === workingDirectory
      ? []
      : [{ type: "working-directory", path: folders.workingDirectory } satisfies Step]),
  ]
  return { name: "image", from: { stage: baseStageName }, steps }
}

function ownedFolder(path: string, { uid }: RuntimeUser): Step {
  const from = { stage: systemStageName }
  return { type: "copy", kind: "directory", from, path: emptyPath, to: path, owner: `${uid}:0` }
}

function copyAssets(
  facts: Facts,
  settings: Settings,
  binaries: readonly Binary[],
  { uid }: RuntimeUser,
): Step[] {
  // Hooks may add files where detection saw none.
  const source = builtSource(facts)
  const replaced = replacedFiles(facts, binaries)
  const steps: Step[] = []
  if (copiesFiles(facts, binaries)) {
    const found = [...facts.assetExclude, ...foldersWithoutAssets(facts)]
    steps.push({
      type: "copy",
      kind: "directory",
      ...source,
      to: workingDirectory,
      exclude: [
        ...assetPatterns(settings, found),
        ...facts.brokenLinks,
        ...replaced,
        ...madeElsewhere(facts),
      ],
      owner: `${uid}:0`,
      // Hooks may mean what they set.
      ...("source" in source.from && { gitModes: true as const }),
    })
  }
  if (needsFolders(facts, binaries)) {
    const from = { stage: foldersStageName }
    steps.push({ type: "copy", kind: "directory", from, path: foldersPath, to: workingDirectory })
  }
  const place = (output: FrontendOutput) => {
    const path = placeInImage(facts, output)
    return path === undefined ? undefined : `${workingDirectory}/${path}`
  }
  steps.push(...copyOutputs(facts, place, `${uid}:0`))
  return steps
}

/** What front ends make is copied by itself, where programs read it at run time. */
function madeElsewhere(facts: Facts): string[] {
  const start = startOf(facts.assetRoot)
  return replacedOutputs(facts)
    .filter((pattern) => pattern.startsWith(start))
    .map((pattern) => pattern.slice(start.length))
}

/** Also without folders of their own: see the script about the one that files are copied into. */
export function needsFolders(facts: Facts, binaries: readonly Binary[]): boolean {
  return facts.assetFolders.length > 0 || copiesFiles(facts, binaries)
}

function copiesFiles(facts: Facts, binaries: readonly Binary[]): boolean {
  const isFromHooks = "stage" in builtSource(facts).from
  return isFromHooks || facts.assets.length > replacedFiles(facts, binaries).length
}

/** One layer: of several programs the folder, unless it is one of the system's. Root's, if nobody else is named. */
function copyPrograms(
  binaries: readonly Binary[],
  owner: string | undefined,
  stage: string,
): Step[] {
  const folder = dirname(binaries[0]?.installed ?? "")
  const owned = owner === undefined ? {} : { owner }
  if (binaries.length > 1 && folder.startsWith(`${workingDirectory}/`)) {
    const from = { stage }
    return [{ type: "copy", kind: "directory", from, path: outputPath, to: folder, ...owned }]
  }
  return binaries.map(({ built, installed }) => ({
    ...copyFile(stage, built, installed),
    ...owned,
  }))
}

function dirname(path: string): string {
  return path.replace(/\/[^/]*$/, "")
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
      ({ path }) =>
        `${path}: this file is not in the image: its programs are in a folder of that name`,
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

/** None where the base's own PATH will do. */
export function searchPath(
  settings: Settings,
  binaries: readonly Binary[],
  { searchesPath = false }: Command,
  { programs }: RuntimeBase,
): Variable[] {
  const folders = [
    ...(binaries.length > 1 || searchesPath ? [dirname(binaries[0]?.installed ?? "")] : []),
    ...(settings.goTools?.value ? [`${goRoot}/bin`] : []),
  ].filter((folder) => folder !== undefined && !usualPath.split(":").includes(folder))
  if (folders.length === 0) return []
  const name = "PATH"
  // Of a base that is not known here, what it has may be anywhere.
  return programs === "any"
    ? [{ name, value: folders.join(":"), beforeOwn: true }]
    : [{ name, value: [...folders, usualPath].join(":") }]
}

function copyFile(stage: string, path: string, to: string): Step & { type: "copy" } {
  return { type: "copy", kind: "file", from: { stage }, path, to }
}

function copyDirectory(stage: string, path: string): Step {
  return { type: "copy", kind: "directory", from: { stage }, path, to: path }
}
