import { posix } from "node:path"
import type { Facts } from "../detect/facts.js"
import type { Found } from "../detect/found.js"
import type { Hook } from "../detect/hooks.js"
import { UserError } from "../errors.js"
import type { Settings } from "../settings/resolve.js"
import { goName } from "./binary-names.js"
import { compileFlags } from "./go-command.js"
import type { GoVersion } from "./go-version.js"
import { linkerFlags } from "./linker-flags.js"
import type { Platform } from "./platform.js"
import type { Base, Binary, Mount, Origin, RunStep, Stage, Step } from "./types.js"
import { canCheckVendor, checkVendor } from "./vendor-check.js"

export const builderStageName = "build"

/** Where programs are put. */
export const outputPath = "/out"

/** The project's root in the builder stage: in GOPATH mode, a package's place is its name. */
export function sourcePath({ legacy }: Facts): string {
  return legacy ? `/go/src/${legacy.importPath.value}` : "/src"
}

function gopathMode({ legacy }: Facts): Step[] {
  if (!legacy) return []
  const { workspace } = legacy
  const path = `/go/src/${legacy.importPath.value}`
  return [
    { type: "environment", name: "GO111MODULE", value: "off" },
    { type: "environment", name: "GOPATH", value: workspace ? `${path}/${workspace}:/go` : "/go" },
  ]
}

/** Modules first, from go.mod and go.sum alone, so that an edit of the source does not download them again. */
export function builderStage(
  facts: Facts,
  settings: Settings,
  version: GoVersion,
  platform: Platform | undefined,
  binaries: readonly Binary[],
  from: Base,
  environment: Step[],
  caches: Mount[],
): Stage {
  const steps: Step[] = [
    ...environment,
    ...gopathMode(facts),
    { type: "working-directory", path: sourcePath(facts) },
    ...(needsDownload(facts) ? downloadModules(facts, caches) : []),
    ...(facts.vendored && !facts.legacy && canCheckVendor(version)
      ? checkVendor(sourcePath(facts), vendorMounts(facts, caches))
      : []),
    ...compileWithHooks(facts, settings, platform, binaries, caches),
  ]
  return { name: builderStageName, from, steps }
}

/** Where the files of the project are once the builder stage is done: hooks may have changed or added some. */
export function builtSource(facts: Facts): { from: Origin; path: string } {
  return facts.hooks.preCompile || facts.hooks.postCompile
    ? { from: { stage: builderStageName }, path: sourcePath(facts) }
    : { from: { source: true }, path: "." }
}

function vendorMounts(facts: Facts, caches: Mount[]): Mount[] {
  const files = ["go.mod", ...(facts.hasGoSum ? ["go.sum"] : [])]
  return [
    ...caches,
    ...files.map((file) => bind("file", file, facts)),
    bind("directory", "vendor", facts),
  ]
}

function needsDownload({ vendored, goMod, goWork }: Facts): boolean {
  return !vendored && (goMod.requires.length > 0 || goWork !== undefined)
}

/** go.sum is held against what is downloaded; what lies in the cache volume already, other builds may have changed. */
function downloadModules(facts: Facts, caches: Mount[]): RunStep[] {
  const { goMod, goWork, hasGoSum } = facts
  const files = ["go.mod", ...(hasGoSum ? ["go.sum"] : [])]
  if (goWork) files.push("go.work")
  // The go command reads the go.mod of every module that is part of the build, also of those in this source tree.
  const used = goMod.localReplacements.filter(({ module }) =>
    goMod.requires.some(({ path }) => path === module),
  )
  for (const folder of new Set([...used, ...(goWork?.uses ?? [])].map(inSource))) {
    if (folder !== "") files.push(`${folder}/go.mod`)
  }
  const mounts = [...caches, ...files.map((file) => bind("file", file, facts))]
  const run = (what: string): RunStep => ({ type: "run", args: ["go", "mod", what], mounts })
  return hasGoSum ? [run("download"), run("verify")] : [run("download")]
}

/** A folder that go.mod or go.work names, without `./`; empty for the root. */
function inSource({ value, file, line }: Found<string>): string {
  const folder = posix.normalize(value).replace(/\/$/, "")
  if (folder.startsWith("/") || folder === ".." || folder.startsWith("../")) {
    throw new UserError(`${value} is outside of the source folder`, {
      place: { file, line },
      hint: "An image is built from the source folder alone: move the module into it, or vendor it.",
    })
  }
  return folder === "." ? "" : folder
}

/** Without hooks the source is only mounted: copying it into a layer costs time at every edit, and serves nobody. */
function compileWithHooks(
  facts: Facts,
  settings: Settings,
  platform: Platform | undefined,
  binaries: readonly Binary[],
  caches: Mount[],
): Step[] {
  // Not before: what runs here, such as a hook's own `go run`, is compiled for this machine.
  const target = platform?.environment ?? []
  const { preCompile, postCompile } = facts.hooks
  if (!preCompile && !postCompile) {
    const mounts = [...caches, bind("directory", ".", facts)]
    return [...target, ...compile(facts, settings, binaries, mounts)]
  }
  return [
    { type: "copy", kind: "directory", from: { source: true }, path: ".", to: sourcePath(facts) },
    ...(preCompile ? [runHook(preCompile, caches)] : []),
    ...target,
    ...compile(facts, settings, binaries, caches),
    ...(postCompile ? [runHook(postCompile, caches)] : []),
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
): RunStep[] {
  const flags = [
    ...compileFlags,
    `-ldflags=${linkerFlags(linkerValues)}`,
    ...(buildTags ? [`-tags=${buildTags.value.join(",")}`] : []),
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

function bind(kind: "file" | "directory", path: string, facts: Facts): Mount {
  const root = sourcePath(facts)
  const target = path === "." ? root : `${root}/${path}`
  return { type: "bind", kind, from: { source: true }, path, target }
}
