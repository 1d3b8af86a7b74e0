import { onDebian } from "../../../../src/detect/dockerfile/alpine-packages.js"
import { readInstalled } from "../../../../src/detect/dockerfile/commands.js"
import { isOfHealthCheck } from "../../../../src/detect/dockerfile/dockerfile.js"
import type { Instruction } from "../../../../src/detect/dockerfile/instructions.js"
import { commandsOf } from "../../../../src/detect/dockerfile/shell-commands.js"
import type { Row } from "./go-build.js"

/** By the words that a command begins with. */
const kinds: readonly [option: string, pattern: RegExp][] = [
  ["RUN go install", /^go install (?:.* )?\S+@\S+$/],
  ["RUN go build", /^(?:xx-)?go (?:build|install)\b/],
  ["RUN apt-get install", /^apt(?:-get)? (?:.* )?install\b/],
  ["RUN apk add", /^apk (?:.* )?add\b/],
  ["RUN adduser", /^(?:adduser|useradd|addgroup|groupadd|usermod)\b/],
  [
    "RUN go mod download",
    /^go (?:mod (?:download|verify|tidy|vendor)|get|env|version|list|clean)\b/,
  ],
  ["RUN go generate", /^go generate\b/],
  ["RUN go test", /^(?:go (?:test|vet)|golangci-lint|staticcheck|gotestsum)\b/],
  ["RUN npm", /^(?:npm|npx|yarn|pnpm|bun|corepack)\b/],
  ["RUN make", /^make\b/],
  ["RUN mkdir", /^(?:mkdir|install -d)\b/],
  ["RUN setcap", /^setcap\b/],
]

/** That are about the image itself, and nothing in a builder. */
const ofImage = ["RUN adduser", "RUN mkdir", "RUN setcap"]

/** What changes nothing that another row is not about. */
const harmless =
  /^(?:(?:rm|set|cd|echo|printf|chown|chmod|export|ls|test|true|false|cp|mv|ln|touch|cat|pwd|if|elif|fi|for|done|case|esac|exit|sync|strip|update-ca-certificates|ldconfig|sed|dpkg|arch|uname|which|file|du|find|xargs|tee|install|apt|apt-get|apk|git config|xx-\w+)(?![\w-])|[:[])/

/** What RUN does, one row a kind: a line may install packages, make a folder and build. */
export function rowsOfRun(
  text: string,
  written: string,
  {
    isBuilder,
    hasOwnBase = false,
    hasFrontend = false,
    own = [],
  }: {
    isBuilder: boolean
    hasOwnBase?: boolean
    hasFrontend?: boolean
    own?: readonly Instruction[]
  },
): Row[] {
  const commands = commandsOf(text)
    .map((words) =>
      words.filter(
        (word) =>
          !/^(?:--mount=|--network=|--security=|[A-Za-z_]\w*=|(?:then|else|do|sudo|exec|!|\{)$)/.test(
            word,
          ),
      ),
    )
    .filter((words) => words.length > 0)
    .map((words) => words.join(" "))
  const found = new Map<string, string>()
  for (const command of commands) {
    const [option] = kinds.find(([, pattern]) => pattern.test(command)) ?? []
    if (option === undefined || (isBuilder && ofImage.includes(option))) continue
    found.set(option, found.get(option) ?? command)
  }
  const others = commands.filter(
    (command) =>
      !harmless.test(command) &&
      !isPattern(command) &&
      !kinds.some(([, pattern]) => pattern.test(command)),
  )
  const installed = readInstalled(text)
    .map(({ name }) => name)
    .filter((name) => !isOfHealthCheck(name, own))
  const rows = [...found].flatMap(([option, command]): Row[] => {
    if (option === "RUN apt-get install") return [ofApt(command, installed, isBuilder)]
    if (option === "RUN apk add")
      return isBuilder
        ? [ofApkInBuilder(command, installed)]
        : ofApk(command, installed, hasOwnBase)
    if (option === "RUN npm" && hasFrontend) {
      const meaning = "the front end is built in a stage of its own"
      return [{ option, value: command, status: "automatic", meaning }]
    }
    if (option !== "RUN go build") return [{ option, value: command }]
    const row: Row = { option, value: written }
    if (!isForAnotherSystem(text)) return [row]
    return [{ ...row, status: "not supported", meaning: "an image has programs for Linux alone" }]
  })
  if (rows.length > 0)
    return others.length > 0 ? [...rows, { option: "RUN", value: others.join("; ") }] : rows
  // A line of which nothing is known is told whole.
  if (others.length > 0) return [{ option: "RUN", value: written }]
  return [{ option: isBuilder ? "lines of a builder" : "RUN chmod", value: written }]
}

/** All of its programs. */
function isForAnotherSystem(text: string): boolean {
  const systems = [...text.matchAll(/\bGOOS=["']?([^\s"';&]*)/g)].map(([, system = ""]) => system)
  return systems.length > 0 && systems.every((system) => /^(?!linux$)[a-z0-9]+$/.test(system))
}

/** `linux/arm64)` of a `case`, whose bars and brackets look as if they ended commands. */
function isPattern(command: string): boolean {
  return /^(?:linux|windows|darwin|amd64|arm64|x86_64|aarch64|arm|\*)(?:\/[\w/]+)?$/.test(command)
}

function ofApt(value: string, installed: string[], isBuilder: boolean): Row {
  if (installed.length === 0) return { option: "RUN of usual packages", value }
  if (!isBuilder) return { option: "RUN apt-get install", value, writes: { osPackages: installed } }
  const buildPackages = installed.filter((name) => name.endsWith("-dev") && name !== "libc6-dev")
  return buildPackages.length === 0
    ? { option: "RUN of usual packages", value }
    : { option: "RUN apt-get install in a builder", value, writes: { buildPackages } }
}

/** Under the names that this image's base has for them; each that has none there is told. */
function ofApk(value: string, installed: readonly string[], hasOwnBase: boolean): Row[] {
  const here = installed.map((name) => ({ name, names: hasOwnBase ? [name] : onDebian(name) }))
  const osPackages = [...new Set(here.flatMap(({ names = [] }) => names))]
  const unknown = here.filter(({ names }) => names === undefined).map(({ name }) => name)
  const usual = unknown.length === 0 ? [{ option: "RUN of usual packages", value }] : []
  return [
    ...(osPackages.length > 0 ? [{ option: "RUN apk add", value, writes: { osPackages } }] : usual),
    ...unknown.map((name) => ({ option: "RUN apk add of another name", value: name })),
  ]
}

/** What the builder has, and what builds a front end, which is found by its own files. */
const inBuilder =
  /^(?:bash|binutils|build-base|coreutils|curl|findutils|g\+\+|gcc|git|grep|gzip|libc-dev|linux-headers|make|musl-dev|nodejs|npm|openssh(?:-client)?|pkgconf|pkgconfig|sed|tar|wget|yarn)$/

function ofApkInBuilder(value: string, installed: readonly string[]): Row {
  const isThere = installed.every((name) => inBuilder.test(name))
  return { option: isThere ? "RUN of usual packages" : "RUN apk add in a builder", value }
}
