import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { addedImports } from "./modules.js"
import { commands, type Project, type Variant } from "./projects.js"
import { editLeaf, editMain, write } from "./sources.js"

export interface Situation {
  name: string
  /** For the report. */
  title: string
  variant: Variant
  /** Cold: modules, compiled packages and steps are gone before each run; only base images are there. */
  caches: "cold" | "warm"
  /** An earlier build has left a cache in a registry, which is over a network. */
  hasRegistryCache?: true
  packages: string[]
  platforms?: string[]
  /** What happens to the working copy before a run that is measured; `edition` is never the same twice. */
  change?: (source: string, edition: string, run: number, project: Project) => void
  /** Runs at most, and why not more. */
  limit?: number
}

const root = ["."]
const severalPackages = commands.map((command) => `./cmd/${command}`)

/** In the order in which they are measured. */
export const situations: Situation[] = [
  { name: "cold", title: "cold caches", variant: "plain", caches: "cold", packages: root },
  { name: "unchanged", title: "nothing changed", variant: "plain", caches: "warm", packages: root },
  {
    name: "edit-main",
    title: "one line changed in main",
    variant: "plain",
    caches: "warm",
    packages: root,
    change: (source, edition) => {
      editMain(source, edition)
    },
  },
  {
    name: "edit-leaf",
    title: "one line changed in a leaf package",
    variant: "plain",
    caches: "warm",
    packages: root,
    change: (source, edition) => {
      editLeaf(source, edition)
    },
  },
  {
    name: "throwaway",
    title: "one line changed in main, on a new machine with a cache in a registry",
    variant: "plain",
    caches: "cold",
    hasRegistryCache: true,
    packages: root,
    change: (source, edition) => {
      editMain(source, edition)
    },
  },
  {
    name: "dependency",
    title: "one dependency added",
    variant: "plain",
    caches: "warm",
    packages: root,
    change: addDependency,
    limit: addedImports.length,
  },
  {
    name: "vendored",
    title: "vendored, one line changed in main",
    variant: "vendored",
    caches: "warm",
    packages: root,
    change: (source, edition) => {
      editMain(source, edition)
    },
  },
  {
    name: "one-command",
    title: "one of four programs, cold caches",
    variant: "commands",
    caches: "cold",
    packages: severalPackages.slice(0, 1),
  },
  {
    name: "four-commands",
    title: "four programs, cold caches",
    variant: "commands",
    caches: "cold",
    packages: severalPackages,
  },
  {
    name: "one-platform",
    title: "one platform (no base image), cold caches",
    variant: "plain",
    caches: "cold",
    packages: root,
    platforms: ["linux/amd64"],
  },
  {
    name: "two-platforms",
    title: "two platforms (no base image), cold caches",
    variant: "plain",
    caches: "cold",
    packages: root,
    platforms: ["linux/amd64", "linux/arm64"],
  },
]

/** Of which edits leave something in caches: an engine's, and one in a registry, which a machine writes that stays. */
export const growingCaches: Situation[] = situations
  .filter(({ name }) => name === "edit-main" || name === "throwaway")
  .map((each) => ({ ...each, caches: "warm" }))

function addDependency(source: string, _edition: string, run: number, { folder }: Project): void {
  const added = join(folder, "added", String(run))
  for (const name of readdirSync(added)) {
    write(join(source, name), readFileSync(join(added, name), "utf8"))
  }
}
