import type { Facts } from "../detect/facts.js"
import type { Settings } from "../settings/resolve.js"
import { defaultName } from "./binary-names.js"
import type { GoVersion } from "./go-version.js"
import type { Binary, Mount, RunStep, Stage, Step } from "./types.js"

export const builderStageName = "build"

/** The project's root in the builder stage, and where its programs are put. */
export const sourcePath = "/src"
export const outputPath = "/out"

/** Modules first, from go.mod and go.sum alone, so that an edit of the source does not download them again. */
export function builderStage(
  facts: Facts,
  settings: Settings,
  version: GoVersion,
  binaries: readonly Binary[],
  image: string,
): Stage {
  const caches = cacheMounts(settings, version)
  const steps: Step[] = [
    ...environment(version),
    { type: "working-directory", path: sourcePath },
    ...(needsDownload(facts) ? [downloadModules(facts, caches)] : []),
    ...compile(facts, settings, binaries, caches),
  ]
  return { name: builderStageName, from: { image }, steps }
}

function environment({ explicit }: GoVersion): Step[] {
  const values = {
    CGO_ENABLED: "0",
    GOOS: "linux",
    GOMODCACHE: moduleCache,
    GOCACHE: buildCache,
    // The images say local, which fails where go.mod wants a later patch than the image has.
    GOTOOLCHAIN: explicit ? "local" : "auto",
  }
  return Object.entries(values).map(([name, value]) => ({ type: "environment", name, value }))
}

const moduleCache = "/go/pkg/mod"
const buildCache = "/root/.cache/go-build"

/** Modules are the same for every Go; compiled packages are not, so each minor's can be dropped by itself. */
function cacheMounts({ cacheNamespace }: Settings, { minor }: GoVersion): Mount[] {
  const namespace =
    cacheNamespace?.value.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "") ||
    "go-image"
  const line = minor === undefined ? "latest" : `1.${minor}`
  return [
    { type: "cache", id: `${namespace}-modules`, target: moduleCache },
    { type: "cache", id: `${namespace}-build-${line}`, target: buildCache },
  ]
}

function needsDownload({ vendored, goMod, goWork }: Facts): boolean {
  return !vendored && (goMod.requires.length > 0 || goWork !== undefined)
}

function downloadModules({ goMod, goWork, hasGoSum }: Facts, caches: Mount[]): RunStep {
  const files = ["go.mod", ...(hasGoSum ? ["go.sum"] : [])]
  if (goWork) files.push("go.work")
  // The go command reads the go.mod of every module that is part of the build, also of those in this source tree.
  const folders = [...goMod.localReplacements, ...(goWork?.uses ?? [])].map(({ value }) => value)
  for (const folder of new Set(folders.map(normalize))) {
    if (folder !== "" && !folder.startsWith("..")) files.push(`${folder}/go.mod`)
  }
  return {
    type: "run",
    args: ["go", "mod", "download"],
    mounts: [...caches, ...files.map((file) => bind("file", file))],
  }
}

function normalize(folder: string): string {
  return folder
    .replace(/^(?:\.\/)+/, "")
    .replace(/\/+$/, "")
    .replace(/^\.$/, "")
}

function compile(
  { goMod }: Facts,
  { buildTags }: Settings,
  binaries: readonly Binary[],
  caches: Mount[],
): RunStep[] {
  const flags = [
    "-trimpath",
    "-ldflags=-s -w",
    ...(buildTags ? [`-tags=${buildTags.value.join(",")}`] : []),
  ]
  const build = (output: string, packages: string[]): RunStep => ({
    type: "run",
    args: ["go", "build", ...flags, "-o", output, ...packages],
    mounts: [...caches, bind("directory", ".")],
  })
  // Into a folder, the go command names the programs itself: all of them in one go, but for those named otherwise.
  const isNamedByGo = (binary: Binary) =>
    binaries.length > 1 && binary.name === defaultName(binary.package, goMod.module.value)
  const together = binaries.filter(isNamedByGo).map((binary) => binary.package)
  return [
    ...(together.length > 0 ? [build(`${outputPath}/`, together)] : []),
    ...binaries
      .filter((binary) => !isNamedByGo(binary))
      .map((binary) => build(binary.built, [binary.package])),
  ]
}

function bind(kind: "file" | "directory", path: string): Mount {
  const target = path === "." ? sourcePath : `${sourcePath}/${path}`
  return { type: "bind", kind, from: { source: true }, path, target }
}
