import { serviceKinds, type ServiceKind } from "../../../src/ci/service-kinds.js"
import { shellWord } from "../../../src/render/words.js"
import { programName } from "../../program-name.js"
import type { RunAbout } from "./about.js"
import { knownService } from "../dev/services/known-services.js"

/** What a program that has ended seems to lack, by what it printed last. */
export interface Lacks {
  /** Servers that it finds no connection to, or whose address it was not told. */
  services: ServiceKind[]
  /** Variables that no service tells it. */
  variables: { name: string; value?: string }[]
}

/** What it is run with already. */
export interface Given {
  /** Their images. */
  services: readonly string[]
  variables: readonly string[]
}

/** So many lines, of so many characters: a stack trace may come after the reason. */
const lastLines = 60
const longestLine = 2_000

const name = String.raw`[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*`
const missing = String.raw`(?:(?:environment )?variable |env(?:ironment)? var |value )?(?:is |was |are |must be |has to be |be )?(?:not (?:been )?(?:set|defined|found|given|provided|specified)|unset|undefined|required|missing|empty|set\b|provided|blank)`

/** `DATABASE_URL not set`, `required key DATABASE_URL missing value`, `missing environment variable: TOKEN`. */
const variablePatterns = [
  new RegExp(String.raw`\b(${name})["'\x60]?:? ${missing}`, "gi"),
  new RegExp(
    String.raw`(?:missing|required|need|set|unset|empty|no)\b[^.;]{0,30}\b(?:env|environment|variable|key)s?(?: variable| var)?s?:? ["'\x60$]*(${name})\b`,
    "gi",
  ),
  new RegExp(
    String.raw`(?:missing|required|please set|must set|unset|export|set) ["'\x60$]*(${name})\b`,
    "gi",
  ),
]

/** Words in capitals that are the name of none, and those that the image sets. */
const noVariable =
  /^(?:ERROR|ERR|FATAL|PANIC|WARN|WARNING|INFO|DEBUG|TRACE|HTTP|HTTPS|TCP|URL|URI|DSN|API|PORT|ID|JSON|YAML|TLS|SQL|DB)$/

const refused =
  /connection refused|no such host|i\/o timeout|connect: |can't connect|failed to connect|dial (?:tcp|unix)|ECONNREFUSED|server misbehaving/i

/** @param modules Paths of the modules that it is made of: which database it speaks to. */
export function findLacks(output: string, modules: readonly string[]): Lacks {
  const lines = output
    // eslint-disable-next-line no-control-regex -- colours
    .replace(/\x1B\[[0-9;]*m/g, "")
    .split("\n")
    .slice(-lastLines)
    .map((line) => line.slice(0, longestLine))
  const services = new Set<ServiceKind>()
  const used = serviceKinds.filter((kind) => modules.some((path) => kind.modules.test(path)))
  const database = used.find((kind) => kind.isDatabase)
  for (const line of lines.filter((each) => refused.test(each))) {
    const found = serviceKinds.find((kind) => isAskedFor(kind, line, kind === database))
    if (found) services.add(found)
  }
  const names = new Set(lines.flatMap(variablesIn))
  const variables: Lacks["variables"] = []
  for (const variable of names) {
    const kind = kindOf(variable, database)
    if (kind) services.add(kind)
    const told = kind ? toldBy(kind) : {}
    if (variable in told) continue
    const value = isAddress(variable)
      ? Object.values(told).find((each) => each.includes("://"))
      : undefined
    variables.push({ name: variable, ...(value !== undefined && { value }) })
  }
  return { services: [...services], variables }
}

/** By its port, or by the name of the host that it was looked for at. */
function isAskedFor({ port, name }: ServiceKind, line: string, isTheDatabase: boolean): boolean {
  // Of PostgreSQL also the file of its socket: `/tmp/.s.PGSQL.5432`.
  if (new RegExp(String.raw`[:=]${port}\b|\.s\.\w+\.${port}\b`).test(line)) return true
  const [, host = ""] = /\blookup ([\w-]+)/.exec(line) ?? []
  return host.includes(name) || (isTheDatabase && /^(?:db|database|sql)$/.test(host))
}

function variablesIn(line: string): string[] {
  return variablePatterns
    .flatMap((pattern) => [...line.matchAll(pattern)].map(([, found = ""]) => found))
    .filter((found) => found === found.toUpperCase() && found.length > 2 && !noVariable.test(found))
}

function kindOf(variable: string, database: ServiceKind | undefined): ServiceKind | undefined {
  const named = serviceKinds.find(({ names }) => names.test(variable))
  if (named) return named
  const isOfDatabase = /(?:^|_)(?:DATABASE|DB|SQL)(?=_|$)/.test(variable)
  return isOfDatabase ? (database ?? serviceKinds.find(({ isDatabase }) => isDatabase)) : undefined
}

function isAddress(variable: string): boolean {
  return /(?:URL|URI|DSN|CONN\w*|DB|DATABASE)$/.test(variable)
}

/** What `dev` tells a program of such a service. */
function toldBy({ name, port }: ServiceKind): Record<string, string> {
  return knownService(name)?.tells(name, port) ?? {}
}

/** What to type next, for a program that has printed this and ended; undefined where nothing is known. */
export function nextStep(
  output: string,
  about: RunAbout,
  given: Given = { services: [], variables: [] },
): string | undefined {
  return (
    whatItNeeds(output, about, given) ??
    whereItIs(output, given) ??
    whereItStarts(output, about) ??
    whereElse(output, about) ??
    whereItWrites(output)
  )
}

/** SQLite and others make their file where they start, which the image's user cannot write to. */
function whereItWrites(output: string): string | undefined {
  if (
    !/unable to open database file|(?:permission denied|read-only file system)\s*$/im.test(output)
  ) {
    return undefined
  }
  return "It seems to have no folder that it can write to: --volumes /data for what is to be kept, --folders /data for what is not"
}

/** It was told where, and looked in its own container. */
function whereItIs(output: string, { variables }: Given): string | undefined {
  const [, host] =
    /dial tcp (127\.0\.0\.1|\[::1\]):\d+: connect: connection refused/.exec(output) ?? []
  if (host === undefined || variables.length === 0) return undefined
  return `${host} is the program's own container there; a server of this machine is host.docker.internal`
}

/** A program opens `templates/index.html` where it starts: with `go run` in its own folder, and in an image at /app. */
function whereItStarts(output: string, { folderWith }: RunAbout): string | undefined {
  const opened = [
    ...output.matchAll(/\b(?:open|stat|lstat) ([^/\s:][^\s:]*): no such file or directory/g),
  ]
  for (const [, file = ""] of opened) {
    const folder = folderWith(file)
    if (folder !== undefined) {
      return `${file} is in the image, at ${folder}/${file}, and the program starts in another folder: --working-directory ${folder}, or working-directory = "${folder}" in project.toml`
    }
  }
  return undefined
}

const notFound =
  /not found|no such file|does not exist|(?:cannot|can't|could not|unable to|failed to) (?:find|open|read|load)/i

/** Its Dockerfile has a file at a path that the program may know. */
function whereElse(output: string, { elsewhere = [] }: RunAbout): string | undefined {
  if (elsewhere.length === 0 || !notFound.test(output)) return undefined
  return `The Dockerfile has files at other paths. To have them there, add: ${elsewhere.join(" ")}`
}

function whatItNeeds(
  output: string,
  { modules, typed }: RunAbout,
  given: Given,
): string | undefined {
  const lacks = findLacks(output, modules)
  const services = lacks.services.filter(({ name }) => !given.services.some(isOf(name)))
  const variables = lacks.variables.filter(({ name }) => !given.variables.includes(name))
  if (services.length === 0 && variables.length === 0) return undefined
  const what = [...services.map(({ name }) => name), ...variables.map((each) => each.name)]
  const options = [
    ...services.flatMap(({ image }) => ["--service", image.replace(/-alpine$/, "")]),
    ...variables.flatMap(({ name, value }) => ["--env", `${name}=${value ?? "…"}`]),
  ]
  const words = [...typed, ...options].map((word) => (word.endsWith("…") ? word : shellWord(word)))
  return `It seems to need ${listAnd(what)}. \`dev\` runs the program with services beside it, and variables of that run alone:\n  ${[programName, "dev", ...words].join(" ")}`
}

/** `docker.io/library/postgres:17`, `postgres.oci.tar` */
function isOf(kind: string): (image: string) => boolean {
  return (image) => image.split("/").at(-1)?.startsWith(kind) ?? false
}

function listAnd(names: readonly string[]): string {
  return [names.slice(0, -1).join(", "), names.at(-1)].filter(Boolean).join(" and ")
}

/** Keeps the end of what a program prints. */
export class LastOutput {
  text = ""

  add(chunk: Buffer): void {
    this.text = (this.text + chunk.toString()).slice(-20_000)
  }
}
