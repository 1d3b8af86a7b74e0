import { mergeBuildEnvironment } from "./build-environment.js"
import { buildpackImageLayer } from "./buildpack-image.js"
import { goVariablesOf } from "./other-variables.js"
import { hasControlCharacter, UserError } from "../errors.js"
import type { GitAnswer } from "../git-state.js"
import type { Access } from "./access/access.js"
import { checkPattern } from "../patterns/patterns.js"
import type { Options } from "../options.js"
import type { Port } from "./ports.js"
import { findTarget } from "./targets.js"
import { settingNames, type SettingName } from "./table/table.js"
import { mergeNamed, namedSettings } from "./named-values.js"
import type { Setting } from "./setting.js"
import type { ProjectDescriptor } from "./descriptor/descriptor.js"
import { type Layer, optionsLayer, argumentsLayer, tableLayer, variablesLayer } from "./layers.js"

export type Settings = {
  [Name in SettingName]?: Setting<Name extends "port" ? Port[] : NonNullable<Options[Name]>>
} & {
  /** What whoever builds has for downloads. */
  access?: Setting<Access>
}

/** What was asked for outside of the project's own files. */
export interface SettingSources {
  options: Options
  /** Environment variables of the caller; a Dagger function has none. */
  environment: Readonly<Record<string, string | undefined>>
  /** Of `docker build`: settings by their names in capitals (`RUNTIME`), or by those of their variables. */
  buildArguments?: Readonly<Record<string, string>>
  /** Where in the source the project is, and what made it known; by default, at its root. */
  folder?: Setting<string>
  /** It is about the module that the folder is in, and not about programs: tests, other checks, generated code. */
  ofModule?: true
  /** Tests are compiled, too. */
  withTests?: boolean
  /** What programs import is told, also where it does not say how they are compiled. */
  withImports?: true
  /** One of project.toml's targets. */
  target?: string
  /** Ignores the lock file, for the command that writes it. */
  unlocked?: true
  access?: Access
  /** What holds where nothing is said, but for what the table has. */
  defaults?: Settings
  /** What version control says of the source, if anybody can say. Asked once, and only where that is of use. */
  git?: () => Promise<GitAnswer>
}

/**
 * One precedence everywhere: option > environment > project.toml, of it the target first. What go.mod and detection say comes
 * after. Lists of `NAME=value` are of all these places together.
 */
export function resolveSettings(
  { options, environment, buildArguments = {}, target, defaults, access }: SettingSources,
  descriptor: ProjectDescriptor,
): Settings {
  const byProject =
    (layer: Layer): Layer =>
    (name) => {
      const found = layer(name)
      return found && { ...found, byProject: true }
    }
  const layers: Layer[] = [
    optionsLayer(options),
    argumentsLayer(buildArguments),
    variablesLayer(
      (name) => environment[name],
      (name) => `environment variable ${name}`,
    ),
    ...(target === undefined
      ? []
      : [byProject(tableLayer(findTarget(descriptor, target), descriptor.file))]),
    byProject(tableLayer(descriptor.table, descriptor.file)),
    byProject(
      variablesLayer(
        (name) => descriptor.variables.get(name)?.value,
        (name) => `${descriptor.file}:${descriptor.variables.get(name)?.line} ${name}`,
        true,
      ),
    ),
    byProject(buildpackImageLayer(descriptor)),
  ]
  const settings: Record<string, Setting<unknown>> = {}
  for (const name of settingNames) {
    const given = layers.map((layer) => layer(name)).filter((each) => each !== undefined)
    const isNamed = (namedSettings as readonly string[]).includes(name)
    const found = isNamed ? mergeNamed(given as Setting<string[]>[]) : given[0]
    if (found) settings[name] = found
  }
  const environments = layers.map(
    (layer) => layer("buildEnvironment") as Setting<string[]> | undefined,
  )
  const buildEnvironment = mergeBuildEnvironment([
    ...environments.filter((each) => each !== undefined),
    ...goVariablesOf(descriptor),
  ])
  if (buildEnvironment) settings["buildEnvironment"] = buildEnvironment
  return checked({
    ...defaults,
    ...settings,
    ...(access && { access: { value: access, from: "the caller" } }),
  })
}

/** A command line or a text of the program may have several lines; a name, a pattern or a version has one. */
const ofSeveralLines: readonly SettingName[] = ["command", "linkerValues", "knownHosts"]

function checked(settings: Settings): Settings {
  for (const name of settingNames) {
    const { value, from = "" } = settings[name] ?? {}
    const several = ofSeveralLines.includes(name)
    for (const text of [value].flat()) {
      if (typeof text !== "string") continue
      if (several ? !text.includes("\0") : !hasControlCharacter(text)) continue
      throw new UserError(
        `a line break or another control character in ${JSON.stringify(text)} (${from})`,
        {
          hint: "Write it on one line.",
        },
      )
    }
  }
  for (const setting of [settings.keep, settings.drop]) {
    for (const pattern of setting?.value ?? []) checkPattern(pattern, setting?.from ?? "")
  }
  return settings
}
