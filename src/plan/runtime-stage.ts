import { assetPatterns } from "../detect/assets.js"
import type { Facts } from "../detect/facts.js"
import { matchPatterns } from "../detect/patterns.js"
import type { Settings } from "../settings/resolve.js"
import { builderStageName, builtSource, outputPath } from "./builder-stage.js"
import type { Command } from "./command.js"
import { builtHealthCheck, healthCheckPath, healthCheckStageName } from "./health-check.js"
import type { ImageFolders } from "./image-folders.js"
import { builtLauncher, launcherPath, launcherStageName } from "./launcher.js"
import { workingDirectory, type RuntimeUser } from "./runtimes.js"
import { homePath, systemPath, systemStageName } from "./system-files.js"
import { builtMigrate, migratePath, toolsStageName } from "./tools-stage.js"
import type { Binary, Stage, Step } from "./types.js"

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
    user: RuntimeUser
    folders: ImageFolders
    /** What the programs are taken from. */
    programsStage: string
  },
): Stage {
  const { user, folders, programsStage } = image
  const { uid, gid, home } = user
  const owner = `${uid}:${gid}`
  const system = { stage: systemStageName }
  const steps: Step[] = [
    { type: "copy", kind: "directory", from: system, path: systemPath, to: "/" },
    { type: "copy", kind: "directory", from: system, path: homePath, to: home, owner },
    // Before the programs, though it makes no difference to them: to the engines it is a step that changes files.
    { type: "working-directory", path: workingDirectory },
    ...(settings.goTools?.value ? [copyDirectory(builderStageName, goRoot)] : []),
    ...(facts.migrate ? [copyFile(toolsStageName, builtMigrate, migratePath)] : []),
    ...(command.usesLauncher ? [copyFile(launcherStageName, builtLauncher, launcherPath)] : []),
    ...(settings.healthCheck
      ? [copyFile(healthCheckStageName, builtHealthCheck, healthCheckPath)]
      : []),
    ...folders.owned.map((folder): Step => ({
      type: "copy",
      kind: "directory",
      from: system,
      path: homePath,
      to: folder,
      owner,
    })),
  ]
  // Hooks may add files where detection saw none.
  const source = builtSource(facts)
  const patterns = assetPatterns(settings)
  const replaced = replacedFiles(facts, binaries)
  if (facts.assets.length > replaced.length || "stage" in source.from) {
    steps.push({
      type: "copy",
      kind: "directory",
      ...source,
      to: workingDirectory,
      exclude: [...patterns, ...replaced, ...foldersWithoutAssets(facts, patterns)],
      owner,
    })
  }
  steps.push(...copyPrograms(binaries, owner, programsStage))
  if (folders.workingDirectory !== workingDirectory) {
    steps.push({ type: "working-directory", path: folders.workingDirectory })
  }
  return { name: "image", from: { stage: baseStageName }, steps }
}

/** One layer: of several programs the folder, which is then the owner's too, unless it is one of the system's. */
function copyPrograms(binaries: readonly Binary[], owner: string, stage: string): Step[] {
  const folder = dirname(binaries[0]?.installed ?? "")
  if (binaries.length > 1 && folder.startsWith(`${workingDirectory}/`)) {
    const from = { stage }
    return [{ type: "copy", kind: "directory", from, path: outputPath, to: folder, owner }]
  }
  return binaries.map(({ built, installed }) => ({
    ...copyFile(stage, built, installed),
    owner,
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
export function keptFolders({ assets, rootFolders, hooks }: Facts): string[] {
  if (hooks.preCompile || hooks.postCompile) return rootFolders
  return assets.flatMap(({ path }) => (path.endsWith("/") ? [path.slice(0, -1)] : []))
}

/** The engines copy a folder though all of its files are left out; an empty one would be in a program's place. */
function foldersWithoutAssets(facts: Facts, patterns: readonly string[]): string[] {
  const kept = keptFolders(facts)
  const isExcluded = matchPatterns(patterns)
  // Others than these would need signs of patterns escaped, and are no program's name.
  const isPlain = (folder: string) => /^\w[\w.~+-]*$/.test(folder)
  return facts.rootFolders.filter(
    (folder) => isPlain(folder) && !kept.includes(folder) && !isExcluded(folder),
  )
}

/** Undefined where the base's own will do. */
export function searchPath(
  settings: Settings,
  binaries: readonly Binary[],
  { searchesPath = false }: Command,
): string | undefined {
  const folders = [
    ...(binaries.length > 1 || searchesPath ? [dirname(binaries[0]?.installed ?? "")] : []),
    ...(settings.goTools?.value ? [`${goRoot}/bin`] : []),
  ].filter((folder) => folder !== undefined && !usualPath.split(":").includes(folder))
  return folders.length > 0 ? [...folders, usualPath].join(":") : undefined
}

function copyFile(stage: string, path: string, to: string): Step & { type: "copy" } {
  return { type: "copy", kind: "file", from: { stage }, path, to }
}

function copyDirectory(stage: string, path: string): Step {
  return { type: "copy", kind: "directory", from: { stage }, path, to: path }
}
