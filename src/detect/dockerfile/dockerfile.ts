import type { Port } from "../../settings/ports.js"
import {
  baseOf,
  finalInstructions,
  isGo,
  parseStages,
  isNode,
  readPairs,
  wordsOf,
  type Instruction,
  type Stage,
} from "./instructions.js"
import { commandsOf } from "./shell-commands.js"
import { findCgoOf } from "./cgo.js"
import { findLinked } from "./build-flags.js"
import { findCarried, findMade, type Made } from "./made.js"
import { findPlaced, type Placed } from "./placed.js"
import { readGoBuilds, readInstalled, type GoBuild, type Installed } from "./commands.js"
import type { Found } from "../../found.js"

/** What a project's own Dockerfile says of the image that it makes, as far as it says so in so many words. */
export interface Dockerfile {
  file: string
  /** The `go build` lines of all its stages. */
  builds: GoBuild[]
  /** Something of Go is built in it, perhaps by a Makefile. */
  buildsGo: boolean
  /** Whether all of them are compiled with C; undefined where that cannot be said. */
  cgo?: Found<"on" | "off">
  /** What its `go build` lines have the linker set, `symbol=value` each, where the value is known. */
  linkerValues: Found<string>[]
  /** ENTRYPOINT and CMD, one behind the other, and how many words of it stay whatever a container is given. */
  entry?: Found<string[]> & { stay: number }
  ports: Found<Port>[]
  /** Packages of the operating system in the image itself. */
  packages: Found<Installed>[]
  volumes: Found<string>[]
  /** Names of variables in the image's environment, with what they are set to. */
  variables: DockerfileVariable[]
  stopSignal: Found<string>[]
  /** The path that HEALTHCHECK asks over HTTP, or that it is another one. */
  healthCheck: Found<string>[]
  /** A stage on a base of Node.js or the like, which builds a front end. */
  frontEnd: Found<string>[]
  /** Libraries in the image that another stage makes. */
  libraries: Found<string>[]
  /** Something is filled in before it is a Dockerfile, so that not all of it can be read. */
  isTemplate?: true
  /** Files of the source that it copies, by their place in the image. */
  copied: { from: string; to: string }[]
  /** Files and folders that RUN makes in the image itself, and what setcap gives there. */
  made: Made
  /** Of all that is copied into the image itself. */
  placed: Placed
}

export interface DockerfileVariable extends Found<string> {
  /** Its value, in which a variable may stand that nobody knows. */
  is: string
}

/** More than this of one EXPOSE is a range that nobody needs port by port. */
const mostPorts = 20

export function parseDockerfile(text: string, file: string): Dockerfile {
  const stages = parseStages(text)
  const own = finalInstructions(stages)
  const of = (name: string) => own.filter((each) => each.name === name)
  const found = <T>(values: readonly T[], { line }: Instruction): Found<T>[] =>
    values.map((value) => ({ value, file, line }))
  const isBuilder = isGo(baseOf(stages))
  return {
    file,
    builds: stages.flatMap(({ instructions }) =>
      instructions.filter(({ name }) => name === "RUN").flatMap((each) => readGoBuilds(each, file)),
    ),
    buildsGo:
      stages.some(({ base }) => isGo(base)) || /\b(?:go (?:build|install)|make)\b/.test(text),
    cgo: findCgoOf(stages, file),
    linkerValues: findLinked(stages).flatMap(({ symbol, value, line }) =>
      value === undefined ? [] : [{ value: `${symbol}=${value}`, file, line }],
    ),
    entry: entryOf(of("ENTRYPOINT").at(-1), of("CMD").at(-1), file),
    ports: of("EXPOSE").flatMap((each) => found(readPorts(each.text), each)),
    // A builder's are those of the build.
    packages: isBuilder
      ? []
      : of("RUN").flatMap((each) =>
          found(
            readInstalled(each.text).filter(({ name }) => !isOfHealthCheck(name, own)),
            each,
          ),
        ),
    volumes: of("VOLUME").flatMap((each) => found(wordsOf(each.text) ?? [], each)),
    variables: of("ENV").flatMap((each) =>
      found(
        readPairs(each.text).filter(([name]) => !ofEveryImage.test(name)),
        each,
      ).map(({ value: [value, is], ...at }) => ({ value, is, ...at })),
    ),
    stopSignal: of("STOPSIGNAL")
      .slice(-1)
      .flatMap((each) => found([each.text], each)),
    healthCheck: of("HEALTHCHECK")
      .slice(-1)
      .flatMap((each) => found([readHealthCheck(each.text)], each))
      .filter(({ value }) => value !== ""),
    frontEnd: stages
      .filter(({ base }) => isNode(base))
      .slice(0, 1)
      .map(({ base, line }) => ({ value: base, file, line })),
    libraries: of("COPY").flatMap((each) => found(readLibrary(each.text), each)),
    ...(isTemplate(text, file) && { isTemplate: true }),
    // Also what a stage prepares for the last one.
    copied: stages.flatMap(({ instructions }) =>
      instructions.filter(({ name }) => name === "COPY").flatMap(({ text }) => readCopy(text)),
    ),
    made: madeIn(isBuilder ? [] : stages, own, file),
    placed: findPlaced(isBuilder ? [] : stages, file),
  }
}

function madeIn(stages: readonly Stage[], own: readonly Instruction[], file: string): Made {
  if (stages.length === 0) return findMade([], file)
  const made = findMade(own, file)
  const isNew = ({ value }: Found<string>) =>
    !made.capabilities.some((each) => each.value === value)
  const carried = findCarried(stages, own, file).filter(isNew)
  return { ...made, capabilities: [...made.capabilities, ...carried] }
}

/** `{ARG_BIN}`, `@BIN@`, `{{ .Bin }}` in what would be an instruction; or a name that says so. */
function isTemplate(text: string, file: string): boolean {
  return (
    /\.(?:in|tmpl|tpl|template|j2|jinja2?|m4|erb|gotmpl)$/i.test(file) ||
    /^(?:FROM|COPY|ENTRYPOINT|CMD)\b.*(?:(?<!\$)\{[A-Z_]+\}|\{\{|@[A-Z_]+@)/m.test(text)
  )
}

/** `/usr/lib/x.so` of `COPY --from=builder /src/dist/x.so /usr/lib/`. */
function readLibrary(text: string): string[] {
  if (!/(?:^|\s)--from=/.test(text)) return []
  const paths = (wordsOf(text) ?? []).filter((word) => !word.startsWith("--"))
  const to = paths.pop() ?? ""
  return paths
    .filter((path) => /\.(?:so(?:\.\d+)*|wasm)$/.test(path))
    .map((path) => (to.endsWith("/") ? to + (/[^/]+$/.exec(path)?.[0] ?? "") : to))
}

/** What every image has, or what is about building it. */
const ofEveryImage =
  /^(?:PATH|PORT|HOME|USER|DEBIAN_FRONTEND|CGO_ENABLED|GO(?:OS|ARCH|PATH|PROXY|FLAGS|CACHE|111MODULE))$/

/** A command for a shell is what somebody has to look at, not what can be taken over. */
function entryOf(
  entrypoint: Instruction | undefined,
  command: Instruction | undefined,
  file: string,
): Dockerfile["entry"] {
  const at = entrypoint ?? command
  if (!at) return undefined
  const first = entrypoint ? wordsOf(entrypoint.text) : []
  const rest = command ? wordsOf(command.text) : []
  // Filled in by something else, in a template.
  const isOpen = [...(first ?? []), ...(rest ?? [])].some((word) => /[{}]/.test(word))
  if (!first || !rest || isOpen) return undefined
  return { value: [...first, ...rest], stay: first.length, file, line: at.line }
}

/** A program that asks over HTTP for HEALTHCHECK, whose path an image asks without it. */
export function isOfHealthCheck(name: string, own: readonly Instruction[]): boolean {
  if (name !== "curl" && name !== "wget") return false
  const [check] = own.filter((each) => each.name === "HEALTHCHECK").slice(-1)
  if (!check || !readHealthCheck(check.text).startsWith("/")) return false
  const uses = new RegExp(String.raw`(?:^|[\s"'/\[;&|(])${name}(?=[\s"'])`)
  const isInstall = /\b(?:apk|apt|apt-get)\b/
  const others = own.filter(
    (each) =>
      /^(?:RUN|CMD|ENTRYPOINT)$/.test(each.name) &&
      commandsOf(each.text).some(
        (words) => !isInstall.test(words.join(" ")) && uses.test(`${words.join(" ")} `),
      ),
  )
  return uses.test(check.text) && others.length === 0
}

/** `80`, `53/udp`, `7000-7002`. */
function readPorts(text: string): Port[] {
  return text.split(/\s+/).flatMap((word) => {
    const [, from, to, protocol = "tcp"] =
      /^["']?(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp))?["']?$/i.exec(word) ?? []
    const first = Number(from)
    const last = to === undefined ? first : Number(to)
    if (!(first > 0 && last < 65536) || last - first >= mostPorts) return []
    return Array.from(
      { length: last - first + 1 },
      (_, index): Port => `${first + index}/${protocol.toLowerCase() as "tcp" | "udp"}`,
    )
  })
}

/** `/ping` of `CMD curl --fail http://localhost:8080/ping || exit 1`. */
function readHealthCheck(text: string): string {
  if (/^\s*NONE\s*$/i.test(text)) return ""
  const [, path] = /https?:\/\/[^/\s"']+(\/[\w./-]*)/.exec(text) ?? []
  return path ?? "by a command of its own"
}

/** Of one file; flags such as `--from` say that it is of another image, or whose it becomes. */
function readCopy(text: string): { from: string; to: string }[] {
  if (/(?:^|\s)--from=/.test(text)) return []
  const [from, to, more] = (wordsOf(text) ?? []).filter((word) => !word.startsWith("--"))
  return from === undefined || to === undefined || more !== undefined ? [] : [{ from, to }]
}
