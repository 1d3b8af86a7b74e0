import { readInstalled } from "../../../src/detect/dockerfile/commands.js"
import { parseDockerfile } from "../../../src/detect/dockerfile/dockerfile.js"
import {
  baseOf,
  finalInstructions,
  isGo,
  isNode,
  parseStages,
  readPairs,
  wordsOf,
  type Instruction,
} from "../../../src/detect/dockerfile/instructions.js"
import type { Options } from "../../../src/options.js"
import { foundOption, type FoundOption } from "./found.js"

/** Every instruction of a Dockerfile, by the reader that builds use. */
export function importDockerfile(text: string, file: string): FoundOption[] {
  const stages = parseStages(text)
  const dockerfile = parseDockerfile(text, file)
  const own = new Set(finalInstructions(stages).map(({ line }) => line))
  const isOfBuilder = isGo(baseOf(stages))
  const last = stages.at(-1)
  const bases = stages.map((stage) => {
    const isLast = stage === last && !isOfBuilder
    const option = isGo(stage.base)
      ? "FROM golang"
      : isNode(stage.base)
        ? "FROM node"
        : /(?:^|\/)alpine(?:[:@]|$)/.test(stage.base)
          ? "FROM alpine"
          : stage === last
            ? "FROM"
            : "FROM of other stages"
    const runtime = isLast && option === "FROM" ? runtimeOf(stage.base) : undefined
    return foundOption(
      "dockerfile",
      option,
      { file, line: stage.line, value: stage.base },
      runtime === undefined ? undefined : { runtime },
    )
  })
  const others = stages.flatMap(({ instructions }) =>
    instructions.flatMap((each) => {
      const isOwn = own.has(each.line) && !isOfBuilder
      const option = optionOf(each)
      if (option === undefined) return []
      const value = each.text.replace(/\s+/g, " ")
      const place = { file, line: each.line, value }
      return [
        foundOption("dockerfile", option, place, isOwn ? writesOf(each, dockerfile) : undefined),
      ]
    }),
  )
  return [...bases, ...others].sort((a, b) => a.line - b.line)
}

function runtimeOf(base: string): string | undefined {
  if (base === "scratch") return "scratch"
  if (base.startsWith("gcr.io/distroless/static")) return "distroless"
  if (base.startsWith("cgr.dev/chainguard/static")) return "chainguard"
  if (/^(?:docker\.io\/(?:library\/)?)?ubuntu(?:[:@]|$)/.test(base)) return "ubuntu"
  if (/^dhi\.io\//.test(base)) return "dhi"
  // Debian is the default, and a stage of the file is no image.
  return undefined
}

const plain = new Set(
  "COPY ADD WORKDIR ENV ARG EXPOSE USER ENTRYPOINT CMD VOLUME HEALTHCHECK STOPSIGNAL LABEL SHELL ONBUILD MAINTAINER".split(
    " ",
  ),
)

function optionOf({ name, text }: Instruction): string | undefined {
  if (name !== "RUN") return plain.has(name) ? name : undefined
  const kinds: [string, RegExp][] = [
    ["RUN go build", /\b(?:xx-)?go (?:build|install)\b/],
    ["RUN apt-get install", /\bapt(?:-get)?\b.*\binstall\b/s],
    ["RUN apk add", /\bapk\b.*\badd\b/s],
    ["RUN adduser", /\b(?:adduser|useradd|addgroup|groupadd)\b/],
    ["RUN go mod download", /\bgo mod (?:download|verify|tidy)\b/],
    ["RUN mkdir", /\bmkdir\b/],
  ]
  return kinds.find(([, pattern]) => pattern.test(text))?.[0] ?? "RUN"
}

function writesOf(
  { name, text, line }: Instruction,
  dockerfile: ReturnType<typeof parseDockerfile>,
): Options | undefined {
  const at = <T>(found: readonly { value: T; line: number }[]) =>
    found.filter((each) => each.line === line).map(({ value }) => value)
  switch (name) {
    case "RUN":
      return /\bapt(?:-get)?\b/.test(text) ? { osPackages: readInstalled(text) } : undefined
    case "ENV": {
      const names = at(dockerfile.variables)
      const pairs = readPairs(text).filter(
        ([key, value]) => names.includes(key) && !/[$]/.test(value),
      )
      return { environment: pairs.map(([key, value]) => `${key}=${value}`) }
    }
    case "USER":
      return /^[1-9]\d*(?::\d+)?$/.test(text) ? { user: text } : undefined
    case "EXPOSE":
      return { port: at(dockerfile.ports).map((port) => port.replace("/tcp", "")) }
    case "VOLUME":
      return { volumes: (wordsOf(text) ?? []).filter((path) => path.startsWith("/")) }
    case "HEALTHCHECK":
      return { healthCheck: at(dockerfile.healthCheck).find((path) => path.startsWith("/")) }
    case "STOPSIGNAL":
      return { stopSignal: at(dockerfile.stopSignal)[0] }
    case "LABEL":
      return { label: labelsOf(text) }
    default:
      return undefined
  }
}

/** Names of labels have dots, unlike those of variables. */
function labelsOf(text: string): string[] {
  return [...text.matchAll(/([\w./-]+)=("(?:\\.|[^"\\])*"|[^\s"]+)/g)]
    .map(([, name = "", value = ""]) => `${name}=${value.replace(/^"(.*)"$/, "$1")}`)
    .filter((label) => !/[$\\]/.test(label) && !/^org\.opencontainers\.image\./.test(label))
}
