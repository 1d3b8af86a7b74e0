import { UserError } from "../errors.js"
import { coverFiles } from "./cover.js"
import { listSome } from "../list.js"
import type { FrontendRequest } from "../settings/frontend.js"
import type { Found, Notice } from "./found.js"
import { frontendInputs, type FrontendInputs } from "./frontend-inputs.js"
import { findNeeds, findPathUses, packageFolders, type PathUse } from "./frontend-needs.js"
import type { ImportGraph } from "./import-graph.js"
import type { Need } from "./missing-files.js"
import { folderOf, inFolder, isInside, startOf } from "./modules.js"
import { matchPatterns } from "./patterns.js"
import { findNodeVersion, nodeVersionFiles, upwards } from "./node-version.js"
import { parsePackageJson, type PackageJson } from "./package-json.js"
import { choosePackageManager, readLockfiles, type PackageManager } from "./package-manager.js"
import type { Source } from "./source.js"

/** A front end that is built before the Go code: its folder and its tools. All paths are relative to the source's root. */
export interface Frontend extends FrontendInputs {
  /** Where its package.json is, and its build runs. */
  folder: string
  manager: PackageManager
  node?: Found<string>
  /** A line for a shell, instead of the script `build`. */
  command?: string
  outputs: FrontendOutput[]
  /** What says that it is built. */
  from: string
}

export interface FrontendOutput {
  kind: "directory" | "file"
  /** What the build makes. */
  path: string
  /** Where Go, or the program, looks for it. */
  to: string
  /** Whatever the source has there is replaced. */
  isReplaced: boolean
  /** Read at run time. */
  inImage: boolean
}

export interface FrontendSearch {
  files: readonly string[]
  /** Those of the files that are links. */
  links: readonly string[]
  graph: ImportGraph
  request: FrontendRequest
  /** The project's folder. */
  folder: string
  assetRoot: string
}

export interface FoundFrontends {
  frontends: Frontend[]
  /** What no front end makes. */
  missing: Need[]
  /** Folders that may make it: one of them has to be named. */
  candidates: string[]
  /** Files that nothing but their builds needs. */
  sources: ReadonlySet<string>
  notices: Notice[]
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
]
const configurations =
  /(?:^|\/)(?:(?:vite|rollup|webpack|svelte|next|nuxt|astro|rsbuild|rspack|farm|build|esbuild|snowpack|quasar|vue)(?:\.\w+)*\.(?:[cm]?[jt]s)|angular\.json)$/

/** The front ends whose output programs need and do not have, and the one that was asked for. */
export async function findFrontends(
  source: Source,
  { files, links, graph, request, folder, assetRoot }: FrontendSearch,
): Promise<FoundFrontends> {
  const isLink = new Set(links)
  const own = files.filter((file) => !isLink.has(file))
  const folders = packageFolders(own)
  const isSearched = request.mode !== "off" && folders.length > 0 && folders.length < 100
  const uses = isSearched ? await findPathUses(source, graph.files, folders, assetRoot) : []
  const needs = findNeeds(graph.embeds, uses, files)
  const nothing = { frontends: [], candidates: [], sources: new Set<string>(), notices: [] }
  const asked = request.mode === "folder" ? inFolder(folder, request.folder || ".") : undefined
  const embedded = needs.filter(({ isEmbedded }) => isEmbedded)
  if (request.mode === "off" || (needs.length === 0 && asked === undefined)) {
    return { ...nothing, missing: embedded }
  }
  const project = await readPackages(source, own, folders)
  const makers = new Map<string, Need[]>()
  const missing: Need[] = []
  const askedFolder = asked === "." ? "" : asked
  for (const need of needs) {
    const maker = findMaker(need, askedFolder, request, folder, folders, project)
    if (maker !== undefined) makers.set(maker, [...(makers.get(maker) ?? []), need])
    else if (need.isEmbedded) missing.push(need)
  }
  if (askedFolder !== undefined && !makers.has(askedFolder)) makers.set(askedFolder, [])
  const notices: Notice[] = []
  const frontends = [...makers].map(([each, needed]) => {
    const isAsked = each === askedFolder
    const outputs = isAsked
      ? askedOutputs(each, request, folder, needed, { graph, files })
      : needed.map(outputOf)
    return describe(each, outputs, {
      project,
      files,
      notices,
      request: isAsked ? request : undefined,
      from: placeOf(needed[0]),
    })
  })
  return {
    frontends,
    missing,
    candidates: folders.filter(
      (each) => project.packages.get(inFolder(each, "package.json"))?.scripts["build"],
    ),
    sources: sourcesOf(frontends, files, uses),
    notices,
  }
}

interface Project {
  contents: ReadonlyMap<string, string>
  /** Those that can be read, by their paths. */
  packages: ReadonlyMap<string, PackageJson>
  /** What is wrong with the others. */
  faults: ReadonlyMap<string, UserError>
}

async function readPackages(
  source: Source,
  files: readonly string[],
  folders: readonly string[],
): Promise<Project> {
  const places = new Set(folders.flatMap(upwards))
  const wanted = files.filter((file) => {
    const at = file.slice(0, Math.max(file.lastIndexOf("/"), 0))
    const name = file.slice(startOf(at).length)
    if (places.has(at) && readNames.includes(name)) return true
    const above = at.endsWith("/.config") ? at.slice(0, -"/.config".length) : undefined
    if (above !== undefined && places.has(above) && name === "mise.toml") return true
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

/** The folder whose build makes it: the nearest one above it, else the only one that says so. */
function findMaker(
  need: Need,
  asked: string | undefined,
  request: FrontendRequest,
  projectFolder: string,
  folders: readonly string[],
  project: Project,
): string | undefined {
  if (asked !== undefined) {
    const output =
      request.output === undefined ? undefined : inFolder(projectFolder, request.output)
    const isIn = [asked, output].some((each) => each !== undefined && isInside(need.path, each))
    if (isIn || request.output !== undefined) return asked
  }
  const builds = (folder: string) => {
    const file = inFolder(folder, "package.json")
    const fault = project.faults.get(file)
    if (fault && isInside(need.path, folder) && folder !== "") throw fault
    return project.packages.get(file)?.scripts["build"] !== undefined
  }
  const above = upwards(need.path).filter((folder) => folders.includes(folder))
  const nearest = above.find(builds)
  if (nearest !== undefined) return nearest
  const writers = folders.filter((folder) => builds(folder) && writesTo(folder, need.path, project))
  return writers.length === 1 ? writers[0] : undefined
}

/** Whether its configuration, or a script, has a path that is this one: `outDir: "../internal/ui/dist"`. */
function writesTo(folder: string, path: string, { contents }: Project): boolean {
  const up = startOf(folder).replace(/[^/]+\//g, "../")
  const parts = folder.split("/")
  // The shortest way there from the folder.
  let same = 0
  while (same < parts.length && path.split("/")[same] === parts[same]) same++
  const way = "../".repeat(parts.length - same) + path.split("/").slice(same).join("/")
  return [...contents].some(([file, text]) => {
    const isOwn = isInside(file, folder) && !file.slice(startOf(folder).length).includes("/")
    return isOwn && (text.includes(way) || text.includes(up + path))
  })
}

function outputOf({ path, kind, isShared, isEmbedded }: Need): FrontendOutput {
  return {
    kind,
    path,
    to: path,
    isReplaced: !isShared && kind === "directory",
    inImage: !isEmbedded,
  }
}

/** What the front end that was asked for makes, and where that goes. */
function askedOutputs(
  folder: string,
  { output, from }: FrontendRequest,
  projectFolder: string,
  needed: readonly Need[],
  { graph, files }: Pick<FrontendSearch, "graph" | "files">,
): FrontendOutput[] {
  if (output === undefined) {
    if (needed.length > 0) return needed.map(outputOf)
    // What is there already is built anew.
    const embedded = graph.embeds
      .map(({ path }) => path.replace(/\\(.)/g, "$1").replace(/\/?[^/]*[*?[].*$/s, ""))
      .filter((path) => path !== folder && isInside(path, folder))
      .map((path) => madeFolder(path, folder))
    const found = [...new Set(embedded)]
    if (found.length > 0) {
      return found.map((path) => ({
        kind: "directory",
        path,
        to: path,
        isReplaced: true,
        inImage: false,
      }))
    }
    throw new UserError(`what the front end in ${folder || "."} makes is not known (${from})`, {
      hint: `Name the folder that its build makes: --frontend ${folder || "."} --frontend output=${inFolder(folder, "dist")}`,
    })
  }
  const path = inFolder(projectFolder, output)
  const inside = needed.filter((need) => isInside(need.path, path) || isInside(path, need.path))
  const others = needed.filter((need) => !inside.includes(need))
  const isEmbedded = graph.embeds.some((embed) => isInside(embed.path, path))
  const own: FrontendOutput = {
    kind: "directory",
    path,
    to: path,
    isReplaced:
      path !== "" &&
      path !== folder &&
      !files.some((file) => file.endsWith(".go") && isInside(file, path)),
    inImage:
      inside.length > 0
        ? inside.some((need) => !need.isEmbedded)
        : !isEmbedded && others.length === 0,
  }
  // Elsewhere: a copy is what Go looks for.
  const copies = others.map((need) => ({ ...outputOf(need), kind: "directory" as const, path }))
  return inside.length > 0 || copies.length === 0 ? [own, ...copies] : copies
}

/** `web/dist/assets` is of `web/dist`: the first folder below the front end's. */
function madeFolder(path: string, folder: string): string {
  const start = startOf(folder)
  const [first = ""] = path.slice(start.length).split("/")
  return start + first
}

function placeOf(need: Need | undefined): string {
  return need ? `${need.file}:${need.line}` : "default"
}

function describe(
  folder: string,
  outputs: FrontendOutput[],
  made: {
    project: Project
    files: readonly string[]
    notices: Notice[]
    request: FrontendRequest | undefined
    from: string
  },
): Frontend {
  const { project, files, notices, request } = made
  const { contents, packages, faults } = project
  const file = inFolder(folder, "package.json")
  const packageJson = packages.get(file)
  const from = request?.from ?? made.from
  if (!packageJson) {
    throw (
      faults.get(file) ??
      new UserError(`no package.json in ${folder || "."} (${from})`, {
        hint:
          packages.size > 0
            ? `Folders with one: ${listSome([...packages.keys()].map((each) => folderOf(each) || "."))}`
            : "No folder of the source has one.",
      })
    )
  }
  if (request?.command === undefined && packageJson.scripts["build"] === undefined) {
    throw new UserError(`no script \`build\` in package.json (${from})`, {
      place: { file },
      hint: "Add one, or name the command: --frontend command=LINE",
    })
  }
  const inputs = frontendInputs(folder, outputs, { files, contents, packages, packageJson })
  const manager = choosePackageManager(inputs.root, {
    packageJson: packages.get(inFolder(inputs.root, "package.json")) ?? packageJson,
    files: new Set(files),
    contents,
  })
  if (inputs.installs && manager.lockfile === undefined) {
    const message = "there is no lockfile, so that each build may get other packages"
    notices.push({ file, message })
  }
  return {
    folder,
    ...inputs,
    manager,
    node: findNodeVersion(folder, contents, packages, notices),
    ...(request?.command === undefined ? {} : { command: request.command }),
    outputs,
    from,
  }
}

/** All of a folder whose output is all that the program has of it: nothing of Go names anything else there. */
function sourcesOf(
  frontends: readonly Frontend[],
  files: readonly string[],
  uses: readonly PathUse[],
): Set<string> {
  const sources = new Set<string>()
  for (const { folder, members, outputs } of frontends) {
    const isOutput = (path: string) => outputs.some(({ to }) => isInside(path, to))
    const made = outputs.filter(({ isReplaced }) => isReplaced).map(({ to }) => to)
    const own = [folder, ...members]
      .filter((each) => each !== "")
      .map((each) => {
        const isNamed = uses.some(({ path }) => isInside(path, each) && !isOutput(path))
        return isNamed ? `${each}/src` : each
      })
    for (const file of files) {
      if ([...own, ...made].some((each) => isInside(file, each))) sources.add(file)
    }
  }
  return sources
}

/** Whether one of them is built from a file. */
export function frontendMatcher(frontends: readonly Frontend[]): (file: string) => boolean {
  const all = frontends.map(({ root, exclude }) => ({
    start: startOf(root),
    isExcluded: matchPatterns(exclude),
  }))
  return (file) =>
    all.some(
      ({ start, isExcluded }) => file.startsWith(start) && !isExcluded(file.slice(start.length)),
    )
}

/** Folders of the image with those of what front ends make for it; paths relative to the asset root. */
export function withOutputs(
  folders: readonly string[],
  frontends: readonly Frontend[],
  assetRoot: string,
): string[] {
  const made = frontends
    .flatMap(({ outputs }) => outputs)
    .filter(({ inImage, to }) => inImage && isInside(to, assetRoot))
    .map(({ to, kind }) => (kind === "file" ? folderOf(to) : to).slice(startOf(assetRoot).length))
  const all = made.flatMap(upwards).filter((folder) => folder !== "")
  return [...new Set([...folders, ...all])].sort()
}

/** Of the files that only front ends are built from; none where it is not known what the compiler reads. */
export function sourcePatterns(
  { sources }: FoundFrontends,
  files: readonly string[],
  graph: ImportGraph,
): string[] {
  const isSource = (file: string) =>
    graph.files !== undefined && sources.has(file) && !graph.files.has(file)
  const covered = files.filter(isSource)
  return coverFiles({ covered, others: files.filter((file) => !isSource(file)), folders: [] })
}
