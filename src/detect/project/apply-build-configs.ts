import { posix } from "node:path"
import { isOfProject, mergeBuildEnvironment, whyNotSet } from "../../settings/build-environment.js"
import {
  readGoFlags,
  readGoFlagWords,
  readLinkerFlags,
  type GoFlags,
} from "../../settings/go-flags.js"
import { parseLinkerValue } from "../../settings/linker-value.js"
import { mergeNamed } from "../../settings/named-values.js"
import type { Settings } from "../../settings/resolve.js"
import type { BuildConfig, BuildConfigs } from "./build-configs.js"
import type { Setting } from "../../settings/setting.js"
import type { Notice } from "../../found.js"
import type { Programs } from "../packages/package-choice.js"
import type { MainPackage } from "../packages/main-package.js"

/**
 * What ko's or goreleaser's file says about the programs, as settings where nobody else says it. Of several programs, all get
 * what each of them is to get, or none.
 *
 * @param packages The programs that are built as far as is known without it.
 */
export function applyBuildConfigs(
  configs: BuildConfigs,
  programs: Programs,
  packages: readonly MainPackage[],
  settings: Settings,
): Notice[] {
  const { file, tool, baseImage, baseImages } = configs
  const only = tool === "goreleaser" ? onlyProgram(configs, programs, settings) : undefined
  const chosen = only ? [only.package] : packages
  const place = ({ line }: { line: number }) => ({
    from: `${file}:${line}`,
    byProject: true as const,
  })
  if (only && !isSame(packages, chosen)) {
    const path = posix.relative(programs.folder, only.package.path)
    settings.packages = { value: [`./${path}`], ...place(only.config) }
  }
  if (only?.config.binary)
    settings.binaryName ??= { value: only.config.binary, ...place(only.config) }
  const [first] = chosen
  const base = (chosen.length === 1 && first && baseImages.get(first.importPath)) || baseImage
  if (base) settings.runtime ??= { value: base.value, ...place(base) }

  const found = chosen
    .map(({ path }) => configs.builds.find((each) => each.package === path) ?? configs.otherwise)
    .filter((each) => each !== undefined)
  const notices = [...configs.notices, ...platformNotice(configs, settings)]
  const read = [...new Set(found)].map((config) => ({ config, ...readConfig(config) }))
  const [one, ...others] = read
  if (!one || found.length < chosen.length) return notices
  const from = place(one.config)
  const inAll = <T>(name: string, of: (each: Read) => T[]): T[] => {
    const value = of(one)
    if (others.every((each) => same(of(each), value))) return value
    const message = `${name} differ between programs and have no effect`
    notices.push({ file, line: one.config.line, message })
    return []
  }
  const set = <T>(value: readonly T[], at = from): Setting<T[]> | undefined =>
    value.length > 0 ? { value: [...value], ...at } : undefined
  settings.buildTags ??= set(inAll("tags", ({ flags }) => flags.buildTags))
  const linkerValues = set(
    inAll("ldflags", ({ flags }) => flags.linkerValues),
    place({ line: one.config.linkerLine }),
  )
  settings.linkerValues = mergeNamed([settings.linkerValues, linkerValues].filter(isThere))
  settings.capabilities ??= set(inAll("linux_capabilities", ({ config }) => config.capabilities))
  if (inAll("ldflags", ({ flags }) => [flags.staticLink]).includes(true)) {
    settings.staticLink ??= { value: true, ...from }
  }
  if (inAll("env", ({ withoutC }) => [withoutC]).includes(true)) {
    settings.cgo ??= { value: "off", ...from }
  }
  const environment = set(inAll("env", (each) => each.environment))
  if (environment) {
    const given = [settings.buildEnvironment, environment].filter(isThere)
    settings.buildEnvironment = mergeBuildEnvironment(given)
  }
  for (const { config, flags } of read) {
    const all = [...new Set([...config.notHonoured, ...flags.notHonoured])]
    if (all.length === 0) continue
    notices.push({ file, line: config.line, message: `no effect here: ${all.join(", ")}` })
  }
  return notices
}

/** An image has the platforms that were asked for, and a file of another tool asks for none. */
function platformNotice({ file, platforms }: BuildConfigs, { platform }: Settings): Notice[] {
  if (!platforms || platform) return []
  return [{ file, line: platforms.line, message: "defaultPlatforms has no effect: use --platform" }]
}

/** The program that all builds are of, where nothing else says which one that is. */
function onlyProgram(
  { builds }: BuildConfigs,
  { mainPackages, commands, herokuInstall, dockerfile }: Programs,
  { packages, command, process }: Settings,
): { config: BuildConfig; package: MainPackage } | undefined {
  const [config] = builds
  const isOnly = builds.every((each) => each.package === config?.package)
  const isSaid =
    packages ??
    command ??
    process ??
    commands ??
    herokuInstall ??
    dockerfile?.run ??
    dockerfile?.built[0]
  const found = mainPackages.find(({ path }) => path === config?.package)
  return config?.isNamed && isOnly && !isSaid && found ? { config, package: found } : undefined
}

/** A value that was asked for takes the place of the file's for the same variable, and no other's. */
function isThere<T>(value: T | undefined): value is T {
  return value !== undefined
}

function isSame(a: readonly MainPackage[], b: readonly MainPackage[]): boolean {
  return a.length === b.length && a.every(({ path }, i) => path === b[i]?.path)
}

function same(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i])
}

interface Read extends ReadConfig {
  config: BuildConfig
}

interface ReadConfig {
  flags: GoFlags
  environment: string[]
  withoutC: boolean
}

function readConfig({ ldflags, flags: args, tags, env }: BuildConfig): ReadConfig {
  const variables = new Map(env.map((each) => splitVariable(each)))
  const known = (text: string) => withVariables(text, variables)
  const of = [
    readGoFlags(known(variables.get("GOFLAGS") ?? "")),
    readGoFlagWords(args.map((each) => withoutBlanks(known(each)))),
    readLinkerFlags(withoutBlanks(known(ldflags))),
  ].map((each) => ({
    ...each,
    linkerValues: each.linkerValues.map(withBlanks),
    notHonoured: each.notHonoured.map(withBlanks),
  }))
  const environment: string[] = []
  const notHonoured: string[] = []
  const isUsed = (name: string) => [ldflags, ...args].some((each) => each.includes(`.Env.${name}`))
  for (const [name, value] of variables) {
    if (value.includes("{{")) notHonoured.push(name)
    else if (isOfProject(name)) environment.push(`${name}=${value}`)
    else if (!isUsual(name) && !isUsed(name)) notHonoured.push(name)
  }
  const values = of.flatMap((each) => each.linkerValues)
  const isValue = (text: string) => isLinkerValue(text)
  const allTags = [...new Set([...of.flatMap((each) => each.buildTags), ...tags])]
  return {
    environment,
    withoutC: variables.get("CGO_ENABLED") === "0",
    flags: {
      buildTags: allTags.filter((tag) => !isOpen(tag)),
      linkerValues: values.filter(isValue),
      staticLink: of.some((each) => each.staticLink),
      notHonoured: [
        ...of.flatMap((each) => each.notHonoured),
        ...values.filter((each) => !isValue(each)).map((each) => `-X ${each}`),
        ...allTags.filter(isOpen).map((tag) => `-tags ${withBlanks(tag)}`),
        ...notHonoured,
      ],
    },
  }
}

/** Of a template that stands for a tag, nothing is known. */
function isOpen(tag: string): boolean {
  return tag.includes("{{")
}

/** What is done so anyway, or decided elsewhere. */
function isUsual(name: string): boolean {
  return (
    ["CGO_ENABLED", "GOFLAGS", "GOOS", "GOARCH"].includes(name) ||
    whyNotSet(name) === "go-image sets it"
  )
}

function splitVariable(text: string): [string, string] {
  const equals = text.indexOf("=")
  return equals < 0 ? [text, ""] : [text.slice(0, equals), text.slice(equals + 1)]
}

/** `{{.Env.NAME}}` of the file's own variables: those of whoever builds are none of a file's business. */
function withVariables(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(
    /\{\{-?\s*\.Env\.(\w+)\s*-?\}\}/g,
    (whole, name: string) => variables.get(name) ?? whole,
  )
}

/** Templates are put in before flags are split at blanks: `{{ .Version }}` is one word. */
function withoutBlanks(text: string): string {
  return text.replace(
    /\{\{-?\s*(.*?)\s*-?\}\}/gs,
    (_, inside: string) =>
      `{{${inside.replace(/\s+/g, " ").replace(/[ '"]/g, (each) => hidden[each] ?? each)}}}`,
  )
}

/** What ends a word or a quote, as characters that no file has. */
const hidden: Readonly<Record<string, string>> = { " ": "\uE000", "'": "\uE001", '"': "\uE002" }

function withBlanks(text: string): string {
  return Object.entries(hidden).reduce((all, [each, as]) => all.replaceAll(as, each), text)
}

function isLinkerValue(text: string): boolean {
  try {
    parseLinkerValue(text, "")
    return true
  } catch {
    return false
  }
}
