import { UserError } from "../../errors.js"
import { listSome } from "../../list.js"
import type { FrontendRequest } from "../../settings/frontend.js"
import { frontendInputs } from "./inputs.js"
import { findMaker, readPackages, type Project } from "./maker.js"
import { findNeeds, findPathUses, packageFolders } from "./needs.js"
import { findUnbuilt } from "./unbuilt.js"
import type { Need } from "../packages/missing-files.js"
import { folderOf, inFolder, isInside } from "../modules/modules.js"
import { oncePerText, setOf } from "../once.js"
import { findNodeVersion } from "./node-version.js"
import { choosePackageManager } from "./package-manager.js"
import type { Source } from "../source.js"
import type { Notice } from "../../found.js"
import type { FrontendOutput } from "./output.js"
import { isFor, outputOf, askedOutputs } from "./asked-output.js"
import { sourcesOf } from "./source-files.js"
import type { Frontend, FrontendSearch, FoundFrontends } from "./types.js"

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
