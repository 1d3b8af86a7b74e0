import { readInstalled } from "../../../../src/detect/dockerfile/commands.js"
import { commandsOf } from "../../../../src/detect/dockerfile/shell-commands.js"
import type { Row } from "./go-build.js"

/** Packages with the same name on Alpine and Debian. */
const sameOnDebian = new Set(
  (
    "bash coreutils curl ffmpeg file findutils gawk git git-lfs gnupg graphviz imagemagick iproute2 iptables jq less nano " +
    "openssh-client openssl procps rsync sed tar tree unzip vim wget zip"
  ).split(" "),
)

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
  { isBuilder }: { isBuilder: boolean },
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
  const rows = [...found].map(([option, command]): Row => {
    if (option === "RUN apt-get install") return ofApt(command, readInstalled(text), isBuilder)
    if (option === "RUN apk add") return ofApk(command, readInstalled(text), isBuilder)
    if (option !== "RUN go build") return { option, value: command }
    const row: Row = { option, value: written }
    if (!isForAnotherSystem(text)) return row
    return { ...row, status: "not supported", meaning: "an image has programs for Linux alone" }
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

function ofApk(value: string, installed: string[], isBuilder: boolean): Row {
  if (installed.length === 0) return { option: "RUN of usual packages", value }
  if (isBuilder) return { option: "RUN apk add in a builder", value }
  return installed.every((name) => sameOnDebian.has(name))
    ? { option: "RUN apk add of the same name", value, writes: { osPackages: installed } }
    : { option: "RUN apk add", value }
}
