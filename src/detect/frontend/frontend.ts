import { UserError } from "../../errors.js"
import { coverFiles } from "../patterns/cover.js"
import { listSome } from "../../list.js"
import type { FrontendRequest } from "../../settings/frontend.js"
import { frontendInputs, type FrontendInputs } from "./inputs.js"
import { findMaker, readPackages, type Project } from "./maker.js"
import { findNeeds, findPathUses, packageFolders, type PathUse } from "./needs.js"
import { findUnbuilt } from "./unbuilt.js"
import type { ImportGraph } from "../code/import-graph.js"
import type { Need } from "../packages/missing-files.js"
import { folderOf, inFolder, isInside, startOf } from "../modules/modules.js"
import { oncePerText, setOf } from "../once.js"
import { matchPatterns } from "../../patterns/patterns.js"
import { findNodeVersion, upwards } from "./node-version.js"
import { choosePackageManager, type PackageManager } from "./package-manager.js"
import type { Source } from "../source.js"
import type { Found } from "../../found.js"
import type { Notice } from "../../found.js"
import type { FrontendOutput } from "./output.js"

/** A front end that is built before the Go code: its folder and its tools. All paths are relative to the source's root. */
export interface Frontend extends FrontendInputs {
  /** Where its package.json is, and its build runs. */
  folder: string
  manager: PackageManager
  node?: Found<string>
  /** The one of package.json that is its build. */
  script: string
  /** A line for a shell, instead of that. */
  command?: string
  outputs: FrontendOutput[]
  /** What says that it is built. */
  from: string
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

/** The front ends whose output programs need and do not have, and the one that was asked for. */
export async function findFrontends(
  source: Source,
  { files, links, graph, request, folder, assetRoot }: FrontendSearch,
): Promise<FoundFrontends> {
  const own = withoutLinks(files, "", () => {
    const isLink = setOf(links)
    return files.filter((file) => !isLink.has(file))
  })
  const folders = packageFolders(own)
  const isSearched = request.mode !== "off" && folders.length > 0 && folders.length < 100
  const uses = isSearched ? await findPathUses(source, graph.files, folders, assetRoot) : []
  const lacking = findNeeds(graph.embeds, uses, files)
  const nothing = { frontends: [], candidates: [], sources: new Set<string>(), notices: [] }
  const asked = request.mode === "folder" ? inFolder(folder, request.folder || ".") : undefined
  const embedded = lacking.filter(({ isEmbedded, isStandIn }) => isEmbedded && !isStandIn)
  const isClear = lacking.length === 0 && asked === undefined
  if (request.mode === "off" || (isClear && !(isSearched && graph.embeds.length > 0))) {
    return { ...nothing, missing: embedded }
  }
  const project = await readPackages(source, own, folders)
  const unbuilt = findUnbuilt(graph.embeds, folders, project, files)
  const needs = [
    ...lacking,
    ...unbuilt.filter(({ path }) => !lacking.some((each) => isInside(path, each.path))),
  ]
  if (needs.length === 0 && asked === undefined) return { ...nothing, missing: [] }
  const makers = new Map<string, Need[]>()
  const scripts = new Map<string, string>()
  const missing: Need[] = []
  const askedFolder = asked === "." ? "" : asked
  for (const need of needs) {
    const maker = isFor(need, askedFolder, request)
      ? { folder: askedFolder ?? "", script: "build" }
      : findMaker(need, folders, project)
    if (maker) {
      makers.set(maker.folder, [...(makers.get(maker.folder) ?? []), need])
      scripts.set(maker.folder, maker.script)
    } else if (need.isEmbedded && !need.isStandIn) missing.push(need)
  }
  if (askedFolder !== undefined && !makers.has(askedFolder)) makers.set(askedFolder, [])
  const notices: Notice[] = []
  const frontends = [...makers].map(([each, needed]) => {
    const isAsked = each === askedFolder
    if (isAsked) packageIn(each, project, request.from)
    const outputs = isAsked
      ? askedOutputs(each, request, folder, needed, { graph, files })
      : needed.map(outputOf)
    return describe(each, outputs, {
      project,
      files,
      notices,
      request: isAsked ? request : undefined,
      script: scripts.get(each) ?? "build",
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

/** Links are of the same survey as the files. */
const withoutLinks = oncePerText<readonly string[], string[]>()

/** Whether it is what the front end that was asked for makes. */
function isFor({ path }: Need, asked: string | undefined, { output }: FrontendRequest): boolean {
  if (asked === undefined) return false
  return output !== undefined || isInside(path, asked)
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
    // An existing output is built again.
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
    throw new UserError(
      `the output folder of the front end in ${folder || "."} is not known (${from})`,
      {
        hint: `Name the folder that its build writes: --frontend ${folder || "."} --frontend output=${inFolder(folder, "dist")}`,
      },
    )
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
    script: string
    from: string
  },
): Frontend {
  const { project, files, notices, request, script } = made
  const { contents, packages } = project
  const file = inFolder(folder, "package.json")
  const from = request?.from ?? made.from
  const packageJson = packageIn(folder, project, from)
  if (request?.command === undefined && packageJson.scripts[script] === undefined) {
    throw new UserError(`no script \`${script}\` in package.json (${from})`, {
      place: { file },
      hint: "Add one, or name the command: --frontend command=LINE",
    })
  }
  const inputs = frontendInputs(folder, outputs, { files, contents, packages, packageJson })
  const manager = choosePackageManager(inputs.root, {
    packageJson: packages.get(inFolder(inputs.root, "package.json")) ?? packageJson,
    files: setOf(files),
    contents,
  })
  if (inputs.installs && manager.lockfile === undefined) {
    const message = "there is no lockfile: each build may get other packages"
    notices.push({ file, message })
  }
  return {
    folder,
    ...inputs,
    manager,
    node: findNodeVersion(folder, contents, packages, notices),
    script,
    ...(request?.command === undefined ? {} : { command: request.command }),
    outputs,
    from,
  }
}

function packageIn(folder: string, { packages, faults }: Project, from: string) {
  const file = inFolder(folder, "package.json")
  const packageJson = packages.get(file)
  if (packageJson) return packageJson
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
