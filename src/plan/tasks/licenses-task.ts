import type { DetectedProject } from "../../detect/detect.js"
import { startedBy } from "../go/started-by.js"
import { inFolder } from "../../detect/modules/modules.js"
import { sourceExclude } from "../assemble.js"
import { chooseCgo } from "../go/cgo.js"
import { chooseBuilder } from "../bases/choose-builder.js"
import { dependenciesOfPrograms } from "../stages/dependencies/dependency-stage.js"
import { goCommand, moduleCache } from "../go/go-command.js"
import { enterModule, isVendored, modulePath } from "../go/modules.js"
import { chooseOsPackages } from "../stages/os-packages.js"
import { splitPlatforms, parsePlatform } from "../bases/platform.js"
import { onMirrors } from "../bases/registry-mirror.js"
import { reportPath } from "./test-tasks.js"
import type { Step, Task } from "../types.js"
import { validateTask } from "../validate.js"
import { prepareModules, provideModule } from "../go/downloads.js"

/** A module that a program of the project says is linked into it. */
export interface LinkedModule {
  /** What its packages are imported as: in vendor/, its folder. */
  importedAs: string
  /** What was compiled. */
  path: string
  /** Empty where that is a folder of the source. */
  version: string
  /** Folder of the module that the program is of. */
  mainModule: string
}

const folder = "/licenses"
const list = `${folder}/modules.txt`
const script = `${folder}/collect.sh`

/** Undefined where there is nothing to look for. */
export function licensesTask(
  { facts, settings }: DetectedProject,
  modules: readonly LinkedModule[],
): Task | undefined {
  if (modules.length === 0 || facts.legacy) return undefined
  const { version, runtime } = chooseBuilder(facts, settings)
  // Of several, the first one's: modules are the same for all.
  const platform = parsePlatform(splitPlatforms(settings.platform)[0])
  const cgo = chooseCgo(facts, settings, runtime, platform)
  const osPackages = chooseOsPackages(settings, runtime, cgo)
  const go = goCommand(settings, version, runtime, platform, cgo, osPackages.builder)
  const mains = [facts, ...facts.furtherModules].filter((main) =>
    modules.some(({ mainModule }) => mainModule === main.folder),
  )
  const provided = mains.map((main) => provideModule(facts, main))
  const vendorOf = new Map(
    mains
      .filter((main) => isVendored(facts, main))
      .map((main) => {
        const place = facts.workspace?.folder ?? main.folder
        return [main.folder, modulePath(facts, { folder: inFolder(place, "vendor") })]
      }),
  )
  const lines = modules.map((module) => lineOf(module, vendorOf.get(module.mainModule)))
  // In vendor/ they are there.
  const areDownloaded = lines.some((line) => !line.startsWith("- "))
  const dependencies = areDownloaded
    ? dependenciesOfPrograms(facts, settings, version, go, platform, "sources")
    : undefined
  const task: Task = {
    // As far as the modules, the same steps as the image's, which are done, or come with its build cache.
    stages: [
      ...osPackages.stages(go.from),
      ...(dependencies?.stages ?? []),
      {
        name: "licenses",
        from: go.from,
        steps: [
          ...go.packages,
          ...go.environment,
          ...(dependencies
            ? [...dependencies.use.steps, ...enterModule(facts)]
            : areDownloaded
              ? prepareModules(facts, version, go)
              : enterModule(facts)),
          ...provided.flatMap(({ copies }): Step[] => copies),
          { type: "file", path: script, content: collect, mode: 0o755 },
          { type: "file", path: list, content: `${lines.join("\n")}\n`, mode: 0o644 },
        ],
      },
    ],
    command: startedBy(
      {
        type: "run",
        args: [...(dependencies?.use.args ?? []), "/bin/sh", script, list, reportPath, moduleCache],
        mounts: [
          ...go.mounts,
          ...provided.flatMap(({ mounts }) => mounts),
          ...(dependencies?.use.mounts ?? []),
        ],
      },
      go.access,
    ),
    // The compiler reads no license.
    sourceExclude: sourceExclude(facts, vendorOf.size > 0 ? undefined : facts.buildFiles),
    notices: [],
  }
  task.stages = onMirrors(task.stages, settings.registryMirror)
  validateTask(task)
  return task
}

/** How the go command would download it, and its folder in the module cache; without the first, any folder. */
function lineOf({ importedAs, path, version }: LinkedModule, vendor: string | undefined): string {
  if (vendor !== undefined) return `- ${vendor}/${importedAs}`
  // A module of a workspace has no folder of its own there.
  if (!/^v\d/.test(version)) return "- /nowhere"
  return `${path}@${version} ${escapeUpperCase(path)}@${escapeUpperCase(version)}`
}

/** https://go.dev/ref/mod#module-cache */
function escapeUpperCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`)
}

/**
 * For each module of the list a folder, with the files of the module's root that have a license's name. A module that is
 * not in the cache volume, as on a machine whose steps come from another one's cache, is downloaded: what is found depends
 * on the modules alone.
 */
const collect = String.raw`set -eu
modules=$3
number=0
while read -r module folder; do
  mkdir -p "$2/$number"
  if [ "$module" != - ]; then
    path=$folder
    # In the layer of the dependencies, or in the volume.
    folder=$GOMODCACHE/$path
    [ -d "$folder" ] || folder=$modules/$path
    if [ ! -d "$folder" ]; then GOMODCACHE=$modules go mod download "$module" </dev/null; fi
  fi
  for file in "$folder"/*; do
    name=$(basename "$file")
    case $name in *.go) continue ;; esac
    case $name in
      [Ll][Ii][Cc][Ee][Nn][CcSs][Ee]* | COPYING* | UNLICEN[CS]E* | MIT[-_]LICENSE*)
        if [ -f "$file" ] && [ ! -L "$file" ]; then head -c 1000000 "$file" >"$2/$number/$name"; fi ;;
    esac
  done
  number=$((number + 1))
done <"$1"
`
