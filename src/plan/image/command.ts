import type { Facts } from "../../detect/facts.js"
import { SeveralPrograms, UserError } from "../../errors.js"
import { targetChoices } from "../../settings/targets.js"
import { listSome } from "../../list.js"
import type { Settings } from "../../settings/resolve.js"
import { namesOtherFiles } from "./own-dockerfile/arguments.js"
import type { Binary } from "../types.js"
import type { Setting } from "../../settings/setting.js"
import { defaultName } from "../../detect/packages/program-name.js"
import { fromCommandLine, split, type Context, type Command } from "./command-line.js"

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
  throw severalCommands(binaries, facts.programs.targets)
}

function severalCommands(
  binaries: readonly Binary[],
  targets: readonly string[] = [],
): SeveralPrograms {
  const [first] = binaries
  return new SeveralPrograms(
    `${binaries.length} programs, and it is not clear which one the image runs: ${listSome(
      binaries.map(({ name, package: path }) => `${name} (${path})`),
    )}`,
    {
      hint: [
        ...targetChoices(targets),
        targets.length > 0 ? "Or one program:" : "Choose one, in any of these ways:",
        `  --command ${first?.name}: all are in the image, that one is run`,
        `  --packages ${first?.package}: only that one is built`,
        `  a Procfile with a line such as \`web: ${first?.name}\``,
        ...(targets.length > 0
          ? []
          : ["  --target: an image of each, if project.toml lists them as [[go-image.targets]]"]),
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
