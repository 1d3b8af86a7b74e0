import type { Command, Option } from "commander"
import { commands } from "../../cli/commands/completion/completion.js"
import { exitStatuses, otherCommands } from "../../cli/command-line/usage.js"
import type { GoVersion } from "../../src/plan/go/version/go-version.js"
import { runtimes } from "../../src/plan/bases/runtimes.js"
import { settingNames, settingTable, toKebabCase } from "../../src/settings/table/table.js"
import { daggerFunctions } from "./functions.js"
import { commandLine } from "../../cli/command-line/build-command.js"

export const referenceFile = "docs/reference.md"

/** Everything that can be typed, from the tables and comments of the code. */
export function referencePage(): string {
  return `${[
    "<!-- Written by `bash script/readme`: a change here is lost. -->",
    "# Reference",
    "[Commands](#commands) · [Options of a build](#options-of-a-build) · [Settings](#settings) · [Runtimes](#runtimes) · [Functions](#functions) · [Exit status](#exit-status)",
    "In a clone, `go-image` is `bash script/build`.",
    "## Commands",
    commandTable(),
    ...Object.entries(commands)
      .filter(([, command]) => command().options.length > 0)
      .flatMap(([name, command]) => commandSection(name, command())),
    "## Options of a build",
    "`go-image PROJECT`; each [setting](#settings) is an option, too.",
    ...buildOptions(),
    "## Settings",
    "The order of precedence: option, environment variable, project.toml (`[go-image]`, the option's name without dashes in front), comments in go.mod, what is detected. Lists of NAME=value (`environment`, `label`, `annotation`, `linker-values`, `build-environment`) are of all these places together: of a name that is there twice, the first place counts. With Dagger, a setting is an argument of the module, before the function's name.",
    settingsTable(),
    "## Runtimes",
    "Each is a value of `--runtime` and a function of the Dagger module; any image reference is one, too (`custom --base=IMAGE` with Dagger). Several programs are in `/app/bin`, on ubuntu in `/usr/local/bin`.",
    runtimeTable(),
    "## Functions",
    "Functions of the Dagger module: `dagger call FUNCTION --help` has all arguments.",
    functionTable(),
    "## Exit status",
    table(
      ["status", "meaning"],
      exitStatuses.map(([status, meaning]) => [code(String(status)), meaning]),
    ),
  ]
    .filter((part) => part !== "")
    .join("\n\n")}\n`
}

function commandTable(): string {
  const rows = otherCommands.map(([typed, help]) => [code(`go-image ${typed}`), help])
  return table(
    ["command", "what it does"],
    [[code("go-image PROJECT"), "build the image"], ...rows],
  )
}

const ofBuild = new Map(commandLine().options.map((option) => [option.flags, option.description]))

/** A build has it, too, and means the same. */
function isOfBuild({ flags, description }: Option): boolean {
  return ofBuild.get(flags) === description
}

const settingFlags = new Set<string>(settingNames.map((name) => `--${toKebabCase(name)}`))

function isSetting(option: Option): boolean {
  return settingFlags.has(option.long ?? "") && isOfBuild(option)
}

function commandSection(name: string, command: Command): string[] {
  const shared = command.options.filter(isOfBuild)
  const options = shared.filter((option) => !isSetting(option)).map(({ long }) => code(long ?? ""))
  const also = [
    ...(shared.some(isSetting) ? ["all [settings](#settings)"] : []),
    ...(options.length > 0 ? [`${options.join(", ")} of a [build](#options-of-a-build)`] : []),
  ]
  return [
    `### ${name}`,
    `${command.description()}${also.length > 0 ? ` Also ${also.join(", and ")}.` : ""}`,
    optionTable(command.options.filter((option) => !isOfBuild(option))),
  ]
}

function buildOptions(): string[] {
  const options = commandLine().options.filter((option) => !isSetting(option))
  const groups = [...new Set(options.map(({ helpGroupHeading }) => helpGroupHeading))]
  return groups.flatMap((group) => [
    `### ${group?.replace(/:$/, "")}`,
    optionTable(options.filter(({ helpGroupHeading }) => helpGroupHeading === group)),
  ])
}

function optionTable(options: readonly Option[]): string {
  if (options.length === 0) return ""
  return table(
    ["option", "meaning"],
    options.map(({ flags, description, argChoices }) => [
      code(flags),
      argChoices ? `${description} (${argChoices.map(code).join(", ")})` : description,
    ]),
  )
}

function settingsTable(): string {
  return table(
    ["option", "environment variable", "meaning", "default", "example"],
    settingNames.map((name) => {
      const spec = settingTable[name]
      const variable = "variable" in spec ? code(spec.variable.replace(" and ", "` and `")) : ""
      return [
        code(`--${toKebabCase(name)}`),
        variable,
        spec.help,
        spec.otherwise,
        code(spec.example),
      ]
    }),
  )
}

const anyVersion = { tag: "VERSION" } as GoVersion

function runtimeTable(): string {
  return table(
    ["runtime", "base image", "shell", "user", "the program"],
    Object.values(runtimes).map((runtime) => [
      code(runtime.name),
      runtime.image ? code(runtime.image(anyVersion)) : "nothing",
      runtime.shell ? "yes" : "no",
      `${code(runtime.user.name)} ${runtime.user.uid}:${runtime.user.gid}`,
      code(`${runtime.programFolder}/${runtime.programName ?? "NAME"}`),
    ]),
  )
}

function functionTable(): string {
  return table(
    ["function", "what it gives", "example"],
    daggerFunctions().map(({ name, summary, example }) => [code(name), summary, code(example)]),
  )
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n")
}

function code(text: string): string {
  return `\`${text}\``
}
