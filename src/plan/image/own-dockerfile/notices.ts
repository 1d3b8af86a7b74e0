import { onDebian } from "../../../detect/dockerfile/alpine-packages.js"
import type { Installed } from "../../../detect/dockerfile/commands.js"
import type { ProgramDockerfile } from "../../../detect/dockerfile/of-programs.js"
import type { Facts } from "../../../detect/facts.js"
import { listSome } from "../../../list.js"
import type { Settings } from "../../../settings/resolve.js"
import { runtimes } from "../../bases/runtimes.js"
import type { Binary } from "../../types.js"
import type { Found } from "../../../found.js"
import { type Missing, ofAnotherImage, each, names } from "./missing.js"
import { filesOf } from "./files.js"
import { argumentsOf } from "./arguments.js"

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
  { stampVariables = [], linkerValues: ofMakefile = [] }: Facts,
  { linkerValues }: ProgramDockerfile,
  { stamp }: Settings,
): Found<string>[] {
  const isSet = (value: string) =>
    stampVariables.some(({ symbol }) => value.startsWith(`${symbol}=`)) ||
    ofMakefile.some((each) => each.value === value)
  return linkerValues.filter(
    ({ value }) => !isSet(value) && !(stamp?.value === "off" && value.includes("{{")),
  )
}

function intro({ file }: ProgramDockerfile): string {
  return `${file}: its image also has: `
}

function describe({ what, found, typed }: Missing): string {
  const list = listSome(
    found.map(({ value, place }) => (place === undefined ? value : `${value} at ${place}`)),
  )
  return `${what} ${list} (line ${found[0]?.line}; ${typed})`
}
