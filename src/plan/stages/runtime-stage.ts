import { posix } from "node:path"
import type { Facts } from "../../detect/facts.js"
import type { Settings } from "../../settings/resolve.js"
import { copyAssets } from "./asset-stage.js"
import { placedCopies } from "./copied-files.js"
import {
  builtHealthCheck,
  healthCheckPath,
  healthCheckStageName,
} from "../programs/health-check.js"
import { placedKodata } from "./kodata.js"
import { launcherPath } from "../../detect/project/command-line.js"
import { builtLauncher, launcherStageName } from "../programs/launcher.js"
import { outputPath } from "../image/lay-out.js"
import type { RuntimeBase } from "../bases/runtimes.js"
import { copySystem, type Placed } from "./system-files.js"
import { builtMigrate, migratePath, toolsStageName } from "../programs/tools-stage.js"
import type { Binary, Stage, Variable } from "../types.js"
import { goRoot } from "../bases/runtimes.js"
import type { Command } from "../image/command-line.js"

export const baseStageName = "base"

/** Of the builder as it comes, for images that have the go command. */
export const goStageName = "go"
const usualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

/** What seldom changes comes first: after an edit of the source, only the programs' layer is new. */
export function runtimeStage(
  facts: Facts,
  binaries: readonly Binary[],
  {
    programsStage,
    directory,
  }: {
    /** What the programs are taken from. */
    programsStage: string
    /** That the programs start in. */
    directory: string
  },
): Stage {
  return {
    name: "image",
    about: "is the base with what was made above; what changes most comes last",
    from: { stage: baseStageName },
    steps: [
      copySystem(),
      // Before what changes more often: to the engines it is a step that changes files.
      { type: "working-directory", path: directory },
      ...copyAssets(facts, binaries),
      {
        type: "copy",
        kind: "directory",
        from: { stage: programsStage },
        path: outputPath,
        to: "/",
      },
    ],
  }
}

/** Programs and files that are there besides the project's own. */
export function listPlaced(facts: Facts, settings: Settings, command: Command): Placed[] {
  const program = (stage: string, path: string, to: string): Placed[] => [
    { kind: "file", stage, path, to },
  ]
  return [
    ...(settings.goTools?.value
      ? [{ kind: "directory", stage: goStageName, path: goRoot, to: goRoot } as const]
      : []),
    ...(facts.migrate ? program(toolsStageName, builtMigrate, migratePath) : []),
    ...(command.usesLauncher ? program(launcherStageName, builtLauncher, launcherPath) : []),
    ...(settings.healthCheck
      ? program(healthCheckStageName, builtHealthCheck, healthCheckPath)
      : []),
    ...placedKodata(facts),
    ...placedCopies(facts),
  ]
}

/** None where the base's own PATH will do. */
export function searchPath(
  settings: Settings,
  binaries: readonly Binary[],
  { searchesPath = false }: Command,
  { image, programs }: RuntimeBase,
): Variable[] {
  const folders = [
    ...(binaries.length > 1 || searchesPath ? [posix.dirname(binaries[0]?.installed ?? "")] : []),
    ...(settings.goTools?.value ? [`${goRoot}/bin`] : []),
  ].filter((folder) => folder !== undefined && !usualPath.split(":").includes(folder))
  const name = "PATH"
  // To an image on nothing, BuildKit gives one by itself, and a Dagger engine none.
  if (folders.length === 0) return image ? [] : [{ name, value: usualPath }]
  // Of a base that is not known here, what it has may be anywhere.
  return programs === "any"
    ? [{ name, value: folders.join(":"), beforeOwn: true }]
    : [{ name, value: [...folders, usualPath].join(":") }]
}
