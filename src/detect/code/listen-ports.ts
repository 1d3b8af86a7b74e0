import type { Port } from "../../settings/ports.js"
import { matchesFile } from "./build-constraint.js"
import { parseGoFileHeader } from "./go-file.js"
import { isHelper } from "../packages/helper-packages.js"
import { isBuildable } from "../packages/main-packages.js"
import { folderOf, inFolder } from "../modules/modules.js"
import { oncePerText } from "../once.js"
import type { Line, Source } from "../source.js"
import type { Found } from "../../found.js"
import type { MainPackage } from "../packages/main-package.js"

/** What the code says of where its programs listen. */
export interface Listens {
  /** Literals such as `ListenAndServe(":8080"`, in the order of files and lines. */
  ports: ListenPort[]
  /** Where the variable PORT is read: then that says it, and a literal is at most its default. */
  variable: Found<"PORT">[]
  /** A call that listens, where nothing of the above was found: where it does, is said elsewhere. */
  opens?: Found<string>[]
}

export interface ListenPort extends Found<Port> {
  /** Only programs in the same container reach it. */
  loopback?: true
  /** A second server, by what its line says: of metrics, profiles, health. */
  secondary?: true
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
  own: { files: readonly string[]; root: string },
  mainPackages: readonly MainPackage[],
  tags: readonly string[],
): Promise<Listens> {
  const key = JSON.stringify([own.root, mainPackages.map(({ path }) => path), tags])
  return found(read, key, () => find(source, read, own, mainPackages, tags))
}

/** For the programs of a module, it is the same whichever of them is built. */
const found = oncePerText<ReadonlyMap<string, string>, Promise<Listens>>()

async function find(
  source: Source,
  read: ReadonlyMap<string, string>,
  own: { files: readonly string[]; root: string },
  mainPackages: readonly MainPackage[],
  tags: readonly string[],
): Promise<Listens> {
  const isOwn = (path: string) =>
    path.endsWith(".go") && !path.endsWith("_test.go") && isBuildable(path)
  const folders = new Set(mainPackages.map(({ path }) => path.replace(/^\.\/?/, "")))
  const inMain = [...read].flatMap(([path, text]) =>
    isOwn(path) && folders.has(folderOf(path)) ? linesOf(path, text) : [],
  )
  const found = await inTheBuild(source, readListens(inMain), tags)
  const says = new Set([...found.ports, ...found.variable].map(({ file }) => folderOf(file)))
  if ([...folders].every((folder) => says.has(folder))) return found
  const others = new Set(
    own.files
      .map((path) => inFolder(own.root, path))
      .filter((path) => isOwn(path) && !read.has(path) && !isHelper(`./${folderOf(path)}`)),
  )
  if (others.size === 0 || others.size > mostFiles) return found
  const lines = await source.search(candidate, [...others])
  const inOthers = readListens(lines.filter(({ path }) => others.has(path)))
  const elsewhere = await inTheBuild(source, inOthers, tags)
  return merge(found, elsewhere)
}

function merge(one: Listens, other: Listens): Listens {
  const ports = [...one.ports, ...other.ports]
  const variable = [...one.variable, ...other.variable]
  const opens = [...(one.opens ?? []), ...(other.opens ?? [])]
  return { ports, variable, ...(ports.length + variable.length === 0 && firstOf(opens)) }
}

/** Of each folder, that a few are told, and not each call of a large project. */
function firstOf(opens: readonly Found<string>[]): Pick<Listens, "opens"> {
  const folders = new Set<string>()
  const first = opens.filter(({ file }) => {
    const isNew = !folders.has(folderOf(file))
    folders.add(folderOf(file))
    return isNew
  })
  return first.length > 0 ? { opens: first } : {}
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
  const isPart = ({ file }: { file: string }) =>
    matchesFile(file, constraintOf(headers.get(file) ?? ""), target)
  return merge(noListens, {
    ports: ports.filter(isPart),
    variable: variable.filter(isPart),
    opens: opens.filter(isPart),
  })
}

/** A source may have the header's lines without the blank ones between them, which `+build` must have below it. */
function constraintOf(header: string): string | undefined {
  const lines = header.split("\n").filter((line) => /^\/\/(?:go:build|\s*\+build)\b/.test(line))
  return parseGoFileHeader([...lines, "", "package p"].join("\n")).constraint
}

/** Of a main package; of the packages that are none where it is undefined. */
export function listensOf(
  { ports, variable, opens = [] }: Listens,
  mainPackages: readonly MainPackage[],
  path?: string,
): Required<Listens> {
  const folders = new Set(mainPackages.map((each) => each.path.replace(/^\.\/?/, "")))
  const own = path?.replace(/^\.\/?/, "")
  const isOf = ({ file }: { file: string }) =>
    own === undefined ? !folders.has(folderOf(file)) : folderOf(file) === own
  return {
    ports: ports.filter(isOf),
    variable: variable.filter(isOf),
    opens: opens.filter(isOf),
  }
}

/** Of most lines, this tells: each of the expressions below takes time to be made when it is first used. */
const mayHavePort = /:\d|\d\d/

/** Exported for its tests. */
export function readListens(lines: readonly Line[]): Required<Listens> {
  const listens: Required<Listens> = { ports: [], variable: [], opens: [] }
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
): Pick<ListenPort, "value" | "loopback" | "secondary"> | undefined {
  for (const { pattern, names, files } of patterns) {
    const { host = "", port = "", name, protocol } = pattern.exec(text)?.groups ?? {}
    const number = Number(port)
    if (number < 1 || number > 65535) continue
    if (name !== undefined && names?.test(name) !== true) continue
    if (name !== undefined && ofClients.has(number)) continue
    if (files?.test(path) === false) continue
    const isUdp = protocol === "udp" || /["`]udp[46]?["`]/.test(text)
    return {
      value: `${number}/${isUdp ? "udp" : "tcp"}`,
      ...(/^(?:localhost|127\.|\[::1\])/.test(host) && { loopback: true as const }),
      ...((secondary.test(text) || isOptional(name)) && { secondary: true as const }),
    }
  }
  return undefined
}

/** Of HTTPS, which a program serves where it was given a certificate. */
function isOptional(name = ""): boolean {
  return /https|tls|ssl/i.test(name)
}

const secondary = /metric|prometheus|pprof|debug|health|probe|admin|peer/i

/** Hosts that are this machine: at another one, something else listens. */
const host = String.raw`(?<host>0\.0\.0\.0|\[::\]|\*|localhost|127\.0\.0\.1|\[::1\])?`
const address = String.raw`["\x60]${host}:(?<port>\d{1,5})["\x60]`
const number = String.raw`["\x60]?(?<port>\d{2,5})["\x60]?`

/** A flag's or a setting's name, behind it a letter that may stand for it. */
const named = String.raw`["\x60](?<name>[\w.-]+)["\x60],\s*(?:["\x60]\w?["\x60],\s*)?`
const define = String.raw`\.(?:String|Int|Uint|Uint16|SetDefault)(?:Var)?P?\((?:&[\w.]+,\s*)?${named}`
const declare = String.raw`^\s*(?:const\s+|var\s+)?(?<name>\w+)(?:\s+(?:string|int))?\s*:?=\s*`

/** `getEnv("HTTP_ADDR", ":80")`: a variable's value, or else this. */
const orElse = String.raw`(?:[\w.]+\(\s*"\w+",\s*)?`

/** What a port to listen on is called, and a database's is not. */
const server =
  "(?:https?|web|server|listen|bind|api|app|service|grpc|default|metrics|telemetry|admin|debug)"
const addressNames = new RegExp(
  `^(?:${server}[-_.]?)*(?:addr|address|listen|bind|endpoint|port|hostport)$|^${server}$|^[ap]$`,
  "i",
)
const listenNames = /(?:listen|bind)\w*(?:ur[il]s?|addr(?:ess)?(?:es)?)$/i
const portNames = new RegExp(`^(?:${server}[-_.]?)*port$|^p$`, "i")

/** What something is called `port` for that asks a server of mail or directories, a database, a queue. */
const ofClients = new Set([
  25, 389, 465, 587, 636, 1433, 1521, 2181, 3306, 5432, 5672, 6379, 9042, 9092, 11211, 27017,
])

/** Where defaults of settings are. */
const settingsFiles =
  /(?:^|[/_-])(?:config(?:uration)?s?|conf|defaults?|settings?|options?)(?:[_-]\w+)?(?:\/|\.go$)/i

interface PortPattern {
  pattern: string
  names?: RegExp
  files?: RegExp
}

const declared: readonly PortPattern[] = [
  {
    // http.ListenAndServe(":80", nil), net.Listen("tcp", ":80"), r.Run(":80"), e.Start(":80"), app.Listen(":80")
    pattern: String.raw`\b(?:ListenAndServe(?:TLS)?|Listen(?:TLS|Packet)?|Run(?:TLS)?|Start(?:TLS|Server)?)\(\s*(?:[\w.]+(?:\(\))?,\s*)?(?:["\x60](?<protocol>tcp|udp)[46]?["\x60],\s*)?${address}`,
  },
  // http.Server{Addr: ":80"}
  { pattern: String.raw`\bAddr(?:ess)?:\s*${address}` },
  // web.AddFlags(kingpin.CommandLine, ":80"): github.com/prometheus/exporter-toolkit
  { pattern: String.raw`\bAddFlags\(\s*[\w.]+,\s*${address}` },
  // flag.String("addr", ":80", ""), flags.StringVarP(&addr, "addr", "a", ":80", ""), viper.SetDefault("server.addr", ":80")
  { pattern: define + orElse + address, names: addressNames },
  { pattern: String.raw`${define}${orElse}${number}\s*[,)]`, names: portNames },
  // Port int `env:"HTTP_PORT" envDefault:"80"`
  {
    pattern: String.raw`^\s*(?<name>\w+)\s+\w+\s+\x60[^\x60]*[dD]efault:"(?<port>\d{2,5})"`,
    names: portNames,
  },
  {
    pattern: String.raw`^\s*(?<name>\w+)\s+\w+\s+\x60[^\x60]*[dD]efault:${address}`,
    names: addressNames,
  },
  // addr := ":80", const port = "80", var listenAddr = ":80"
  { pattern: String.raw`${declare}${orElse}${address}\)?\s*(?:$|//)`, names: addressNames },
  { pattern: String.raw`${declare}${orElse}${number}\)?\s*(?:$|//)`, names: portNames },
  // DefaultListenURLs = "http://localhost:80"
  {
    pattern: String.raw`${declare}["\x60](?:https?|tcp)://${host}:(?<port>\d{1,5})/?["\x60]`,
    names: listenNames,
  },
  // Config{Port: 80}
  {
    pattern: String.raw`^\s*(?<name>\w+):\s+(?<port>\d{2,5}),`,
    names: portNames,
    files: settingsFiles,
  },
]

const patterns = declared.map(({ pattern, ...rest }) => ({
  pattern: new RegExp(pattern, "u"),
  ...rest,
}))

/** `os.Getenv("PORT")`, and structs that a library fills: `env:"PORT"`. */
const variable = /["`]PORT["`]|\benv(?:config)?:"PORT[",]/

/** Of the standard library; a test's server is none. */
const opening = /\b(?:(?:http|srv|server|s)\.(?:ListenAndServe(?:TLS)?)|net\.Listen)\(/

/** Lines that may be one of these, as both engines of regular expressions read it. */
const candidate =
  '["\\x60](?:[a-z]+://)?(?:0\\.0\\.0\\.0|\\[::1?\\]|\\*|localhost|127\\.0\\.0\\.1)?:[0-9]{1,5}/?["\\x60]|[Pp]ort: +[0-9]{2,5},|["\\x60:]"?PORT["\\x60,]|[Pp]ort(?:["\\x60]|\\s|,)[^:]*\\b[0-9]{2,5}\\b|efault:"[^"]*[0-9]{2,5}"|\\bListen(?:AndServe(?:TLS)?)?\\('

function linesOf(path: string, text: string): Line[] {
  return text.split("\n").map((each, index) => ({ path, line: index + 1, text: each }))
}
