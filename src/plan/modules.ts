import { posix } from "node:path"
import type { Facts } from "../detect/facts.js"
import type { Found } from "../detect/found.js"
import { UserError } from "../errors.js"
import type { GoVersion } from "./go-version.js"
import type { Mount, RunStep, Step } from "./types.js"
import { canCheckVendor, checkVendor } from "./vendor-check.js"

/** The project's root in the stages that have its files: in GOPATH mode, a package's place is its name. */
export function sourcePath({ legacy }: Facts): string {
  return legacy ? `/go/src/${legacy.importPath.value}` : "/src"
}

/** A file or folder of the project in its place, for as long as a program runs. */
export function bindSource(kind: "file" | "directory", path: string, facts: Facts): Mount {
  const root = sourcePath(facts)
  const target = path === "." ? root : `${root}/${path}`
  return { type: "bind", kind, from: { source: true }, path, target }
}

/** Modules first, from go.mod and go.sum alone, so that an edit of the source does not download them again. */
export function prepareModules(facts: Facts, version: GoVersion, mounts: Mount[]): Step[] {
  return [
    ...gopathMode(facts),
    { type: "working-directory", path: sourcePath(facts) },
    ...(needsDownload(facts) ? downloadModules(facts, mounts) : []),
    ...(facts.vendored && !facts.legacy && canCheckVendor(version)
      ? checkVendor(sourcePath(facts), vendorMounts(facts, mounts))
      : []),
  ]
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

function vendorMounts(facts: Facts, mounts: Mount[]): Mount[] {
  const files = ["go.mod", ...(facts.hasGoSum ? ["go.sum"] : [])]
  return [
    ...mounts,
    ...files.map((file) => bindSource("file", file, facts)),
    bindSource("directory", "vendor", facts),
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
  const mounts = [...caches, ...files.map((file) => bindSource("file", file, facts))]
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
