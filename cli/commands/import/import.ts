import { posix } from "node:path"
import { goName } from "../../../src/detect/packages/main-packages.js"
import { workingDirectory } from "../../../src/settings/image-paths.js"
import { detect } from "../../../src/detect/detect.js"
import { koFiles as koFileNames } from "../../../src/detect/project/build-configs.js"
import { readDescriptor, descriptorFiles } from "../../../src/detect/project/descriptor.js"
import { folderOf, inFolder } from "../../../src/detect/modules/modules.js"
import { UserError } from "../../../src/errors.js"
import { assemblePlan } from "../../../src/plan/assemble.js"
import type { Options } from "../../../src/options.js"
import { settingNames, toKebabCase } from "../../../src/settings/table/table.js"
import type { Target } from "../init/project-toml.js"
import type { Request } from "../../request.js"
import { openSource } from "../build/build.js"
import type { Facts } from "../../../src/detect/facts.js"
import { hasOwnBase, missingOfDockerfile } from "../../../src/plan/image/own-dockerfile/notices.js"
import type { Plan } from "../../../src/plan/types.js"
import type { Settings } from "../../../src/settings/resolve.js"
import { importAppJson } from "./heroku/app-json.js"
import { withGoVersion } from "./heroku/go-version.js"
import { herokuFile, importHerokuYml } from "./heroku/heroku-yml.js"
import { importSlugignore, slugignoreFile } from "./heroku/slugignore.js"
import { otherCommand } from "./dockerfile/command.js"
import { importDockerfile } from "./dockerfile/dockerfile.js"
import type { KnownImage } from "./dockerfile/known-image.js"
import { onlyCopied } from "./dockerfile/only-copied.js"
import type { FoundOption } from "./found.js"
import { importKoFiles } from "./ko/import-ko.js"
import { splitPlatforms } from "../../../src/plan/bases/platform.js"
import {
  importKoReferences,
  importManifests,
  readManifests,
  type ProgramPath,
} from "./manifests.js"
import { withoutOwnCommands } from "./own-command.js"
import { importBuildpacks } from "./paketo.js"
import { importNixpacks, importRailpack } from "./railpack.js"
import { importHeroku, importProcfile, importVariables } from "./variables.js"

export interface Imported {
  found: FoundOption[]
  /** For project.toml, without what it has already. */
  settings: Options
  /** For project.toml, where one file describes several images and it has none yet. */
  targets: Target[]
  /** Of the project. */
  folder: string
}

/** What the files of other systems mean here; builds read the same files by the same readers. */
export async function importProject(request: Request): Promise<Imported> {
  const { source, folder, git } = openSource(request)
  const own = folder?.value ?? ""
  // With Git, as a build has it, which sets what says a version.
  const { facts, settings } = await detect(source, { options: {}, environment: {}, folder, git })
  const { files } = await source.survey()
  const at = (...names: string[]) => {
    const all = [own, ""].flatMap((each) => names.map((name) => inFolder(each, name)))
    return all.filter((file) => files.includes(file)).slice(0, 1)
  }
  const dockerfile = dockerfileOf(facts) ?? at("Dockerfile", "Containerfile")
  const of = {
    dockerfile,
    ko: at(...koFileNames),
    procfile: at("Procfile"),
    appJson: at("app.json"),
    heroku: at(herokuFile),
    slugignore: at(slugignoreFile),
    railpack: at("railpack.json"),
    nixpacks: at("nixpacks.toml"),
    descriptor: descriptorFiles(own).filter((file) => files.includes(file)),
  }
  const contents = await source.read(Object.values(of).flat())
  const read = (names: readonly string[], reader: (text: string, file: string) => FoundOption[]) =>
    names.flatMap((file) => {
      const text = contents.get(file)
      return text === undefined ? [] : reader(text, file)
    })
  const descriptor = readDescriptor(own, contents)
  const plan = planOf(facts, withGoVersion(facts, settings))
  const known = knownOf(facts, settings, plan)
  const project = { source, folder, facts, settings }
  const heroku = await Promise.all(
    of.heroku.map((file) => importHerokuYml(contents.get(file) ?? "", file)),
  )
  const [theirs = ""] = of.dockerfile
  const only = await onlyCopied(contents.get(theirs) ?? "", theirs, { ...project, files })
  const manifests = await readManifests(source, files)
  const [koFile] = of.ko
  const koText = koFile === undefined ? "" : (contents.get(koFile) ?? "")
  const koFiles = { file: koFile, text: koText, descriptor, known, manifests, files }
  const ko = await importKoFiles(project, koFiles)
  const all = [
    ...read(of.dockerfile, (text, file) => {
      const { brokenLinks, frontends } = facts
      const hasFrontend = frontends !== undefined
      const programs = known.programs?.map(({ name }) => name) ?? []
      const of = { folder: folderOf(file), files, brokenLinks, hasFrontend, programs }
      return importDockerfile(text, file, { ...known, files: { ...of, ...(only && { only }) } })
    }),
    ...ko.found,
    ...importManifests(manifests, known.programs ?? []),
    ...importKoReferences(manifests),
    ...read(of.procfile, importProcfile),
    ...importHeroku(facts, settings),
    ...read(of.appJson, importAppJson),
    ...heroku.flat(),
    ...read(of.slugignore, (text, file) => importSlugignore(text, file, files)),
    ...importVariables(descriptor),
    ...read(of.descriptor.slice(0, 1), importBuildpacks),
    ...read(of.railpack, importRailpack),
    ...read(of.nixpacks, importNixpacks),
  ]
  const found = withoutOwnCommands(all, facts, plan)
  return {
    found,
    targets: ko.targets,
    settings: merge(found, [...descriptor.table.keys()]),
    folder: source.folder + (own && `/${own}`),
  }
}

/** What a build makes of the project as it is. */
function knownOf(facts: Facts, settings: Settings, plan: Plan | undefined): KnownImage {
  const from = plan?.decisions.find(({ what }) => what === "port")?.from ?? ""
  return {
    missing: missingOfDockerfile(facts, settings, plan?.binaries ?? []),
    stamped: (facts.stampVariables ?? []).flatMap(({ symbol, own }) =>
      own === undefined ? [symbol] : [],
    ),
    buildTags: settings.buildTags?.value ?? [],
    isWithoutC: plan !== undefined && isWithoutC(plan),
    hasOwnBase: hasOwnBase(settings),
    programs: programsOf(facts, plan),
    hasOwnUser: (settings.user ?? settings.root) !== undefined,
    command: otherCommand(facts, plan),
    ...(plan && {
      ports: { value: plan.image.ports, from },
      labels: plan.image.labels.map(({ name, value }) => `${name}=${value}`),
    }),
  }
}

/** Where there is an image of each program, it is alone there. */
function programsOf({ programs }: Facts, plan: Plan | undefined): ProgramPath[] {
  if (!plan)
    return programs.mainPackages.map(({ importPath }) => {
      const name = goName(importPath)
      const installed = `${workingDirectory}/${name}`
      return { name, installed, isOnPath: false, workingDirectory }
    })
  const { steps = [] } = plan.stages.at(-1) ?? {}
  const start = steps.find((step) => step.type === "working-directory")?.path ?? workingDirectory
  const path = plan.image.environment.find(({ name }) => name === "PATH")?.value.split(":") ?? []
  return plan.binaries.map(({ name, installed }) => ({
    ...{ name, installed, workingDirectory: start },
    isOnPath: [...path, "/usr/local/bin"].includes(posix.dirname(installed)),
  }))
}

function isWithoutC({ stages }: Plan): boolean {
  return stages.some(({ steps }) =>
    steps.some(
      (step) => step.type === "environment" && step.name === "CGO_ENABLED" && step.value === "0",
    ),
  )
}

/** A plan is of one. */
function ofOnePlatform(settings: Settings): Settings {
  const [platform] = splitPlatforms(settings.platform)
  return platform ? { ...settings, platform } : settings
}

/** None where something has to be chosen before there is one. */
function planOf(facts: Facts, settings: Settings): Plan | undefined {
  try {
    return assemblePlan(facts, ofOnePlatform(settings))
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return undefined
  }
}

/** Why there is no plan with what was written; several tools' settings need not fit together. */
export async function problemOf(request: Request): Promise<string | undefined> {
  try {
    const { source, folder } = openSource(request)
    const given = { options: {}, environment: {}, folder }
    const { facts, settings } = await detect(source, given)
    const { targets = [] } = facts.programs
    if (targets.length === 0) assemblePlan(facts, ofOnePlatform(settings))
    // An image is of one of them.
    for (const target of targets) {
      const of = await detect(source, { ...given, target })
      assemblePlan(of.facts, ofOnePlatform(of.settings))
    }
    return undefined
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return error.message
  }
}

/** Of one setting that several files say, lists are put together, and of the rest the first counts. */
function merge(found: readonly FoundOption[], there: readonly string[]): Options {
  const merged: Record<string, unknown> = {}
  for (const { writes = {} } of found) {
    for (const name of settingNames) {
      const value = writes[name]
      if (value === undefined || there.includes(toKebabCase(name))) continue
      const before = merged[name]
      merged[name] =
        Array.isArray(value) && Array.isArray(before)
          ? [...new Set([...(before as string[]), ...value])]
          : (before ?? value)
    }
  }
  return merged
}

/** What we have written ourselves has nothing that another tool would know better. */
function dockerfileOf({ dockerfile }: Facts): string[] | undefined {
  return dockerfile && (dockerfile.kept ? [] : [dockerfile.file])
}
