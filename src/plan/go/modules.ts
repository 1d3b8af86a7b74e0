import type { Facts } from "../../detect/facts.js"
import type { Module } from "../../detect/modules/modules.js"
import { projectStageName } from "../stages/frontend-stage.js"
import type { Mount, Step } from "../types.js"

/** The source's root in the stages that have its files: in GOPATH mode, a package's place is its name. */
export function sourcePath({ legacy }: Pick<Facts, "legacy">): string {
  return legacy ? `/go/src/${legacy.importPath.value}` : "/src"
}

/** Where the go command runs for the packages of a module. */
export function modulePath(facts: Facts, { folder }: Pick<Module, "folder"> = facts): string {
  return folder === "" ? sourcePath(facts) : `${sourcePath(facts)}/${folder}`
}

/** A file or folder of the project in its place, for as long as a program runs. */
export function bindSource(kind: "file" | "directory", path: string, facts: Facts): Mount {
  const root = sourcePath(facts)
  const target = path === "." ? root : `${root}/${path}`
  if (path === "." && facts.frontends) {
    return { type: "bind", kind, from: { stage: projectStageName }, path: root, target }
  }
  return { type: "bind", kind, from: { source: true }, path, target }
}

/** Whose modules are downloaded: a workspace does it for all of its own. */
export function modulesOf(facts: Facts): Module[] {
  return facts.workspace ? [facts] : [...facts.furtherModules, facts]
}

/** Where the go command runs in a stage that others bring the modules to. */
export function enterModule(facts: Facts): Step[] {
  return [...moduleMode(facts), workIn(facts, facts)]
}

export function workIn(facts: Facts, module: Module): Step {
  return { type: "working-directory", path: modulePath(facts, module) }
}

export function moduleMode(facts: Facts): Step[] {
  return [...gopathMode(facts), ...(facts.withoutWorkspace ? [withoutWorkspace] : [])]
}

const withoutWorkspace: Step = { type: "environment", name: "GOWORK", value: "off" }

function gopathMode({ legacy }: Facts): Step[] {
  if (!legacy) return []
  const { workspace } = legacy
  const path = `/go/src/${legacy.importPath.value}`
  return [
    { type: "environment", name: "GO111MODULE", value: "off" },
    { type: "environment", name: "GOPATH", value: workspace ? `${path}/${workspace}:/go` : "/go" },
  ]
}

export function isVendored({ workspace }: Facts, module: Module): boolean {
  return workspace ? workspace.vendored : module.vendored
}

interface SourceEntry {
  kind: "file" | "directory"
  path: string
}

export function asFile(path: string): SourceEntry {
  return { kind: "file", path }
}

/**
 * Files and folders of the project in their places: mounted, but for those whose paths have letters that a mount of a
 * Dockerfile cannot have, which are copied. A mount of the whole project covers the copies later on.
 */
export function provide(
  facts: Facts,
  entries: readonly SourceEntry[],
): { copies: Step[]; mounts: Mount[] } {
  const canBeMounted = ({ path }: SourceEntry) => /^[ -~]*$/.test(path)
  const from = { source: true as const }
  return {
    copies: entries
      .filter((entry) => !canBeMounted(entry))
      .map((entry) => ({
        type: "copy",
        ...entry,
        from,
        to: `${sourcePath(facts)}/${entry.path}`,
      })),
    mounts: entries.filter(canBeMounted).map(({ kind, path }) => bindSource(kind, path, facts)),
  }
}
