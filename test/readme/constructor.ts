import { readFileSync } from "node:fs"
import { settingNames, settingTable, type SettingName } from "../../src/settings/table/table.js"

type Region = [first: string, last: string, between: string]

/** The files in which the table's settings are arguments of the module's constructor, each with what is between two of its lines. */
const written: Record<string, Region[]> = {
  "src/dagger/given/arguments.ts": [["  git?: Directory\n", "  /** Passwords ", documentation()]],
  "src/index.ts": [
    [
      "    @argument({ ignore: notOfGit }) git?: Directory,\n",
      "    netrc?: Secret, ",
      packed(parameter),
    ],
    ["    const options: Options = {\n", "    }\n", packed((name) => name, "      ")],
  ],
}

/** Those files as the table has it. */
export function settingArguments(): { file: string; text: string }[] {
  return Object.entries(written).map(([file, regions]) => ({
    file,
    text: regions.reduce(
      (text, region) => replaceBetween(file, text, region),
      readFileSync(file, "utf8"),
    ),
  }))
}

/** Between the line that starts so and the next one that starts so. */
function replaceBetween(file: string, text: string, [first, last, between]: Region): string {
  const start = text.indexOf(`\n${first}`)
  const from = text.indexOf("\n", start + 1) + 1
  const to = text.indexOf(`\n${last}`, from - 1) + 1
  if (start < 0 || to === 0)
    throw new Error(`${file} has no line ${first.trim()}, or none ${last.trim()}`)
  return text.slice(0, from) + between + text.slice(to)
}

function documentation(): string {
  return settingNames
    .map((name) => {
      const { help, otherwise, example } = settingTable[name]
      const sentence = help.charAt(0).toUpperCase() + help.slice(1)
      const text = `${sentence}. Default: ${otherwise}. Example: ${example}`
      if (text.includes("*/")) throw new Error(`${name}: "*/" ends a comment`)
      return `  /** ${text.replace(" Default: none.", "")} */\n  ${name}?: ${typeOf(name)}\n`
    })
    .join("")
}

/** As many on a line as fit: nobody reads them there. */
function packed(print: (name: SettingName) => string, indent = "    "): string {
  const lines: string[] = []
  for (const name of settingNames) {
    const next = `${lines.at(-1) ?? ""} ${print(name)},`
    if (lines.length > 0 && next.length <= 100) lines[lines.length - 1] = next
    else lines.push(`${indent}${print(name)},`)
  }
  return lines.map((line) => `${line}\n`).join("")
}

function parameter(name: SettingName): string {
  const type = typeOf(name)
  return type === "string[]" ? `${name}: string[] = []` : `${name}?: ${type}`
}

/**
 * Text is a string also where Dagger has a narrower type, such as Platform or an enum: Dagger 1.0 takes those from a dagger.toml
 * only where the value is written as JSON in a string, and `dagger settings` does not write it so.
 */
function typeOf(name: SettingName): string {
  switch (settingTable[name].kind) {
    case "list":
    case "ports":
      return "string[]"
    case "flag":
      return "boolean"
    case "text":
      return "string"
  }
}
