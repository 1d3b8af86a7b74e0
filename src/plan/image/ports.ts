import type { Facts } from "../../detect/facts.js"
import type { ListenPort } from "../../detect/listen/listen-ports.js"
import { byNearness } from "../../detect/listen/nearness.js"
import { listSome } from "../../list.js"
import type { Settings } from "../../settings/resolve.js"
import { isTcp, portNumber, shortPort, type Port } from "../../settings/ports.js"
import type { Binary } from "../types.js"
import type { Found } from "../../found.js"
import type { PortChoice } from "./port-choice.js"
import type { Command } from "./command-line.js"
import { otherProcess, type OtherProcess } from "./other-process.js"
import { runProgram } from "../programs/run-program.js"

const defaultPort: Port = "8080/tcp"
const fromNowhere = "default"
const reads = "PORT is read"
const fromNothing = "the program imports nothing that listens"

/**
 * The setting, else what the command, the Dockerfile or the code says in so many words; where PORT is read, that is 8080, as
 * it is where a program may listen and nothing says where.
 */
export function choosePorts(
  facts: Facts,
  { port, healthCheck }: Settings,
  command: Command,
  binaries: readonly Binary[],
): PortChoice {
  if (port) return choice(port.value, port.from)
  const words = [...command.entrypoint, ...command.command]
  if (words.some((word) => /\$[{[]?PORT\b/.test(word))) return choice([defaultPort], command.from)
  const told = portOfArguments(words)
  if (told) return choice([told], command.from)
  const { ports = [], run, hasPortOfCode } = facts.dockerfile ?? {}
  const [exposed] = ports
  const program = runProgram(command, binaries)
  const path = program?.package
  const built = path === undefined ? binaries.map((each) => each.package) : [path]
  // Who has it asked over HTTP whether it is well knows that it listens.
  const isSilent = !healthCheck && built.every((each) => facts.listens.silent?.includes(each))
  const other = healthCheck ? undefined : otherProcess(command, program, facts.procfile)
  if (other?.web === "the same program") return none(other.from)
  const isShared = other?.web === "another program" && binaries.length > 1
  const itself = fromCode(facts, path, { isSilent, isShared, other })
  // What a Dockerfile says is of the program that it runs.
  const isOwn = run ? run.importPath === program?.importPath : other?.web === "none"
  if (other && !isOwn) return itself
  // A script that starts the program may have it listen elsewhere than it does by itself.
  const isSaid = !run && ![fromNowhere, fromNothing, other?.from].includes(itself.from)
  if (!exposed || isSaid) return itself
  const distinct = [...new Set(ports.map(({ value }) => value))]
  const from = `${exposed.file}:${exposed.line}`
  const notices = hasPortOfCode ? otherInCode(distinct, from, itself) : []
  return { ...choice(distinct, from), notices }
}

/** A Dockerfile that go-image wrote says what the code said at that time. */
function otherInCode(exposed: readonly Port[], from: string, itself: PortChoice): string[] {
  const isSaid = ![fromNowhere, fromNothing].includes(itself.from) && !itself.from.startsWith(reads)
  const [first] = itself.ports
  if (!isSaid || !first || itself.ports.some((port) => exposed.includes(port))) return []
  const port = shortPort(first)
  return [
    `${from}: the port is ${exposed.map(shortPort).join(", ")}, but the code listens on ${port} (${itself.from}): --port ${port}, also to write the Dockerfile again`,
  ]
}

interface Of {
  /** It imports nothing that listens. */
  isSilent: boolean
  /** What packages say that several programs may import is not of this one. */
  isShared: boolean
  other: OtherProcess | undefined
}

function fromCode(
  { listens, programs }: Facts,
  path: string | undefined,
  { isSilent, isShared, other }: Of,
): PortChoice {
  const all = byNearness(listens, programs.mainPackages, path)
  // A package of settings may be that of a server, too.
  const near = isSilent ? all.slice(0, 1) : isShared ? all.slice(0, 2) : all
  for (const [index, { ports, variable }] of near.entries()) {
    const [read] = variable
    const isWebs = other?.web === "another program" && index > 1
    if (read && !isWebs) return choice([defaultPort], `${reads}: ${read.file}:${read.line}`)
    const found = index === 0 ? bestOf(ports) : clearOf(bestOf(ports))
    const [first] = found
    if (first) return atPorts(first, found)
  }
  if (isSilent) return none(fromNothing)
  const opens = near.flatMap((each) => each.opens)
  const notices = assumed(opens, bestOf(near.at(-1)?.ports ?? []))
  if (other && notices.length === 0) return none(other.from)
  return { ...choice([defaultPort], fromNowhere), notices }
}

/**
 * What packages say that several programs may import is clear only where it is one port, or one that can be set: one that is
 * fixed beside it is a server of profiles or metrics.
 */
function clearOf(ports: readonly ListenPort[]): readonly ListenPort[] {
  const defaults = ports.filter(({ isDefault, secondary }) => isDefault && !secondary)
  const isOne = (of: readonly ListenPort[]) => new Set(of.map(({ value }) => value)).size === 1
  return [ports, defaults].find(isOne) ?? []
}

function atPorts(first: ListenPort, found: readonly ListenPort[]): PortChoice {
  const from = `${first.file}:${first.line}`
  const notices = first.loopback
    ? [
        `${from}: the program listens on localhost only, which cannot be reached from outside its container; ":${portNumber(first.value)}" means every address`,
      ]
    : []
  return { ...choice([...new Set(found.map(({ value }) => value))], from), notices }
}

/** It listens, and nobody knows where. */
function assumed(opens: readonly Found<string>[], ports: readonly ListenPort[]): string[] {
  const [first] = [...ports, ...opens]
  if (!first) return []
  const named = ports.map(({ value, file, line }) => `${shortPort(value)} (${file}:${line})`)
  const found =
    named.length > 0
      ? `several ports are in the code: ${listSome(named)}`
      : `${first.file}:${first.line}: it listens, but the port is not known`
  return [
    `${found}: ${portNumber(defaultPort)} is assumed and set in PORT (--port; --port 0 for none)`,
  ]
}

/**
 * The servers that a program is there for, before those of metrics and the like. Of this machine's own address, only what a
 * program is there for: it may be asked for another address when it starts.
 */
function bestOf(ports: readonly ListenPort[]): ListenPort[] {
  const reachable = ports.filter(({ loopback }) => !loopback)
  const main = reachable.filter(({ secondary }) => !secondary)
  const local = ports.filter(({ loopback, secondary }) => loopback && !secondary)
  if (main.length > 0) return [...main, ...reachable.filter(({ secondary }) => secondary)]
  return local.length > 0 ? local : reachable
}

function choice(ports: Port[], from: string): PortChoice {
  const variable = ports.filter(isTcp).map(portNumber)[0]
  return { ports, variable, from, notices: [] }
}

function none(from: string): PortChoice {
  return { ports: [], from, notices: [] }
}

/** `-listen :9000`, `--http.addr=0.0.0.0:9000`, `--port 9000`. */
function portOfArguments(words: readonly string[]): Port | undefined {
  for (const [index, word] of words.entries()) {
    const [, name = "", joined] = /^--?([\w.-]+)(?:=(.*))?$/.exec(word) ?? []
    const value = joined ?? words[index + 1] ?? ""
    const [, address] = /^(?:0\.0\.0\.0|\[::\])?:(\d{1,5})$/.exec(value) ?? []
    const [, number] = /^(\d{1,5})$/.exec(value) ?? []
    const isAddress =
      address !== undefined && /(?:^|[-.])(?:listen|addr|address|bind|http)$/i.test(name)
    const isPort =
      number !== undefined && /^(?:http[-.]?|listen[-.]?|server[-.]?)?port$/i.test(name)
    const port = Number(isAddress ? address : isPort ? number : 0)
    if (port > 0 && port < 65536) return `${port}/tcp`
  }
  return undefined
}
