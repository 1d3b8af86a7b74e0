import compare from "semver/functions/compare.js"
import { startedBy } from "./started-by.js"
import valid from "semver/functions/valid.js"
import type { Facts } from "../../detect/facts.js"
import { inFolder, type Module } from "../../detect/modules/modules.js"
import type { Workspace } from "../../detect/modules/workspace.js"
import type { GoCommand } from "./go-command.js"
import type { Mount, RunStep, Step } from "../types.js"
import {
  modulesOf,
  workIn,
  asFile,
  provide,
  modulePath,
  moduleMode,
  isVendored,
} from "./modules.js"
import type { GoVersion } from "./version/go-version.js"
import { canCheckVendor, checkVendor } from "../programs/vendor-check.js"

/** Modules first, from go.mod and go.sum alone, so that an edit of the source does not download them again. */
export function prepareModules(facts: Facts, version: GoVersion, go: GoCommand): Step[] {
  return [
    ...moduleMode(facts),
    ...modulesOf(facts).flatMap((module): Step[] => [
      workIn(facts, module),
      ...(needsDownload(facts, module) ? downloadModules(facts, module, go) : []),
      ...(isChecked(facts, module, version) ? checkVendorOf(facts, module, go) : []),
    ]),
  ]
}

export function needsDownload(facts: Facts, module: Module): boolean {
  if (isVendored(facts, module)) return false
  return module.goMod.requires.length > 0 || facts.workspace !== undefined
}

function downloadModules(facts: Facts, module: Module, go: GoCommand): Step[] {
  const { copies, mounts } = provide(facts, moduleFiles(facts, module).map(asFile))
  return [
    ...copies,
    ...(lacksGoLine(facts, module) ? addGoLine(module) : []),
    ...downloads(facts, module).map((args) => goMod(args, mounts, go)),
  ]
}

export function goMod(args: string[], files: Mount[], { mounts, access }: GoCommand): RunStep {
  const step: RunStep = { type: "run", args: ["go", "mod", ...args], mounts: [...mounts, ...files] }
  return startedBy(step, access)
}

/** go.sum is held against what is downloaded; what lies in the cache volume already, other builds may have changed. */
export function downloads(facts: Facts, module: Module): string[][] {
  const { workspace } = facts
  const hasSums = module.hasGoSum || workspace?.hasSum === true
  if (!workspace || !requiresItself(workspace)) {
    const commands = hasSums ? ["download", "verify"] : ["download"]
    const flags = lacksGoLine(facts, module) ? [`-modfile=${copyOfGoMod(module)}`] : []
    return commands.map((command) => [command, ...flags])
  }
  const wanted = requiredVersions(workspace, facts)
  return wanted.length > 0 ? [["download", ...wanted]] : []
}

/** Arguments of `go mod`, where it runs for them, and all that they depend on. */
export interface Download {
  in: Step
  args: string[]
  files: Mount[]
}

/** What is downloaded, in this order. */
export function listDownloads(facts: Facts): Download[] {
  return modulesOf(facts)
    .filter((module) => needsDownload(facts, module))
    .flatMap((module) =>
      downloads(facts, module)
        .filter(([what]) => what === "download")
        .map((args) => ({
          in: workIn(facts, module),
          args,
          files: provide(facts, moduleFiles(facts, module).map(asFile)).mounts,
        })),
    )
}

/**
 * Private modules once more, by steps that run whenever the project has changed: those before may be answered from a cache
 * of steps while the volume is empty, as on another machine, and what needs the modules then has no password to fetch them
 * with. Where all of them are there, it takes a tenth of a second.
 */
export function fetchPrivateModules(facts: Facts, go: GoCommand, source: Mount[]): Step[] {
  if (go.access.mounts.length === 0) return []
  const all = modulesOf(facts)
  return all.flatMap((module): Step[] => [
    ...(all.length > 1 ? [workIn(facts, module)] : []),
    ...(needsDownload(facts, module)
      ? downloads(facts, module)
          .filter(([what]) => what === "download")
          .map((args) => goMod(args, source, go))
      : []),
  ])
}

/** What the go command reads of a module to load packages of others. */
export function provideModule(facts: Facts, module: Module) {
  const vendor = facts.workspace?.folder ?? module.folder
  return provide(facts, [
    ...moduleFiles(facts, module).map(asFile),
    ...(isVendored(facts, module)
      ? [{ kind: "directory" as const, path: inFolder(vendor, "vendor") }]
      : []),
  ])
}

/** The go command reads the go.mod of every module that is part of the build, also of those of the source. */
export function moduleFiles({ workspace, localModules }: Facts, module: Module): string[] {
  const mains = workspace?.modules ?? [module]
  const folders = new Set(localModules.map(({ folder }) => folder))
  const others = [...folders].filter((folder) => !mains.some((main) => main.folder === folder))
  return [
    ...(workspace ? [inFolder(workspace.folder, "go.work")] : []),
    ...(workspace?.hasSum ? [inFolder(workspace.folder, "go.work.sum")] : []),
    ...mains.flatMap(({ folder, hasGoSum }) => [
      inFolder(folder, "go.mod"),
      ...(hasGoSum ? [inFolder(folder, "go.sum")] : []),
    ]),
    ...others.map((folder) => inFolder(folder, "go.mod")),
  ]
}

function isChecked(facts: Facts, module: Module, version: GoVersion): boolean {
  return isVendored(facts, module) && !facts.legacy && canCheckVendor(version)
}

/** What only warns is told by its step, which the engines do not run again where nothing has changed. */
export function vendorNotices(
  facts: Facts,
  version: GoVersion,
  { vendorCheck }: GoCommand,
): string[] {
  const isWarning = vendorCheck === "warn"
  return isWarning && modulesOf(facts).some((module) => isChecked(facts, module, version))
    ? [
        "--vendor-check warn: differences between vendor/ and its modules are reported when vendor/, go.mod or go.sum changes, not in each build",
      ]
    : []
}

/** A workspace has one vendor/, beside its go.work. */
function checkVendorOf(
  facts: Facts,
  module: Module,
  { mounts: caches, access, vendorCheck: mode }: GoCommand,
): Step[] {
  if (mode === "off") return []
  const folder = facts.workspace?.folder ?? module.folder
  const { copies, mounts } = provideModule(facts, module)
  return [
    ...copies,
    ...checkVendor(modulePath(facts, { folder }), [...caches, ...mounts], mode, access),
    workIn(facts, module),
  ]
}

/** Without a go line, `go mod download` writes one, which it cannot in the source. The others leave such a go.mod as it is. */
export function lacksGoLine({ workspace }: Facts, { goMod }: Module): boolean {
  return !workspace && goMod.go === undefined
}

function copyOfGoMod({ folder }: Module): string {
  return inFolder(`/modfile/${folder}`.replace(/\/$/, ""), "go.mod")
}

/** A copy that has the line which every go command assumes. https://go.dev/ref/mod#go-mod-file-go */
export function addGoLine(module: Module): Step[] {
  const { folder, hasGoSum } = module
  const goMod = copyOfGoMod(module)
  const copy = (file: string, to: string): Step => {
    const path = inFolder(folder, file)
    return { type: "copy", kind: "file", from: { source: true }, path, to }
  }
  return [
    copy("go.mod", goMod),
    // Beside it, where the go command looks for it.
    ...(hasGoSum ? [copy("go.sum", goMod.replace(/mod$/, "sum"))] : []),
    { type: "run", args: ["go", "mod", "edit", "-go=1.16", goMod], mounts: [] },
  ]
}

/**
 * Where a module of the workspace requires another one, by a version that often nobody has published, `go mod download` and
 * `go mod verify` want that version all the same, while `go build` does not (golang/go#44435).
 */
function requiresItself({ modules }: Workspace): boolean {
  const own = new Set(modules.map(({ goMod }) => goMod.module.value))
  return modules.some(({ goMod }) => goMod.requires.some(({ path }) => own.has(path)))
}

/** `path@version` of what all modules of the workspace require, each once, by its highest version. */
function requiredVersions({ modules, localReplacements }: Workspace, facts: Facts): string[] {
  const here = new Set([
    ...modules.map(({ goMod }) => goMod.module.value),
    ...[...modules, facts].flatMap(({ goMod }) =>
      goMod.localReplacements.map((each) => each.module),
    ),
    ...localReplacements.map((each) => each.module),
  ])
  const versions = new Map<string, string>()
  for (const { path, version } of modules.flatMap(({ goMod }) => goMod.requires)) {
    const other = versions.get(path)
    if (!here.has(path) && (other === undefined || isHigher(version, other))) {
      versions.set(path, version)
    }
  }
  return [...versions].map(([path, version]) => `${path}@${version}`).sort()
}

/** What is no version, the go command refuses by itself. */
function isHigher(version: string, other: string): boolean {
  return valid(version) !== null && valid(other) !== null && compare(version, other) > 0
}
