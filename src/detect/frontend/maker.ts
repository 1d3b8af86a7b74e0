import { UserError } from "../../errors.js"
import type { Need } from "../packages/missing-files.js"
import { folderOf, inFolder, isInside, startOf } from "../modules/modules.js"
import { nodeVersionFiles, upwards } from "./node-version.js"
import { parsePackageJson, type PackageJson } from "./package-json.js"
import { readLockfiles } from "./package-manager.js"
import type { Source } from "../source.js"

/** What the files of front ends say. */
export interface Project {
  contents: ReadonlyMap<string, string>
  /** Those that can be read, by their paths. */
  packages: ReadonlyMap<string, PackageJson>
  /** What is wrong with the others. */
  faults: ReadonlyMap<string, UserError>
}

/** Files of front ends that are read: what they are built with, and where they put what they make. */
const readNames = [
  "package.json",
  ...nodeVersionFiles,
  ...readLockfiles,
  ".npmrc",
  ".yarnrc.yml",
  "pnpm-workspace.yaml",
  "bunfig.toml",
  "Dockerfile",
]
export const configurations =
  /(?:^|\/)(?:(?:vite|rollup|webpack|svelte|next|nuxt|astro|rsbuild|rspack|farm|build|esbuild|snowpack|quasar|vue)(?:\.\w+)*\.(?:[cm]?[jt]s)|angular\.json)$/

export async function readPackages(
  source: Source,
  files: readonly string[],
  folders: readonly string[],
): Promise<Project> {
  const places = new Set(folders.flatMap(upwards))
  const wanted = files.filter((file) => {
    const at = folderOf(file)
    const name = file.slice(startOf(at).length)
    if (places.has(at) && readNames.includes(name)) return true
    if (places.has(at.replace(/(?:^|\/)\.config$/, "")) && name === "mise.toml") return true
    return folders.includes(at) && configurations.test(file)
  })
  const contents = await source.read(wanted)
  const packages = new Map<string, PackageJson>()
  const faults = new Map<string, UserError>()
  for (const folder of folders) {
    const file = inFolder(folder, "package.json")
    const text = contents.get(file)
    if (text === undefined) continue
    try {
      packages.set(file, parsePackageJson(text, file))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      faults.set(file, error)
    }
  }
  return { contents, packages, faults }
}

/** Whose build makes it, and by which script. */
export interface Maker {
  folder: string
  script: string
}

/** The nearest folder above it, else the only one that says so, else the root of the source. */
export function findMaker(
  need: Need,
  folders: readonly string[],
  project: Project,
): Maker | undefined {
  const builds = (folder: string) => {
    const file = inFolder(folder, "package.json")
    const fault = project.faults.get(file)
    if (fault && isInside(need.path, folder) && folder !== "") throw fault
    return project.packages.get(file)?.scripts["build"] !== undefined
  }
  const above = upwards(need.path).filter((folder) => folders.includes(folder) && builds(folder))
  const [nearest] = above
  if (nearest !== undefined && nearest !== "") return { folder: nearest, script: "build" }
  const writers = folders.flatMap((folder) => {
    const script = scriptWriting(folder, need.path, project)
    return script === undefined ? [] : [{ folder, script }]
  })
  if (writers.length === 1) return writers[0]
  return nearest === undefined || need.isStandIn ? undefined : { folder: nearest, script: "build" }
}

/** The script that has the way to that path, `--outDir=../internal/ui/dist`; or `build`, where its configuration has. */
function scriptWriting(
  folder: string,
  path: string,
  { contents, packages }: Project,
): string | undefined {
  const scripts = packages.get(inFolder(folder, "package.json"))?.scripts ?? {}
  const ways = waysTo(folder, path)
  const has = (text: string) => ways.some((way) => text.includes(way))
  const own = Object.entries(scripts).filter(([, text]) => has(text))
  const named = own.find(([name]) => name === "build") ?? own[0]
  if (named) return named[0]
  if (scripts["build"] === undefined) return undefined
  const isSaid = [...contents].some(
    ([file, text]) => folderOf(file) === folder && !file.endsWith(".json") && has(text),
  )
  return isSaid ? "build" : undefined
}

/** From the folder, as short as it can be, and by way of the root. */
function waysTo(folder: string, path: string): string[] {
  const from = folder.split("/").filter(Boolean)
  const to = path.split("/")
  let same = 0
  while (same < from.length && to[same] === from[same]) same++
  const short = "../".repeat(from.length - same) + to.slice(same).join("/")
  return from.length === 0 ? [] : [short, "../".repeat(from.length) + path]
}
