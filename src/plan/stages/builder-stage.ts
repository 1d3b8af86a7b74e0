import { posix } from "node:path"
import type { Facts } from "../../detect/facts.js"
import type { Hook } from "../../detect/project/hooks.js"
import { goName, pathInModule } from "../../detect/packages/main-packages.js"
import type { Module } from "../../detect/modules/modules.js"
import type { LinkerValue } from "../../settings/linker-value.js"
import type { Settings } from "../../settings/resolve.js"
import { copyOutputs, replacedOutputs } from "./frontend-stage.js"
import { programTags, type GoCommand } from "../go/go-command.js"
import type { GoVersion } from "../go/version/go-version.js"
import { layOut, layOutAgain, type Layout } from "../image/lay-out.js"
import { linkerFlags } from "../go/linker-flags.js"
import { bindSource, enterModule, modulePath, sourcePath } from "../go/modules.js"
import {
  compileStandardLibrary,
  prepareProjectCode,
  projectUser,
  runProjectCode,
  setGitModes,
} from "./project-code.js"
import { stampEnvironment, stampFlag, stampScript } from "../version/stamp-script.js"
import type { Stamp } from "../version/stamp.js"
import type { Binary, Origin, RunStep, Stage, Step } from "../types.js"
import { compileFlags } from "../go/compile-flags.js"
import { slowPackagesScript, tellSlowPackages } from "../go/slow-packages.js"
import { fetchPrivateModules, prepareModules } from "../go/downloads.js"

export const builderStageName = "build"

/** How programs are compiled, besides the go command. */
interface How {
  stamp: Stamp
  layout: Layout
  /** Modules come with the layer of the dependencies: nothing is downloaded on the way, nor is vendor/ checked. */
  hasModules: boolean
}

/** Before, `-o folder/` needs a folder that exists, and is refused for several programs. */
const firstThatMakesFolders = 16

interface HowCompiled extends How {
  /** Whether the go command makes the folder that it writes several programs to. */
  makesFolder: boolean
}

export function builderStage(
  facts: Facts,
  settings: Settings,
  version: GoVersion,
  binaries: readonly Binary[],
  go: GoCommand,
  how: How,
): Stage {
  const { stamp, hasModules } = how
  const isStamped = [facts, ...facts.furtherModules].some(stamp.buildInfo)
  // Before what changes from project to project.
  const scripts = [
    slowPackagesScript,
    ...(isStamped ? [stampScript] : []),
    ...go.dependencies.steps,
  ]
  return {
    name: builderStageName,
    about: `compiles the ${binaries.length > 1 ? "programs" : "program"}; cache mounts are in no layer`,
    from: go.from,
    steps: [
      ...go.packages,
      ...go.environment,
      ...scripts,
      ...(hasModules ? enterModule(facts) : prepareModules(facts, version, go)),
      ...compileWithHooks(facts, settings, binaries, go, {
        ...how,
        makesFolder: version.minor === undefined || version.minor >= firstThatMakesFolders,
      }),
    ],
  }
}

/** Where the files of the project are once the builder stage is done: hooks may have changed or added some. */
export function builtSource(facts: Facts): { from: Origin; path: string } {
  return facts.hooks.preCompile || facts.hooks.postCompile
    ? { from: { stage: builderStageName }, path: modulePath(facts, { folder: facts.assetRoot }) }
    : { from: { source: true }, path: facts.assetRoot || "." }
}

/** All files of the project as they are compiled: with what the hook before that makes of them. */
export function copySource(facts: Facts, go: GoCommand): Step[] {
  return [...copyFiles(facts, go), ...runPreCompile(facts, go)]
}

function runPreCompile(facts: Facts, go: GoCommand): Step[] {
  const { preCompile } = facts.hooks
  return preCompile ? [runHook(facts, preCompile, go)] : []
}

function copyFiles(facts: Facts, go: GoCommand): Step[] {
  return [
    {
      type: "copy",
      kind: "directory",
      from: { source: true },
      path: ".",
      to: sourcePath(facts),
      ...(facts.frontends ? { exclude: replacedOutputs(facts) } : {}),
      owner: projectUser,
    },
    ...copyOutputs(facts, ({ to }) => `${sourcePath(facts)}/${to}`, projectUser),
    ...fetchPrivateModules(facts, go, []),
  ]
}

/** Without hooks the source is only mounted: copying it into a layer costs time at every edit, and serves nobody. */
function compileWithHooks(
  facts: Facts,
  settings: Settings,
  binaries: readonly Binary[],
  go: GoCommand,
  how: HowCompiled,
): Step[] {
  const { targetEnvironment, cEnvironment, compileEnvironment, mounts } = go
  const { preCompile, postCompile } = facts.hooks
  // Not before: what a hook runs, such as its own `go run`, is compiled for the machine that builds.
  const environment = [...targetEnvironment, ...cEnvironment, ...compileEnvironment]
  if (!preCompile && !postCompile) {
    const source = [bindSource("directory", ".", facts)]
    return [
      ...fetchPrivateModules(facts, go, source),
      ...environment,
      ...compile(facts, settings, binaries, { ...go, mounts: [...mounts, ...source] }, how),
    ]
  }
  return [
    ...prepareProjectCode(facts, go, {
      used: ["compile", "modes", "run"],
    }),
    compileStandardLibrary(mounts),
    ...copyFiles(facts, go),
    setGitModes(facts),
    ...runPreCompile(facts, go),
    ...environment,
    ...(postCompile
      ? [
          ...compile(facts, settings, binaries, go, {
            ...how,
            layout: { ...how.layout, handedTo: projectUser },
          }),
          runHook(facts, postCompile, go),
          { type: "run", args: layOutAgain(how.layout), mounts: [] } satisfies RunStep,
        ]
      : compile(facts, settings, binaries, go, how)),
  ]
}

/** Hooks are named by their place in the source, and run in the module's folder. */
function runHook({ folder }: Facts, { interpreter, file }: Hook, go: GoCommand): RunStep {
  const inModule = folder === "" ? file : file.slice(folder.length + 1)
  return runProjectCode([...interpreter, inModule], go)
}

/** The go command runs in the folder of each module that programs are in; where it ends is where it began. */
function compile(
  facts: Facts,
  settings: Settings,
  binaries: readonly Binary[],
  go: GoCommand,
  { stamp, layout, makesFolder }: HowCompiled,
): Step[] {
  const compileIn = (module: Module) => {
    const own = binaries.filter((binary) => binary.module === module.folder)
    const info = stamp.buildInfo(module)
    const steps = compileModule(settings, own, binaries.length > 1, go, {
      linkerValues: stamp.linkerValues(module),
      isStamped: info !== undefined,
      ...{ layout, makesFolder },
    })
    // As late as can be: nothing before the link depends on the commit.
    return [...(info ? stampEnvironment(info) : []), ...steps]
  }
  const workingDirectory = (module: Module): Step => ({
    type: "working-directory",
    path: modulePath(facts, module),
  })
  const { furtherModules } = facts
  return [
    ...compileIn(facts),
    ...furtherModules.flatMap((module) => [workingDirectory(module), ...compileIn(module)]),
    ...(furtherModules.length > 0 ? [workingDirectory(facts)] : []),
  ]
}

function compileModule(
  settings: Settings,
  binaries: readonly Binary[],
  isOneOfSeveral: boolean,
  go: GoCommand,
  how: Pick<HowCompiled, "layout" | "makesFolder"> & {
    linkerValues: readonly LinkerValue[]
    isStamped: boolean
  },
): Step[] {
  const { linkerValues, isStamped, layout, makesFolder } = how
  const { mounts, cLinkerFlags, dependencies } = go
  const flags = [
    ...compileFlags,
    ...(isStamped ? [stampFlag] : []),
    `-ldflags=${linkerFlags(linkerValues, cLinkerFlags)}`,
    ...programTags(settings, go),
  ]
  const build = (output: string, binaries: readonly Binary[]): RunStep => ({
    type: "run",
    args: layOut(
      tellSlowPackages([
        ...dependencies.args,
        ...["go", "build", ...flags, "-o", output, ...binaries.map(toArgument)],
      ]),
      output,
      layout,
    ),
    mounts: [...mounts, ...dependencies.mounts],
  })
  // Into a folder, the go command names the programs itself: all of them in one go, but for those named otherwise.
  const isNamedByGo = (binary: Binary) =>
    isOneOfSeveral && makesFolder && binary.name === goName(binary.importPath)
  const together = binaries.filter(isNamedByGo)
  const [first] = together
  return [
    ...(first ? [build(`${posix.dirname(first.built)}/`, together)] : []),
    ...binaries
      .filter((binary) => !isNamedByGo(binary))
      .map((binary) => build(binary.built, [binary])),
  ]
}

function toArgument({ package: path, module }: Binary): string {
  return pathInModule({ path, module })
}
