import type { Facts } from "../detect/facts.js"
import { UserError } from "../errors.js"
import type { Setting, Settings } from "../settings/resolve.js"
import { parseCommandLine, type CommandLine } from "./command-line.js"
import { defaultName } from "./binary-names.js"
import { launcherPath } from "./launcher.js"
import type { RuntimeBase } from "./runtimes.js"
import type { Binary } from "./types.js"

/** All that a command is chosen from. */
interface Context {
  facts: Facts
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
        `  --command ${first?.name}: all are in the image, that one is run`,
        `  --packages ${first?.package}: only that one is built`,
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

function fromCommandLine(asked: string, from: string, context: Context): Command {
  const { binaries, runtime } = context
  const { text, line } = withoutExec(asked)
  const [first = "", ...rest] = line.words
  if (first === "") throw new UserError(`the command is empty (${from})`)
  const program = resolveProgram(first, context)
  // What a variable stands for is known when the container runs.
  const isKnown = !line.templates[0]?.replaceAll("$$", "").includes("$")
  if (line.needs !== "shell" && program === undefined && isKnown) {
    checkProgram(first, text, from, context)
  }
  if (line.needs === "nothing") {
    const args = [program ?? first, ...rest]
    const searchesPath = program === undefined
    return { ...split(args, binaries), searchesPath, value: args.join(" "), from }
  }
  if (runtime.shell !== undefined) {
    const script = resolvePrograms(text, line, context)
    // exec, so that the program itself gets the signals that stop the container.
    const value = line.needs === "expansion" ? `exec ${script}` : withExec(script, line)
    const command = [runtime.shell, "-c", value]
    return { entrypoint: [], command, searchesPath: line.needs === "shell", value, from }
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

/** The program's place is the same in the script, since nothing before it was replaced. */
function withExec(script: string, { canExec, programs }: CommandLine): string {
  const [program] = programs
  if (!canExec || !program) return script
  return `${script.slice(0, program.start)}exec ${script.slice(program.start)}`
}

/** Where the command does not need a shell, it does not need the shell's exec either. */
function withoutExec(asked: string): { text: string; line: CommandLine } {
  const text = asked.replace(/^\s*exec\s+(?=\S)/, "")
  const line = parseCommandLine(text)
  return line.needs === "shell" ? { text: asked, line: parseCommandLine(asked) } : { text, line }
}

/**
 * `api`, `./api`, `bin/api` and `./bin/api` all mean the binary of that name, or else the only one that would have it by
 * default; an absolute path means itself.
 */
function resolveProgram(word: string, { binaries, facts }: Context): string | undefined {
  const name = /^(?:\.\/)?(?:bin\/)?([^/]+)$/.exec(word)?.[1]
  const named = binaries.find((binary) => binary.name === name)
  if (named) return named.installed
  const [only, another] = binaries.filter(
    (binary) => defaultName(binary.package, facts.goMod.module.value) === name,
  )
  return another ? undefined : only?.installed
}

/** The text with each binary that it names where a shell would look for a program put as its path. */
function resolvePrograms(text: string, { programs }: CommandLine, context: Context): string {
  let script = text
  for (const { word, start, end } of programs.toReversed()) {
    const program = resolveProgram(word, context)
    if (program !== undefined) script = script.slice(0, start) + program + script.slice(end)
  }
  return script
}

/** Whether the first word can be there at run time: one of the programs, a kept file, or something of the base image. */
function checkProgram(first: string, text: string, from: string, context: Context): void {
  const { binaries, facts, runtime } = context
  if (first === "migrate" && facts.migrate) return
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
        ? "Use that name, or name the program with --binary-name."
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
