import type { Facts } from "../detect/facts.js"
import type { Hook } from "../detect/hooks.js"
import type { Settings } from "../settings/resolve.js"
import { goName } from "./binary-names.js"
import { compileFlags, tagsFlag, type GoCommand } from "./go-command.js"
import type { GoVersion } from "./go-version.js"
import { linkerFlags } from "./linker-flags.js"
import { bindSource, prepareModules, sourcePath } from "./modules.js"
import type { Binary, Mount, Origin, RunStep, Stage, Step } from "./types.js"

export const builderStageName = "build"

/** Where programs are put. */
export const outputPath = "/out"

export function builderStage(
  facts: Facts,
  settings: Settings,
  version: GoVersion,
  binaries: readonly Binary[],
  go: GoCommand,
): Stage {
  const steps: Step[] = [
    ...go.environment,
    ...prepareModules(facts, version, go.mounts),
    ...compileWithHooks(facts, settings, binaries, go),
  ]
  return { name: builderStageName, from: go.from, steps }
}

/** Where the files of the project are once the builder stage is done: hooks may have changed or added some. */
export function builtSource(facts: Facts): { from: Origin; path: string } {
  return facts.hooks.preCompile || facts.hooks.postCompile
    ? { from: { stage: builderStageName }, path: sourcePath(facts) }
    : { from: { source: true }, path: "." }
}

/** All files of the project as they are compiled: with what the hook before that makes of them. */
export function copySource(facts: Facts, mounts: Mount[]): Step[] {
  const { preCompile } = facts.hooks
  return [
    { type: "copy", kind: "directory", from: { source: true }, path: ".", to: sourcePath(facts) },
    ...(preCompile ? [runHook(preCompile, mounts)] : []),
  ]
}

/** Without hooks the source is only mounted: copying it into a layer costs time at every edit, and serves nobody. */
function compileWithHooks(
  facts: Facts,
  settings: Settings,
  binaries: readonly Binary[],
  // Not before: what a hook runs, such as its own `go run`, is compiled for the machine that builds.
  { targetEnvironment, compileEnvironment, mounts }: GoCommand,
): Step[] {
  const { preCompile, postCompile } = facts.hooks
  const environment = [...targetEnvironment, ...compileEnvironment]
  if (!preCompile && !postCompile) {
    const all = [...mounts, bindSource("directory", ".", facts)]
    return [...environment, ...compile(facts, settings, binaries, all)]
  }
  return [
    ...copySource(facts, mounts),
    ...environment,
    ...compile(facts, settings, binaries, mounts),
    ...(postCompile ? [runHook(postCompile, mounts)] : []),
  ]
}

function runHook({ interpreter, file }: Hook, mounts: Mount[]): RunStep {
  return { type: "run", args: [...interpreter, file], mounts }
}

function compile(
  { goMod }: Facts,
  { buildTags, linkerValues }: Settings,
  binaries: readonly Binary[],
  mounts: Mount[],
): Step[] {
  const flags = [
    ...compileFlags,
    `-ldflags=${linkerFlags(linkerValues)}`,
    ...tagsFlag(buildTags?.value),
  ]
  const build = (output: string, packages: string[]): RunStep => ({
    type: "run",
    args: ["go", "build", ...flags, "-o", output, ...packages],
    mounts,
  })
  // Into a folder, the go command names the programs itself: all of them in one go, but for those named otherwise.
  const isNamedByGo = (binary: Binary) =>
    binaries.length > 1 && binary.name === goName(binary.package, goMod.module.value)
  const together = binaries.filter(isNamedByGo).map((binary) => binary.package)
  return [
    ...(together.length > 0 ? [build(`${outputPath}/`, together)] : []),
    ...binaries
      .filter((binary) => !isNamedByGo(binary))
      .map((binary) => build(binary.built, [binary.package])),
  ]
}
