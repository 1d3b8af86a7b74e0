import type { DetectedProject } from "../detect/detect.js"
import type { Source } from "../detect/source.js"
import { UserError } from "../errors.js"
import { defaultName } from "../detect/packages/program-name.js"
import { parsePlatform, splitPlatforms } from "../plan/bases/platform.js"
import { parseReference } from "../reference.js"
import { parseTokenHost } from "../settings/access/access.js"
import { findTests } from "./find-tests.js"
import { imageOfRemote, ownName } from "./image-name.js"
import type { ModuleToken, Pipeline, ServiceTests } from "./pipeline.js"
import { foldersOf, placeOf, type Place } from "./place.js"
import {
  ciProviderNames,
  ciProviders,
  findProvider,
  type CiProvider,
  type CiProviderName,
} from "./providers.js"
import { jobToken } from "./providers/gitlab.js"
import { toDo } from "./to-do.js"

export interface PipelineRequest {
  /** By default, the one that the repository uses. */
  provider?: string
  /** Who named the provider. */
  providerFrom?: string
  /** Name of the image, without a tag; by default, in the registry that belongs to the repository's host. */
  image?: string
  /** That images are pushed from. */
  branch?: string
  tool?: string
  /** Of the project in its repository. */
  folder?: string
  /** Files of the repository that tell which provider it uses, and whether Dagger is. */
  files: readonly string[]
  /** One of them, to see whose pipeline it is. */
  read?: (file: string) => string | undefined
  /** Where the repository is, as a web address. */
  remote?: string
  /** Targets of project.toml. */
  targets: readonly string[]
  /** It has more of them, in other folders. */
  isPart?: boolean
}

export interface PipelineFile {
  provider: CiProviderName
  /** Where it belongs in the repository. */
  file: string
  /** Folders whose pipeline that file is, where it is not this project's and the provider reads no other. */
  taken?: string[]
  text: string
  /** What was found, and what is left to do. */
  notes: string[]
}

/** The pipeline of a project, as the file of the provider that its repository uses. */
export async function writePipeline(
  source: Source,
  detected: DetectedProject,
  request: PipelineRequest,
): Promise<PipelineFile> {
  const chosen = chooseProvider(request)
  const provider: CiProvider = ciProviders[chosen.name]
  const { write, title } = provider
  const { folder = ".", read = () => undefined } = request
  const place = placeOf(provider, folder, read)
  const tests = await findTests(source, detected, folder)
  const asked = { ...request, service: place.service }
  const pipeline = describe(detected, asked, chosen.name, tests.tests)
  return {
    provider: chosen.name,
    file: place.file,
    taken: place.taken,
    text: write(pipeline),
    notes: [
      `provider: ${title} (${chosen.from})${chosen.others.length > 0 ? `; also used: ${chosen.others.join(", ")} (--provider)` : ""}`,
      ...placeNotes(place, provider, asked),
      ...(folder === "." ? partNotes(place.file, request.files, read) : []),
      ...tests.notes,
      ...toDo(pipeline, chosen.name),
    ],
  }
}

function placeNotes(
  { file, service, others = [] }: Place,
  usual: CiProvider,
  { folder = ".", image, targets }: PipelineRequest,
): string[] {
  if (service === undefined) {
    return folder === "." || usual.beside || others.length > 0
      ? []
      : [`${usual.title} reads one file of a repository, and this one is about ${folder} alone`]
  }
  const named =
    image === undefined && targets.length === 0
      ? `; its image has a name of its own, .../${service}`
      : ""
  const theirs = others.map((each) => (each === "." ? "the root of the repository" : each))
  return [`${usual.file} builds ${theirs.join(", ")}, so ${folder} has ${file} beside it${named}`]
}

/** Where all of a repository gets one pipeline after its services had theirs. */
function partNotes(
  file: string,
  files: readonly string[],
  read: (file: string) => string | undefined,
): string[] {
  return files.flatMap((each) => {
    if (each === file || !/^\.github\/workflows\/image-[^/]+\.yml$/.test(each)) return []
    const folders = foldersOf(read(each) ?? "")
    if (folders.length === 0 || folders.includes(".")) return []
    return [`${each} builds ${folders.join(", ")}: delete it where ${file} builds that, too`]
  })
}

function chooseProvider({ provider, providerFrom = "--provider", files, remote }: PipelineRequest) {
  if (provider === undefined) {
    const found = findProvider(files, remote)
    if (found) return found
    throw new UserError("nothing says which CI provider the repository uses", {
      hint: `Choose one: --provider ${ciProviderNames.join(", --provider ")}`,
    })
  }
  const name = ciProviderNames.find((each) => each === provider.toLowerCase())
  if (name) return { name, from: providerFrom, others: [] }
  throw new UserError(`unknown CI provider ${JSON.stringify(provider)} (--provider)`, {
    hint: `Known ones: ${ciProviderNames.join(", ")}`,
  })
}

function describe(
  { facts, settings }: DetectedProject,
  request: PipelineRequest & Pick<Pipeline, "service">,
  provider: CiProviderName,
  tests: ServiceTests | undefined,
): Pipeline {
  const { branch = "main", folder = ".", image, remote, service, targets } = request
  if (!/^[\w][\w./-]*$/.test(branch)) {
    throw new UserError(`not the name of a branch: ${JSON.stringify(branch)} (--branch)`)
  }
  if (!/^[\w.][\w./@+-]*$/.test(folder)) {
    throw new UserError(`a folder that a pipeline's shell would not read as it is: ${folder}`, {
      hint: "Give it a name of letters, digits and . _ - + @ without blanks.",
    })
  }
  const platforms = splitPlatforms(settings.platform).map(
    (each) => parsePlatform(each)?.reference ?? each.value,
  )
  const privateModules = settings.privateModules?.value ?? []
  const checks = ["test", "vet", ...(facts.lintConfiguration === undefined ? [] : ["lint"])]
  return {
    tool: chooseTool(request, provider),
    isWorkspace: request.files.includes("dagger.toml"),
    name: (facts.goMod.module.value ? defaultName(facts.goMod.module.value) : "app").toLowerCase(),
    image: image === undefined ? imageOf(provider, remote, ownName(request)) : checkImage(image),
    service,
    branch,
    folder,
    targets,
    isPart: request.isPart,
    ...(platforms.length > 1 && { platforms }),
    checks: tests ? checks.slice(1) : checks,
    tests,
    tokens: tokensOf(privateModules, provider, remote),
    privateModules: privateModules.filter((each) => /^[\w./*@~-]+$/.test(each)),
  }
}

/** In place of a name, GitHub and GitLab have variables for their own registries; GitHub's may have capital letters. */
function imageOf(provider: CiProviderName, remote = "", own = ""): string | undefined {
  if (provider === "gitlab") return undefined
  if (provider === "github" && remote === remote.toLowerCase()) return undefined
  const image = imageOfRemote(remote)
  return image === undefined ? undefined : `${image}${own}`
}

function checkImage(text: string): string {
  parseReference(text, "--image")
  if (!/[@:][^/]*$/.test(text)) return text
  throw new UserError(`a tag or a digest in ${text} (--image)`, {
    hint: "The pipeline tags the image with the commit: give its name alone.",
  })
}

function chooseTool({ tool, files }: PipelineRequest, provider: CiProviderName): Pipeline["tool"] {
  if (tool === "dagger" && provider === "bitbucket") {
    throw new UserError(
      "Bitbucket's runners start no privileged containers, as Dagger's engine is",
      {
        hint: "Leave --with out: the pipeline then builds with the runner's Docker.",
      },
    )
  }
  if (tool === "dagger" || tool === "docker") return tool
  if (tool !== undefined) {
    throw new UserError(`unknown tool ${JSON.stringify(tool)} (--with)`, {
      hint: "dagger, for Dagger's functions; docker, for the command line with the runner's Docker.",
    })
  }
  const isDaggers = files.some((file) => /^dagger\.(?:json|toml)$/.test(file))
  return isDaggers && provider !== "bitbucket" ? "dagger" : "docker"
}

/** A secret for each host of private modules; a GitLab job's own token serves for its own GitLab. */
function tokensOf(
  patterns: readonly string[],
  provider: CiProviderName,
  remote: string | undefined,
): ModuleToken[] {
  const hosts = new Set(
    patterns
      .map((pattern) => pattern.split("/")[0] ?? "")
      .filter((host) => /^[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+$/i.test(host))
      .map((host) => parseTokenHost(host, "private-modules").host),
  )
  // A GitLab may be at any address, but not where another provider's repositories are.
  const own = findProvider([], remote)?.name ?? "gitlab"
  const ownHost =
    URL.canParse(remote ?? "") && own === provider ? new URL(remote ?? "").host : undefined
  return [...hosts].map((host) => {
    if (provider === "gitlab" && host === ownHost) {
      return { host: `gitlab-ci-token@${host}`, variable: jobToken }
    }
    const suffix = hosts.size === 1 ? "" : `_${host.replace(/[.-]/g, "_").toUpperCase()}`
    return { host, variable: `MODULES_TOKEN${suffix}` }
  })
}
