import type { Command } from "commander"
import { runtimes } from "../../../src/plan/bases/runtimes.js"

/** An option as a shell completes it. */
export interface Completed {
  long: string
  short?: string
  /** One line. */
  help: string
  /** What comes after it: nothing, one of these words, a file, or what nobody can guess. */
  value: "none" | "file" | "other" | readonly string[]
}

export interface CompletedCommand {
  /** Empty for a build, which is no command of its own. */
  name: string
  help: string
  options: Completed[]
}

/** Options whose words are not in commander's `choices`, as others are allowed besides. */
const words: Readonly<Record<string, readonly string[]>> = {
  "--runtime": Object.keys(runtimes),
  "--cgo": ["auto", "on", "off"],
  "--go-work": ["off"],
  "--vendor-check": ["error", "warn", "off"],
  "--stamp": ["auto", "off"],
  "--target": ["all"],
}

export function completedCommand(name: string, command: Command): CompletedCommand {
  const options = command
    .createHelp()
    .visibleOptions(command)
    .map(({ long, short, description, argChoices, required, optional, flags }): Completed => {
      const known = argChoices ?? words[long ?? ""]
      const isFile = /<(?:file|folder)>/.test(flags)
      const value = !required && !optional ? "none" : (known ?? (isFile ? "file" : "other"))
      return {
        long: long ?? "",
        ...(short !== undefined && { short }),
        help: withoutDetail(description),
        value,
      }
    })
  return { name, help: withoutDetail(command.description()), options }
}

/** What fits beside a name: up to the first part that only explains more. */
function withoutDetail(text: string): string {
  return text.split(/ \((?:default: |\$)|[;:]\s|\.(?:\s|$)/)[0] ?? ""
}

/** In single quotes, for a POSIX shell. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
