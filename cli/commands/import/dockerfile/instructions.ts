import { posix } from "node:path"
import {
  readPairs,
  wordsOf,
  type Instruction,
} from "../../../../src/detect/dockerfile/instructions.js"
import { rowOfVariable, type Row } from "./go-build.js"
import { findOption } from "../options.js"
import { rowOfOther } from "./command.js"
import { rowOfCopy } from "./copies.js"
import { rowOfLabels } from "./labels.js"
import { rowOfUser } from "./users.js"
import { initOf, rowsOfMissing, rowsOfMissingRun } from "./missing.js"
import type { ImportedImage, KnownImage } from "./known-image.js"
import { rowsOfRun } from "./run.js"
import { rowOfWorkdir } from "./working-directory.js"

/** Of a stage that the image is not made of. */
export function rowsOfBuilder(
  instruction: Instruction,
  { files, missing }: Pick<KnownImage, "files" | "missing">,
): Row[] {
  const { name, text, written } = instruction
  const value = written
  switch (name) {
    case "RUN":
      return runOfBuilder(instruction, { files, missing })
    case "ARG":
      return argumentsOf(written)
    case "ENV":
      return readPairs(text).map(
        ([key, each]) =>
          rowOfVariable(key, each) ?? { option: "ENV of a build", value: `${key}=${each}` },
      )
    case "COPY":
      return [{ option: "COPY", value }]
    case "ADD":
      return [addOf(written)]
    case "SHELL":
    case "ONBUILD":
    case "MAINTAINER":
      return [{ option: name, value }]
    default:
      return known.has(name) ? [{ option: "lines of a builder", value: `${name} ${value}` }] : []
  }
}

const known = new Set(
  "WORKDIR EXPOSE USER ENTRYPOINT CMD VOLUME HEALTHCHECK STOPSIGNAL LABEL".split(" "),
)

function runOfBuilder(
  instruction: Instruction,
  { files, missing }: Pick<KnownImage, "files" | "missing">,
): Row[] {
  const { text, written } = instruction
  const rows = rowsOfRun(text, written, { isBuilder: true, hasFrontend: files?.hasFrontend })
  const carried = rowsOfMissingRun(instruction, { missing })
  // Something of it is in the image, then.
  const others = rows.filter(({ option }) => option !== "lines of a builder")
  return carried.length > 0 ? [...others, ...carried] : rows
}

/** Of the image itself. */
export function rowsOfImage(instruction: Instruction, image: ImportedImage): Row[] {
  const missing = rowsOfMissing(instruction, image)
  const { name, text, written } = instruction
  const { isOfBuilder } = image
  if (name === "RUN") {
    const rows = rowsOfRun(text, written, {
      isBuilder: isOfBuilder,
      hasOwnBase: image.known.hasOwnBase,
      own: image.own,
    })
    // What it makes says more than that it is not run.
    const isTold = missing.some(({ option }) => option === "RUN")
    const others = rows.filter(
      ({ option }) =>
        !missing.some((each) => each.option === option) &&
        !(isTold && (option === "RUN" || option === "RUN chmod")),
    )
    return [...others, ...missing]
  }
  return missing.length > 0 ? missing : rowsOfOther(instruction, image)
}

function rowsOfOther(instruction: Instruction, image: ImportedImage): Row[] {
  const { name, text, written, line } = instruction
  const value = written
  const at = <T>(found: readonly { value: T; line: number }[]) =>
    found.filter((each) => each.line === line).map((each) => each.value)
  const { dockerfile } = image
  switch (name) {
    case "ARG":
      return argumentsOf(written)
    case "ENV":
      return readPairs(text).length > 0
        ? variablesOf(text, at(dockerfile.variables))
        : [{ option: name, value }]
    case "ADD":
      return [addOf(written)]
    case "USER":
      return [rowOfUser(text, image.users)]
    case "EXPOSE":
      return [portsOf(value, at(dockerfile.ports), image.known)]
    case "ENTRYPOINT":
    case "CMD":
      return commandOf(name, text, written, image).map((row) =>
        row.option === name ? rowOfOther(row, dockerfile.entry?.value, image.known.command) : row,
      )
    case "VOLUME": {
      const volumes = (wordsOf(text) ?? []).filter((path) => path.startsWith("/"))
      return [{ option: name, value, writes: { volumes } }]
    }
    case "HEALTHCHECK":
      return [healthCheckOf(value, at(dockerfile.healthCheck)[0])]
    case "STOPSIGNAL":
      return [{ option: name, value, writes: { stopSignal: at(dockerfile.stopSignal)[0] } }]
    case "LABEL":
      return [rowOfLabels(text, value, image.known.labels ?? [])]
    case "WORKDIR":
      return [rowOfWorkdir(line, value, image.workingDirectory)]
    case "COPY":
      return [
        image.isOfBuilder
          ? { option: name, value }
          : rowOfCopy(instruction, image.stages, image.known.files),
      ]
    case "SHELL":
    case "ONBUILD":
    case "MAINTAINER":
      return [{ option: name, value }]
    default:
      return []
  }
}

/** When it asks, and how often, whoever runs the image says. */
function healthCheckOf(value: string, path: string | undefined): Row {
  const isPath = path === undefined || path.startsWith("/")
  const row: Row = isPath
    ? { option: "HEALTHCHECK", value, writes: { healthCheck: path } }
    : { option: "HEALTHCHECK of a command", value }
  const [start = ""] = value.split(/\b(?:CMD|NONE)\b/)
  const times = start.match(/--(?:interval|timeout|retries|start-period|start-interval)=\S+/g)
  if (!times) return row
  const { meaning } = findOption("dockerfile", row.option)
  const more = `no setting has ${times.join(" ")}: docker run --health-interval and the like do`
  return { ...row, meaning: `${meaning}; ${more}` }
}

function argumentsOf(written: string): Row[] {
  const names = written.trim().split(/\s+/)
  const pairs = names.length > 1 && readPairs(written).length > 1
  const areNames = names.every((each) => /^\w+$/.test(each))
  const all = areNames
    ? names.map((each): [string, string] => [each, ""])
    : pairs
      ? readPairs(written)
      : [splitPair(written)]
  return all.map(([name, each]) => {
    const value = each === "" ? name : `${name}=${each}`
    if (/^(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)$/.test(name))
      return { option: "ARG TARGETPLATFORM", value }
    return rowOfVariable(name, each) ?? { option: "ARG", value }
  })
}

function splitPair(text: string): [string, string] {
  const [, name = "", value = ""] = /^([^=]*)=?(.*)$/s.exec(text) ?? []
  return [name, value.replace(/\s+#.*$/s, "").replace(/^(["'])(.*)\1$/s, "$2")]
}

/** Those that nobody needs to know are left out; a value that another image has is known only there. */
function variablesOf(text: string, own: readonly string[]): Row[] {
  return readPairs(text).map(([key, each]) => {
    const value = `${key}=${each}`
    if (!own.includes(key)) return { option: "ENV PORT", value }
    if (!/[$`]/.test(each)) return { option: "ENV", value, writes: { environment: [value] } }
    const meaning = "its value is not known here"
    return { option: "ENV", value, status: "not supported", meaning }
  })
}

function addOf(written: string): Row {
  const isAddress = /(?:^|\s)(?:https?|git|ftp):\/\/|(?:^|\s)git@/.test(written)
  return { option: isAddress ? "ADD of an address" : "ADD", value: written }
}

/** Builds take them where neither the code nor the command says another one. */
function portsOf(value: string, exposed: readonly string[], { ports }: KnownImage): Row {
  if (exposed.length === 0) {
    const meaning = "the port is not known here"
    return { option: "EXPOSE", value, status: "not supported", meaning }
  }
  if (!ports || exposed.every((port) => ports.value.includes(port)))
    return { option: "EXPOSE", value }
  const meaning = `otherwise ${ports.value.join(", ").replaceAll("/tcp", "") || "none"} (${ports.from})`
  const port = exposed.map((each) => each.replace("/tcp", ""))
  return { option: "EXPOSE", value, status: "setting", meaning, writes: { port } }
}

function commandOf(
  name: "ENTRYPOINT" | "CMD",
  text: string,
  written: string,
  image: ImportedImage,
): Row[] {
  const words = wordsOf(text)
  if (!words) return [{ option: `${name} in a shell`, value: written }]
  const init = initOf(text)
  if (init.length === 0) return [withPath({ option: name, value: written }, words, image)]
  const behind = words.slice(1).filter((word) => !word.startsWith("-"))
  const row = withPath({ option: name, value: behind.join(" ") }, behind, image)
  return [...init, ...(behind.length > 0 ? [row] : [])]
}

/** What starts the program by its path elsewhere, such as a manifest of Kubernetes, has to know it. */
function withPath(
  row: Row,
  [command = ""]: readonly string[],
  { known, workingDirectory }: ImportedImage,
): Row {
  const program = known.programs?.find(({ name }) => name === posix.basename(command))
  const before = posix.resolve(workingDirectory.path ?? "/", command)
  if (!program || !command.includes("/") || program.installed === before) return row
  const { meaning } = findOption("dockerfile", row.option)
  const short = program.isOnPath ? ", or its name alone" : ""
  return { ...row, meaning: `${meaning}; here its path is ${program.installed}${short}` }
}
