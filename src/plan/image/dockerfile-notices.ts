import { posix } from "node:path"
import { workingDirectory } from "../../settings/working-directory.js"
import { onDebian } from "../../detect/dockerfile/alpine-packages.js"
import type { Installed } from "../../detect/dockerfile/commands.js"
import { folderOf } from "../../detect/modules/modules.js"
import type { ProgramDockerfile } from "../../detect/dockerfile/of-programs.js"
import type { Facts } from "../../detect/facts.js"
import { listSome } from "../../list.js"
import type { Settings } from "../../settings/resolve.js"
import { settingNames, toKebabCase, type SettingName } from "../../settings/table/table.js"
import { runtimes } from "../bases/runtimes.js"
import type { Binary } from "../types.js"
import type { Found } from "../../found.js"

/** Arguments with files and folders of that image, or with what a shell there would expand. */
export function namesOtherFiles(args: readonly string[]): boolean {
  return args.some((word) => /^\/.|[=:,]\/.|\$/.test(word))
}

/** Something that the image of the project's own Dockerfile has, and this one has not. */
export interface Missing {
  what: string
  found: readonly MissingValue[]
  /** What to type for it. */
  typed: string
  /** What of it project.toml would have. */
  setting?: SettingName
  /** Of a command, with the arguments that stay, and those that the caller of the image may replace. */
  command?: { program: string; entryArguments: string[]; defaultArguments: string[] }
}

interface MissingValue extends Found<string> {
  /** Of a file of the source, where this image can have it like that one. */
  place?: string
}

/** What the image of the project's own Dockerfile has and this one has not: in one line, with what to type. */
export function dockerfileNotices(
  facts: Facts,
  settings: Settings,
  binaries: readonly Binary[],
): string[] {
  const { dockerfile } = facts
  if (!dockerfile || dockerfile.kept) return []
  const missing = missingOfDockerfile(facts, settings, binaries).map(describe)
  if (dockerfile.isTemplate) {
    const more =
      "it is a template that cannot be read completely: compare what it installs (--os-packages), runs and copies"
    return [
      missing.length === 0
        ? `${dockerfile.file}: ${more}`
        : `${intro(dockerfile)}${missing.join("; ")}; ${more}`,
    ]
  }
  if (missing.length === 0) return []
  return [`${intro(dockerfile)}${missing.join("; ")}`]
}

export function missingOfDockerfile(
  facts: Facts,
  settings: Settings,
  binaries: readonly Binary[],
): Missing[] {
  const { dockerfile } = facts
  if (!dockerfile) return []
  const { openTags, packages, volumes, variables, stopSignal, healthCheck, frontEnd, libraries } =
    dockerfile
  const { command, defaultArguments, entryArguments } = settings
  const hasArguments = command ?? defaultArguments ?? entryArguments
  const missing = [
    ...(settings.buildTags || !openTags ? [] : names("build tags", [openTags], "--build-tags")),
    ...(settings.linkerValues
      ? []
      : each("linker values", unset(facts, dockerfile, settings), "--linker-values")),
    ...(hasArguments ? [] : argumentsOf(facts, dockerfile, binaries)),
    ...(settings.osPackages ? [] : packagesOf(packages, settings)),
    ...((settings.volumes ?? settings.folders) ? [] : each("volumes", volumes, "--volumes")),
    ...(settings.environment ? [] : names("variables", variables, "--environment")),
    ...(settings.stopSignal ? [] : each("stop signal", stopSignal, "--stop-signal")),
  ]
  if (!settings.healthCheck) missing.push(...healthChecksOf(healthCheck))
  if (!facts.frontends) missing.push(...names("a front end, built on", frontEnd, "--frontend"))
  missing.push(
    ...names("libraries that another stage makes:", libraries, ofAnotherImage),
    ...filesOf(facts, dockerfile, settings),
  )
  return missing
}

/** By their names in the base of this image. */
function packagesOf(found: readonly Found<Installed>[], settings: Settings): Missing[] {
  const byName = found.map(({ value, ...at }) => {
    const here = value.isAlpine && !hasOwnBase(settings) ? onDebian(value.name) : [value.name]
    return { ...at, here, name: value.name }
  })
  const known = byName.flatMap(({ here = [], file, line }) =>
    here.map((value) => ({ value, file, line })),
  )
  const others = byName.filter(({ here }) => here === undefined)
  return [
    ...each("packages", known, "--os-packages"),
    ...names(
      "packages of Alpine:",
      others.map(({ name, file, line }) => ({ value: name, file, line })),
      "--os-packages with their names on Debian",
    ),
  ]
}

/** An image that the caller brings, which may be Alpine, too. */
export function hasOwnBase({ runtime }: Settings): boolean {
  return runtime !== undefined && !(runtime.value in runtimes)
}

const ofAnotherImage = "--runtime with an image that has them"

/** A command is nothing that could be typed as a path. */
function healthChecksOf(found: readonly Found<string>[]): Missing[] {
  const isPath = ({ value }: Found<string>) => value.startsWith("/")
  const others = found.filter((one) => !isPath(one))
  return [
    ...each("health check", found.filter(isPath), "--health-check"),
    ...names("health check", others, "--health-check with a path that it asks over HTTP"),
  ]
}

/** Those that say a version are set where Git has one, and have nothing to say where it has none. */
function unset(
  { stampVariables = [] }: Facts,
  { linkerValues }: ProgramDockerfile,
  { stamp }: Settings,
): Found<string>[] {
  const isSet = (value: string) =>
    stampVariables.some(({ symbol }) => value.startsWith(`${symbol}=`))
  return linkerValues.filter(
    ({ value }) => !isSet(value) && !(stamp?.value === "off" && value.includes("{{")),
  )
}

/** Files that RUN and COPY bring into that image, and folders. */
function filesOf(facts: Facts, dockerfile: ProgramDockerfile, settings: Settings): Missing[] {
  const { made, placed, entry } = dockerfile
  // What it starts, and what stands behind that, is told with these.
  const isTold = ({ value }: Found<string>) =>
    (entry?.value ?? []).some((word) => word === value || word.endsWith(`=${value}`))
  const ofSource = placed.ofSource
    .filter((each) => !isTold(each))
    .map(({ from, as, value, ...at }) => {
      const own = ownPath(from, facts)
      const isWithin = own !== from || !facts.assetRoot
      const place = as === own ? undefined : placeOf(as, value)
      return { ...at, as, isWithin, value: own, place }
    })
  const within = ofSource.filter(({ isWithin }) => isWithin)
  // Then all that it copies is found from there, also what has the same path below the working directory here.
  const isStartedAtRoot = startOf(within).length > 0
  const elsewhere = within
    .map((each) => ({
      ...each,
      place: each.place ?? (isStartedAtRoot ? `/${each.as}` : undefined),
    }))
    .filter(({ place }) => place !== undefined)
  const absent = isStartedAtRoot
    ? []
    : within.filter(({ value, place }) => !place && !isKept(value, facts))
  const folders = made.folders.filter(
    ({ value }) =>
      !dockerfile.volumes.some((volume) => value === volume.value) &&
      !placed.ofSource.some((each) => each.value.startsWith(`${value}/`)),
  )
  const ofVolumes = settings.folders ?? settings.volumes
  return [
    ...(ofVolumes ? [] : each("folders", folders, "--folders")),
    ...(settings.capabilities ? [] : each("capabilities", made.capabilities, "--capabilities")),
    ...names("files that RUN makes or changes:", made.files, ofAnotherImage),
    ...names("files of other stages or images:", placed.ofOthers, ofAnotherImage),
    ...each("files", absent, "--keep"),
    ...names(
      "files",
      ofSource.filter(({ isWithin, value }) => !isWithin && !isKept(value, facts)),
      ofAnotherImage,
    ),
    ...(settings.copy ? [] : each("files in other places:", elsewhere, "--copy")),
    ...(settings.workingDirectory ? [] : startOf(elsewhere)),
  ]
}

/** Without a WORKDIR, a program that looks for `config/a.yaml` finds `/config/a.yaml`. */
function startOf(elsewhere: readonly (MissingValue & { as: string })[]): Missing[] {
  const [first] = elsewhere.filter(({ place, as }) => place === `/${as}`)
  if (!first) return []
  const { file, line } = first
  return each("a program that starts in", [{ value: "/", file, line }], "--working-directory")
}

/** Where programs look for it: below the folder that they start in, if it is one of its own, or at its path. */
function placeOf(as: string, path: string): string {
  return as.startsWith("..") || path === `/${as}`
    ? path
    : posix.join(workingDirectory, as).replace(/\/$/, "")
}

function ownPath(path: string, { assetRoot }: Facts): string {
  return assetRoot === "" ? path : path.replace(`${assetRoot}/`, "")
}

function isKept(own: string, { assets }: Facts): boolean {
  return assets.some(({ path }) => (path.endsWith("/") ? `${own}/`.startsWith(path) : path === own))
}

function intro({ file }: ProgramDockerfile): string {
  return `${file}: its image also has: `
}

/** More are not typed one by one, and belong into project.toml. */
const mostTyped = 6

/** Each with what to type for it. */
function each(what: string, found: readonly MissingValue[], option: string): Missing[] {
  const typed = found.map((one) => `${option} ${quoted(typedOf(one))}`).join(" ")
  const isTyped = found.length <= mostTyped && found.every(({ value }) => !value.includes("'"))
  const setting = settingNames.find((name) => `--${toKebabCase(name)}` === option)
  return names(what, found, isTyped ? typed : option).map((missing) => ({ ...missing, setting }))
}

function typedOf({ value, place }: MissingValue): string {
  return place === undefined ? value : `${value}=${place}`
}

function quoted(value: string): string {
  return /^[\w./:=,@%+-]+$/.test(value) ? value : `'${value}'`
}

function names(what: string, found: readonly MissingValue[], typed: string): Missing[] {
  return found.length > 0 ? [{ what, found, typed }] : []
}

function describe({ what, found, typed }: Missing): string {
  const list = listSome(
    found.map(({ value, place }) => (place === undefined ? value : `${value} at ${place}`)),
  )
  return `${what} ${list} (line ${found[0]?.line}; ${typed})`
}

function argumentsOf(
  facts: Facts,
  { run, entry, copied, file }: ProgramDockerfile,
  binaries: readonly Binary[],
): Missing[] {
  if (!entry) return []
  const one = (what: string, value: string, typed: string) =>
    names(what, [{ value, file, line: entry.line }], typed)
  if (!run) return one("the command", entry.value.join(" "), "--command")
  const program = binaries.find(({ importPath }) => importPath === run.importPath)
  const args = [...run.entryArguments, ...run.defaultArguments]
  if (!program || !namesOtherFiles(args)) return []
  const here = args.map((word) => inThisImage(word, copied, folderOf(file), facts))
  const words = here.flatMap((word) =>
    word !== undefined && /^[\w./:=,@%+-]+$/.test(word) ? [word] : [],
  )
  if (words.length < here.length) return one("arguments", args.join(" "), "--command")
  const typed = `--command '${[program.name, ...words].join(" ")}'`
  const stay = run.entryArguments.length
  const command = {
    program: program.name,
    entryArguments: words.slice(0, stay),
    defaultArguments: words.slice(stay),
  }
  return one("arguments", args.join(" "), typed).map((each) => ({ ...each, command }))
}

/** With the place in this image of a file that the other image has a copy of; undefined where this one has none. */
function inThisImage(
  word: string,
  copied: ProgramDockerfile["copied"],
  folder: string,
  facts: Facts,
): string | undefined {
  if (!namesOtherFiles([word])) return word
  for (const { from, to } of copied) {
    const target = to.endsWith("/") ? to + (/[^/]+$/.exec(from)?.[0] ?? "") : to
    if (!word.endsWith(target)) continue
    const path = from.replace(/^\.?\//, "")
    for (const above of [folder, ""]) {
      const whole = above === "" ? path : `${above}/${path}`
      const own = ownPath(whole, facts)
      if (isKept(own, facts)) return word.slice(0, -target.length) + own
    }
  }
  return undefined
}
