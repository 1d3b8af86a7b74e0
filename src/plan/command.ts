import type { Facts } from "../detect/facts.js"
import { UserError } from "../errors.js"
import type { Setting, Settings } from "../settings/resolve.js"
import { parseCommandLine, type CommandLine } from "./command-line.js"
import { defaultName } from "./binary-names.js"
import { launcherPath } from "./launcher.js"
import type { Runtime } from "./runtimes.js"
import type { Binary } from "./types.js"

/** All that a command is chosen from. */
interface Context {
  facts: Facts
  binaries: readonly Binary[]
  runtime: Runtime
}

/** What the image runs. */
export interface Command {
  entrypoint: string[]
  command: string[]
  /** It is started by the launcher, which must be in the image. */
  usesLauncher?: boolean
  /** For the report, e.g. `/app/hello-web`. */
  value: string
  from: string
}

/** The option, else the Procfile's process, else the only binary, else the one named like the module. */
export function chooseCommand({ command, process }: Settings, context: Context): Command {
  const { facts, binaries } = context
  if (command) return fromCommandLine(command.value, command.from, context)
  const found = chooseProcess(facts, process)
  if (found) return fromCommandLine(found.command, `Procfile:${found.line}`, context)
  const [first] = binaries
  if (first && binaries.length === 1) return runBinary(first, binaries, "the only program")
  const namesake = binaries.find(({ name }) => name === defaultName(".", facts.goMod.module.value))
  if (namesake) return runBinary(namesake, binaries, "the program named like the module")
  throw new UserError(
    `${binaries.length} programs, and nothing says which one the image runs: ${binaries
      .map(({ name, package: path }) => `${name} (${path})`)
      .join(", ")}`,
    {
      hint: [
        "Choose one, in any of these ways:",
        `  option command, e.g. --command ${first?.name}: all are in the image, that one is run`,
        `  option packages, e.g. --packages ${first?.package}: only that one is built`,
        `  a Procfile with a line such as \`web: ${first?.name}\``,
      ].join("\n"),
    },
  )
}

function chooseProcess({ procfile }: Facts, asked: Setting<string> | undefined) {
  const processes = procfile?.processes ?? []
  // A release process runs before a deployment, not as the service; where there is just one other, it must be that one.
  const services = processes.filter(({ type }) => type !== "release")
  const only = asked === undefined && services.length === 1 ? services[0] : undefined
  const found = processes.find(({ type }) => type === (asked?.value ?? "web")) ?? only
  if (asked && !found) {
    throw new UserError(
      `no process ${JSON.stringify(asked.value)} in the Procfile (${asked.from})`,
      {
        hint:
          processes.length > 0
            ? `It has: ${processes.map(({ type }) => type).join(", ")}`
            : "There is no Procfile, or it has no process.",
      },
    )
  }
  return found
}

function runBinary({ installed }: Binary, binaries: readonly Binary[], from: string): Command {
  return { ...split([installed], binaries), value: installed, from }
}

function fromCommandLine(text: string, from: string, context: Context): Command {
  const { binaries, runtime } = context
  const line = parseCommandLine(text)
  const [first = "", ...rest] = line.words
  if (first === "") throw new UserError(`the command is empty (${from})`)
  const program = resolveProgram(line, binaries)
  if (line.needs !== "shell" && program === undefined) checkProgram(first, text, from, context)
  if (line.needs === "nothing") {
    const args = [program ?? first, ...rest]
    return { ...split(args, binaries), value: args.join(" "), from }
  }
  if (runtime.shell !== undefined) {
    const script = program === undefined ? text : program + text.slice(line.firstWordEnd)
    // exec, so that the program itself gets the signals that stop the container.
    const value = line.needs === "expansion" ? `exec ${script}` : script
    return { entrypoint: [], command: [runtime.shell, "-c", value], value, from }
  }
  if (line.needs === "shell") {
    throw new UserError(
      `the command needs a shell, and ${runtime.name} has none: ${text} (${from})`,
      {
        hint: "Use a runtime with a shell, such as debian, or a command without shell syntax; variables such as $PORT are fine.",
      },
    )
  }
  const [template = "", ...templates] = line.templates
  const args = [launcherPath, program ?? template, ...templates]
  return { entrypoint: args, command: [], usesLauncher: true, value: text, from }
}

/** `api`, `./api`, `bin/api` and `./bin/api` all mean the binary of that name; an absolute path means itself. */
function resolveProgram({ words }: CommandLine, binaries: readonly Binary[]): string | undefined {
  const [first = ""] = words
  const name = /^(?:\.\/)?(?:bin\/)?([^/]+)$/.exec(first)?.[1]
  return binaries.find((binary) => binary.name === name)?.installed
}

/** Whether the first word can be there at run time: one of the programs, a kept file, or something of the base image. */
function checkProgram(first: string, text: string, from: string, context: Context): void {
  const { binaries, facts, runtime } = context
  if (first.startsWith("/") || runtime.programs === "any" || runtime.programs.includes(first))
    return
  const path = first.replace(/^\.\//, "")
  const slash = path.indexOf("/")
  const entry = slash < 0 ? path : path.slice(0, slash + 1)
  const isKept = facts.assets.some((asset) => asset.path === entry)
  if (isKept && first.includes("/")) return
  throw new UserError(`the command's program is not in the image: ${first} (${from})`, {
    hint: [
      `The command is: ${text}`,
      `Programs built here: ${binaries.map(({ name }) => name).join(", ")}`,
      binaries.length === 1
        ? "Use that name, or name the program with the option binaryName."
        : "Use one of these names.",
    ].join("\n"),
  })
}

/** One program is the image's entry point, so that arguments can be added; with several, the command can be replaced. */
function split(
  args: string[],
  binaries: readonly Binary[],
): Pick<Command, "entrypoint" | "command"> {
  return binaries.length === 1
    ? { entrypoint: args.slice(0, 1), command: args.slice(1) }
    : { entrypoint: [], command: args }
}
