import { UserError } from "../../errors.js"
import {
  launcherPath,
  parseCommandLine,
  type CommandLine,
} from "../../detect/project/command-line.js"
import { lastProgram } from "./exec.js"
import { goRoot, type RuntimeBase } from "../bases/runtimes.js"
import { workingDirectory } from "../../settings/image-paths.js"
import { migratePath } from "../programs/tools-stage.js"
import type { Binary } from "../types.js"
import { defaultName } from "../../detect/packages/program-name.js"
import type { Facts } from "../../detect/facts.js"

/** All that a command is chosen from. */
export interface Context {
  facts: Facts
  goTools?: boolean
  binaries: readonly Binary[]
  runtime: RuntimeBase
}

/** What the image runs. */
export interface Command {
  entrypoint: string[]
  command: string[]
  /** It is started by the launcher, which must be in the image. */
  usesLauncher?: boolean
  /** Something else starts the programs, and may do so by their names. */
  searchesPath?: boolean
  /** For the report, e.g. `/app/hello-web`. */
  value: string
  from: string
  notices?: string[]
}

export function fromCommandLine(asked: string, from: string, context: Context): Command {
  const { runtime } = context
  const { text, line } = withoutExec(asked)
  const [first = "", ...rest] = line.words
  if (first === "") throw new UserError(`the command is empty (${from})`)
  const program = resolveProgram(first, context)
  // What a variable stands for is known when the container runs.
  const isKnown = !line.templates[0]?.replaceAll("$$", "").includes("$")
  if (line.needs !== "shell" && program === undefined && isKnown) {
    checkProgram(first, text, from, context)
  }
  const notices = elsewhere(line, from, context)
  if (line.needs === "nothing") {
    const args = [program ?? first, ...rest]
    const searchesPath = program === undefined
    return { ...split(args), searchesPath, value: args.join(" "), from, notices }
  }
  if (runtime.shell !== undefined) {
    const { script, shellStays } = toScript(text, line, context)
    if (shellStays) {
      notices.push(
        `${from}: a shell stays the first process, and it does not pass on the signal that stops the container: ${text}`,
      )
    }
    const command = [runtime.shell, "-c", script]
    const searchesPath = line.needs === "shell"
    return { entrypoint: [], command, searchesPath, value: script, from, notices }
  }
  if (line.needs === "shell") {
    throw new UserError(
      `the command needs a shell, but ${runtime.name} has none: ${text} (${from})`,
      {
        hint: "Use a runtime with a shell, such as debian, or a command without shell syntax; variables such as $PORT are fine.",
      },
    )
  }
  const [template = "", ...templates] = line.templates
  const args = [launcherPath, program ?? template, ...templates]
  return { entrypoint: args, command: [], usesLauncher: true, value: text, from, notices }
}

/** Where the command does not need a shell, it does not need the shell's exec either. */
function withoutExec(asked: string): { text: string; line: CommandLine } {
  const text = asked.replace(/^\s*exec\s+(?=\S)/, "")
  const line = parseCommandLine(text)
  return line.needs === "shell" ? { text: asked, line: parseCommandLine(asked) } : { text, line }
}

/**
 * `api`, `./api`, `bin/api` and `./bin/api` all mean the binary of that name, or else the only one that would have it by
 * default. So does an absolute path: where it was written for another image, the program is somewhere else in this one.
 */
function resolveProgram(word: string, { binaries, runtime }: Context): string | undefined {
  const installed = binaries.find((binary) => binary.installed === word)
  if (installed) return installed.installed
  const name = /^(?:\/.*\/|\/|(?:\.\/)?(?:bin\/)?)([^/]+)$/.exec(word)?.[1]
  const ofBase = runtime.programs === "any" ? [] : runtime.programs
  if (word.startsWith("/") && ofBase.includes(name ?? "")) return undefined
  const named = binaries.find((binary) => binary.name === name)
  if (named) return named.installed
  const [only, another] = binaries.filter(({ importPath }) => defaultName(importPath) === name)
  return another ? undefined : only?.installed
}

/** Says which absolute paths stand for a program that is elsewhere. */
function elsewhere({ programs }: CommandLine, from: string, context: Context): string[] {
  return programs.flatMap(({ word }) => {
    const program = word.startsWith("/") ? resolveProgram(word, context) : undefined
    return program === undefined || program === word
      ? []
      : [`${from}: ${word} is ${program} in this image`]
  })
}

/**
 * The command for a shell: each binary that it names where a shell would look for a program as its path, and `exec` before
 * the last program, so that this one gets the signals that stop the container.
 */
function toScript(
  text: string,
  line: CommandLine,
  context: Context,
): { script: string; shellStays: boolean } {
  const last = line.needs === "expansion" ? 0 : lastProgram(text, line)
  const inserted = typeof last === "number" ? [{ start: last, end: last, text: "exec " }] : []
  const replaced = line.programs.flatMap(({ word, start, end }) => {
    const program = resolveProgram(word, context)
    return program === undefined ? [] : [{ start, end, text: program }]
  })
  const script = [...inserted, ...replaced]
    .sort((a, b) => b.start - a.start || b.end - a.end)
    .reduce((all, each) => all.slice(0, each.start) + each.text + all.slice(each.end), text)
  return { script, shellStays: last === "none" }
}

/** Whether the first word can be there at run time: one of the programs, a kept file, or something of the base image. */
function checkProgram(first: string, text: string, from: string, context: Context): void {
  const { binaries, facts, runtime } = context
  if (runtime.programs === "any" || runtime.programs.includes(first)) return
  if (first === "migrate" && facts.migrate) return
  const inFolder = first.startsWith(`${workingDirectory}/`)
  if (first.startsWith("/") && !inFolder) {
    // What a base with a shell has, nobody knows; others have nothing but what this build brings.
    if (runtime.shell !== undefined || brought(context).includes(first)) return
    throw notThere(first, text, from, binaries)
  }
  const path = inFolder ? first.slice(workingDirectory.length + 1) : first.replace(/^\.\//, "")
  const slash = path.indexOf("/")
  const entry = slash < 0 ? path : path.slice(0, slash + 1)
  const isKept = facts.assets.some((asset) => asset.path === entry)
  if (isKept && first.includes("/")) return
  throw notThere(first, text, from, binaries)
}

/** Programs of this build that are in an image whatever its base. */
function brought({ facts, goTools }: Context): string[] {
  return [
    ...(facts.migrate ? [migratePath] : []),
    ...(goTools ? ["go", "gofmt"].map((name) => `${goRoot}/bin/${name}`) : []),
  ]
}

function notThere(
  first: string,
  text: string,
  from: string,
  binaries: readonly Binary[],
): UserError {
  return new UserError(`the command's program is not in the image: ${first} (${from})`, {
    hint: [
      `The command is: ${text}`,
      `Programs built here: ${binaries.map(({ name }) => name).join(", ")}`,
      binaries.length === 1
        ? "Use that name, or name the program with --binary-name."
        : "Use one of these names.",
    ].join("\n"),
  })
}

/** The program is the image's entry point: what a container is given in its arguments' stead does not replace it. */
export function split(args: string[]): Pick<Command, "entrypoint" | "command"> {
  return { entrypoint: args.slice(0, 1), command: args.slice(1) }
}
