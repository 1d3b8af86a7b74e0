import type { Port } from "../../settings/ports.js"
import { matchesFile } from "../code/build-constraint.js"
import { parseGoFileHeader } from "../code/go-file.js"
import { isHelper } from "../packages/helper-packages.js"
import { isBuildable } from "../packages/main-packages.js"
import { folderOf, inFolder } from "../modules/modules.js"
import { oncePerText } from "../once.js"
import type { Line, Source } from "../source.js"
import type { Found } from "../../found.js"
import { folderOfPackage, type MainPackage } from "../packages/main-package.js"
import {
  assigned,
  dials,
  mayHavePort,
  ofAnother,
  ofClients,
  patterns,
  variable,
  opening,
  candidate,
} from "./listen-patterns.js"

/** What the code says of where its programs listen. */
export interface Listens {
  /** Literals such as `ListenAndServe(":8080"`, in the order of files and lines. */
  ports: ListenPort[]
  /** Where the variable PORT is read: then that says it, and a literal is at most its default. */
  variable: ReadVariable[]
  /** A call that listens, of each folder where nothing of the above was found: where it does, is said elsewhere. */
  opens?: Found<string>[]
  /** Paths of main packages that listen nowhere: they import nothing that could. */
  silent?: string[]
}

/** What lines say, whoever compiles them. */
type CodeListens = Required<Omit<Listens, "silent">>

export interface ReadVariable extends Found<"PORT"> {
  generated?: true
}

export interface ListenPort extends Found<Port> {
  /** Only programs in the same container reach it. */
  loopback?: true
  /** A second server, by what its line says: of metrics, profiles, health. */
  secondary?: true
  /** The default of a flag or a setting. */
  isDefault?: true
  /** A generator wrote it, for whatever program it is to be part of. */
  generated?: true
}

export const noListens: Listens = { ports: [], variable: [] }

/** More files than this are not searched: a main package says it then, or an option. */
const mostFiles = 5_000

/**
 * First what the files of main packages say, which were read anyway. Where one of them says nothing, all other packages of
 * the module are searched, which is one more round trip.
 */
export function detectListens(
  source: Source,
  read: ReadonlyMap<string, string>,
  own: OwnFiles,
  mainPackages: readonly MainPackage[],
  tags: readonly string[],
): Promise<Listens> {
  const { root, imported = [] } = own
  const key = JSON.stringify([root, mainPackages.map(({ path }) => path), tags, imported])
  return found(read, key, () => find(source, read, own, mainPackages, tags))
}

interface OwnFiles {
  /** Of the programs' modules, relative to their root. */
  files: readonly string[]
  root: string
  /** Of other modules of the source, those that the programs import: as a go.work has them. */
  imported?: readonly string[]
}

/** For the programs of a module, it is the same whichever of them is built. */
const found = oncePerText<ReadonlyMap<string, string>, Promise<Listens>>()

async function find(
  source: Source,
  read: ReadonlyMap<string, string>,
  own: OwnFiles,
  mainPackages: readonly MainPackage[],
  tags: readonly string[],
): Promise<Listens> {
  const isOwn = (path: string) =>
    path.endsWith(".go") && !path.endsWith("_test.go") && isBuildable(path)
  const folders = new Set(mainPackages.map(({ path }) => folderOfPackage(path)))
  const inMain = [...read].flatMap(([path, text]) =>
    isOwn(path) && folders.has(folderOf(path)) ? linesOf(path, text) : [],
  )
  const found = await inTheBuild(source, withoutClients(readListens(inMain), inMain), tags)
  const says = new Set([...found.ports, ...found.variable].map(({ file }) => folderOf(file)))
  if ([...folders].every((folder) => says.has(folder))) return found
  const others = new Set(
    [...own.files.map((path) => inFolder(own.root, path)), ...(own.imported ?? [])].filter(
      (path) => isOwn(path) && !read.has(path) && !isHelper(`./${folderOf(path)}`),
    ),
  )
  if (others.size === 0 || others.size > mostFiles) return found
  const lines = await source.search(candidate, [...others])
  const inOthers = withoutClients(readListens(lines.filter(({ path }) => others.has(path))), lines)
  const elsewhere = await inTheBuild(source, inOthers, tags)
  return merge(found, elsewhere)
}

/** Without what a file has a variable for that only connects to others, as a client of DNS does: `port = "53"`. */
function withoutClients(listens: CodeListens, lines: readonly Line[]): CodeListens {
  const files = (pattern: RegExp) =>
    new Set(lines.filter(({ text }) => pattern.test(text)).map(({ path }) => path))
  const [dialing, listening] = [files(dials), files(/Listen/)]
  const textOf = new Map(lines.map(({ path, line, text }) => [`${path}:${line}`, text]))
  // At this machine alone, a flag's default is for a server beside it.
  const isClients = ({ file, line, loopback, isDefault }: ListenPort) =>
    dialing.has(file) &&
    !listening.has(file) &&
    ((loopback && isDefault) || assigned.test(textOf.get(`${file}:${line}`) ?? ""))
  return { ...listens, ports: listens.ports.filter((port) => !isClients(port)) }
}

function merge(one: Listens, other: Listens): Listens {
  const ports = [...one.ports, ...other.ports]
  const variable = [...one.variable, ...other.variable]
  const opens = [...(one.opens ?? []), ...(other.opens ?? [])]
  return { ports, variable, ...firstOf(opens, [...ports, ...variable]) }
}

/** Of each folder that says no more, that a few are told, and not each call of a large project. */
function firstOf(
  opens: readonly Found<string>[],
  says: readonly { file: string }[],
): Pick<Listens, "opens"> {
  const folders = new Set(says.map(({ file }) => folderOf(file)))
  const first = opens.filter(({ file }) => {
    const isNew = !folders.has(folderOf(file))
    folders.add(folderOf(file))
    return isNew
  })
  return first.length > 0 ? { opens: first } : {}
}

/** Of packages that are imported; all of them where that is not known. */
export function compiledInto(files: ReadonlySet<string> | undefined, all: Listens): Listens {
  if (!files) return all
  const isPart = ({ file }: { file: string }) => files.has(file)
  return merge(noListens, {
    ports: all.ports.filter(isPart),
    variable: all.variable.filter(isPart),
    opens: all.opens?.filter(isPart),
  })
}

/** Without files that are for another system, or for a build tag that this build has not. */
async function inTheBuild(
  source: Source,
  { ports, variable, opens = [] }: Listens,
  tags: readonly string[],
): Promise<Listens> {
  const files = new Set([...ports, ...variable, ...opens].map(({ file }) => file))
  const headers = await source.goHeaders([...files])
  const target = { os: "linux", cgo: true, tags }
  const headerOf = ({ file }: { file: string }) => headers.get(file) ?? ""
  const isPart = (found: { file: string }) =>
    matchesFile(found.file, constraintOf(headerOf(found)), target)
  const marked = <T extends { file: string }>(found: T) =>
    isGenerated(headerOf(found)) ? { ...found, generated: true as const } : found
  return merge(noListens, {
    ports: ports.filter(isPart).map(marked),
    variable: variable.filter(isPart).map(marked),
    opens: opens.filter(isPart),
  })
}

/** https://pkg.go.dev/cmd/go#hdr-Generate_Go_files_by_processing_source */
function isGenerated(text: string): boolean {
  const [before = ""] = text.split(/^package\s/m, 1)
  return /^\/\/ Code generated .* DO NOT EDIT\.\r?$/m.test(before)
}

/** A source may have the header's lines without the blank ones between them, which `+build` must have below it. */
function constraintOf(header: string): string | undefined {
  const lines = header.split("\n").filter((line) => /^\/\/(?:go:build|\s*\+build)\b/.test(line))
  return parseGoFileHeader([...lines, "", "package p"].join("\n")).constraint
}

/** Exported for its tests. */
export function readListens(lines: readonly Line[]): CodeListens {
  const listens: CodeListens = { ports: [], variable: [], opens: [] }
  for (const { path, line, text } of lines) {
    if (/^\s*(?:\/\/|\*(?:\s|\/|$))/.test(text)) continue
    if (variable.test(text)) listens.variable.push({ value: "PORT", file: path, line })
    const port = mayHavePort.test(text) ? readPort(text, path) : undefined
    if (port) listens.ports.push({ ...port, file: path, line })
    const [call] = opening.exec(text) ?? []
    if (call !== undefined && !port) listens.opens.push({ value: call, file: path, line })
  }
  return listens
}

function readPort(
  text: string,
  path: string,
): Pick<ListenPort, "value" | "loopback" | "secondary" | "isDefault"> | undefined {
  for (const { pattern, names, isDefault, files } of patterns) {
    const { host = "", port = "", name, protocol } = pattern.exec(text)?.groups ?? {}
    const number = Number(port)
    if (number < 1 || number > 65535) continue
    if (name !== undefined && names?.test(name) !== true) continue
    if (name !== undefined && ofClients.has(number)) continue
    if (files?.test(path) === false) continue
    if (isDefault && ofAnother.test(text)) continue
    const isUdp = protocol === "udp" || /["`]udp[46]?["`]/.test(text)
    return {
      value: `${number}/${isUdp ? "udp" : "tcp"}`,
      ...(/^(?:localhost|127\.|\[::1\])/.test(host) && { loopback: true as const }),
      ...((secondary.test(text) || isOptional(name)) && { secondary: true as const }),
      ...(isDefault && { isDefault }),
    }
  }
  return undefined
}

/** Of HTTPS, which a program serves where it was given a certificate. */
function isOptional(name = ""): boolean {
  return /https|tls|ssl/i.test(name)
}

const secondary = /metric|prometheus|pprof|debug|health|probe|admin|peer/i

function linesOf(path: string, text: string): Line[] {
  return text.split("\n").map((each, index) => ({ path, line: index + 1, text: each }))
}
