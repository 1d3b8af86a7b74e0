import { Command, InvalidArgumentError, Option } from "commander"
import {
  settingNames,
  settingTable,
  toKebabCase,
  type SettingName,
} from "../../src/settings/table/table.js"
import { withHint } from "./unknown-words.js"
import { parseDuration } from "../terminal/duration.js"
import { programName } from "../program-name.js"
import { progressKinds } from "../terminal/terminal.js"

/** Ends this program by itself where an option is wrong, or there is only help to be shown. */
export function newCommand(name?: string): Command {
  const typed = name === undefined ? programName : `${programName} ${name}`
  const program = new Command(typed)
  return program
    .configureHelp({ helpWidth: 110 })
    .configureOutput({
      outputError: (message, write) => {
        write(withHint(message, program))
      },
    })
    .showHelpAfterError(`(${typed} --help shows all options)`)
    .exitOverride((error) => {
      process.exit(error.exitCode === 0 ? 0 : 2)
    })
}

/** What a project's plan depends on. */
export function settingOptions(program: Command): Command {
  program.optionsGroup("Settings, each also possible in project.toml:")
  for (const name of settingNames) program.addOption(settingOption(name))
  return program
    .optionsGroup("The build:")
    .option(
      "--target <name>",
      "build this target of project.toml; all: every target; repeatable",
      collect,
    )
}

/** What an engine is told besides. */
export function engineOptions(program: Command): Command {
  return program
    .option(
      "--base-layout <reference=folder>",
      "take this base image from an OCI image layout, not from its registry; repeatable",
      collect,
    )
    .option(
      "--netrc <file>",
      "passwords for the hosts of --private-modules and GOPROXY; other lines are not used (default: $NETRC, else ~/.netrc if it exists)",
    )
    .option(
      "--token <[user@]host=secret>",
      "token for a host of private modules, or a module proxy: github.com=env:NAME or =file:PATH; repeatable",
      collect,
    )
    .option(
      "--ssh <agent>",
      "SSH agent for the download of private modules: default ($SSH_AUTH_SOCK) or default=SOCKET",
    )
    .option(
      "--ca-certificates <file>",
      "PEM file with further certificate authorities, trusted for downloads of modules, npm packages and packages of the operating system",
    )
    .option(
      "--npm-token <secret>",
      "password for a private npm registry, for the variable in the front end's .npmrc: env:NAME or file:PATH",
    )
    .addOption(
      new Option(
        "--stall-timeout <duration>",
        `stop after this time without progress: 90s, 1h; 0 for no limit (default: ${defaultStallTimeout})`,
      ).argParser(duration),
    )
}

/**
 * How what goes on is shown.
 *
 * @param result What is printed in any case.
 */
export function progressOptions(program: Command, result: string): Command {
  return program
    .addOption(
      new Option(
        "--progress <how>",
        "how it is shown: tty draws what runs, plain writes lines, json an object a line (docs/progress.md), quiet nothing but errors (default: tty in a terminal, else plain; $BUILDKIT_PROGRESS)",
      ).choices(progressKinds),
    )
    .option("-v, --verbose", "show the output of every step")
    .option("-q, --quiet", `show nothing but ${result}, and what is wrong`)
}

/** One row of the settings' table as an option. */
function settingOption(name: SettingName): Option {
  const { kind, help, otherwise, ...spec } = settingTable[name]
  const argument = { text: " <value>", list: " <value>", ports: " <port>", flag: "" }[kind]
  const variable = "variable" in spec ? `; $${spec.variable.replace(" and ", " and $")}` : ""
  const option = new Option(
    `--${toKebabCase(name)}${argument}`,
    `${help}${kind === "list" || kind === "ports" ? "; repeatable" : ""} (default: ${otherwise}${variable})`,
  )
  if (kind === "list" || kind === "ports") option.argParser(collect)
  return option
}

/** `--tag a --tag b`: an option that took several words would swallow the source. */
export function collect(text: string, before: string[] = []): string[] {
  return [...before, text]
}

/** More than the ten minutes that `go test` gives a package, which prints nothing meanwhile. */
export const defaultStallTimeout = "20m"

export function duration(text: string): number {
  const value = parseDuration(text)
  if (value === undefined) {
    throw new InvalidArgumentError("Give a duration such as 90s, 20m or 1h, or 0 for no limit.")
  }
  return value
}
