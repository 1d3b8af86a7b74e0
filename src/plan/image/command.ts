import type { Facts } from "../../detect/facts.js"
import { UserError } from "../../errors.js"
import { listSome } from "../../list.js"
import type { Settings } from "../../settings/resolve.js"
import { parseCommandLine, type CommandLine } from "../../detect/project/command-line.js"
import { lastProgram } from "./exec.js"
import { namesOtherFiles } from "./dockerfile-notices.js"
import { launcherPath } from "../programs/launcher.js"
import { workingDirectory, type RuntimeBase, goRoot } from "../bases/runtimes.js"
import { migratePath } from "../programs/tools-stage.js"
import type { Binary } from "../types.js"
import type { Setting } from "../../settings/setting.js"
import { defaultName } from "../../detect/packages/program-name.js"

/** All that a command is chosen from. */
interface Context {
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

/** The option, else the Procfile's process, else what the Dockerfile's image runs, else the only binary, else the one named like the module. */
export function chooseCommand(settings: Settings, context: Omit<Context, "goTools">): Command {
  const goTools = settings.goTools?.value
  return withArguments(chooseLine(settings, { ...context, goTools }), settings)
}

function chooseLine(settings: Settings, context: Context): Command {
  const { command, process } = settings
  const { facts, binaries } = context
  if (command) return fromCommandLine(command.value, command.from, context)
  const found = chooseProcess(facts, process)
  if (found) return fromCommandLine(found.command, `Procfile:${found.line}`, context)
  const byDockerfile = runAsDockerfile(context, settings)
  if (byDockerfile) return byDockerfile
  const [first] = binaries
  if (first && binaries.length === 1) return runBinary(first, "the only program")
  const { value: module } = facts.goMod.module
  const namesake = binaries.find(({ name }) => name === defaultName(module))
  if (namesake) return runBinary(namesake, "the program named like the module")
  const ofRepository = binaries.find(({ name }) => name === repositoryName(module))
  if (ofRepository) {
    return runBinary(ofRepository, "the program named like the repository")
  }
  throw new UserError(
    `${binaries.length} programs, and it is not clear which one the image runs: ${listSome(
      binaries.map(({ name, package: path }) => `${name} (${path})`),
    )}`,
    {
      hint: [
        "Choose one, in any of these ways:",
        `  --command ${first?.name}: all are in the image, that one is run`,
        `  --packages ${first?.package}: only that one is built`,
        `  a Procfile with a line such as \`web: ${first?.name}\``,
        "  --target: an image of each, if project.toml lists them as [[go-image.targets]]",
      ].join("\n"),
    },
  )
}

/** On the hosts whose paths are always owner and repository: of `github.com/acme/shop/backend`, `shop`. */
function repositoryName(module: string): string | undefined {
  return /^(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)\/[^/]+\/([^/]+)/.exec(
    module,
  )?.[1]
}

/** Those that stay stand right behind the program, default ones at the end. */
function withArguments(command: Command, { entryArguments, defaultArguments }: Settings): Command {
  const asked = entryArguments ?? defaultArguments
  if (!asked) return command
  if (command.entrypoint.length === 0) {
    throw new UserError(
      `arguments for a command that a shell runs: ${command.value} (${asked.from})`,
      {
        hint: "Put them into the command, or give a command without shell syntax.",
      },
    )
  }
  // The launcher expands variables in all that it gets.
  const literal = (word: string) => (command.usesLauncher ? word.replaceAll("$", "$$$$") : word)
  const stay = (entryArguments?.value ?? []).map(literal)
  const given = (defaultArguments?.value ?? []).map(literal)
  const { entrypoint, command: own } = command
  return {
    ...command,
    entrypoint: [...entrypoint, ...stay],
    command: [...own, ...given],
    value: [
      command.value,
      ...(entryArguments?.value ?? []),
      ...(defaultArguments?.value ?? []),
    ].join(" "),
  }
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

/** With its arguments where they are none of the image's own files, and no others are given. */
function runAsDockerfile(
  { facts, binaries }: Context,
  settings: Pick<Settings, "entryArguments" | "defaultArguments">,
): Command | undefined {
  const { run, entry } = facts.dockerfile ?? {}
  const program = binaries.find(({ importPath }) => importPath === run?.importPath)
  if (!run || !program || !entry) return undefined
  const all = [...run.entryArguments, ...run.defaultArguments]
  const given = settings.entryArguments ?? settings.defaultArguments
  const { entryArguments, defaultArguments } =
    given || namesOtherFiles(all) ? { entryArguments: [], defaultArguments: [] } : run
  const words = [program.installed, ...entryArguments]
  if (words.length + defaultArguments.length === 1 && binaries.length === 1) return undefined
  return {
    entrypoint: words,
    command: defaultArguments,
    value: [...words, ...defaultArguments].join(" "),
    from: `${entry.file}:${entry.line}`,
  }
}

function runBinary({ installed }: Binary, from: string): Command {
  return { ...split([installed]), value: installed, from }
}

function fromCommandLine(asked: string, from: string, context: Context): Command {
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
function split(args: string[]): Pick<Command, "entrypoint" | "command"> {
  return { entrypoint: args.slice(0, 1), command: args.slice(1) }
}
