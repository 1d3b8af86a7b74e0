import { settingNames, settingTable, type SettingName } from "../../src/settings/table.js"

/** The module's class with the arguments of its constructor, and their help, as the table has them. */
export function withSettingArguments(source: string): string {
  const regions: [string, string, string][] = [
    ["   * @param git ", "   * @param netrc ", documentation()],
    [
      "    @argument({ ignore: notOfGit }) git?: Directory,\n",
      "    netrc?: Secret, ",
      packed(parameter),
    ],
    ["    const options: Options = {\n", "    }\n", packed((name) => name, "      ")],
  ]
  return regions.reduce((text, region) => replaceBetween(text, ...region), source)
}

/** Between the line that starts so and the next one that starts so. */
function replaceBetween(text: string, first: string, last: string, between: string): string {
  const start = text.indexOf(`\n${first}`)
  const from = text.indexOf("\n", start + 1) + 1
  const to = text.indexOf(`\n${last}`, from - 1) + 1
  if (start < 0 || to === 0)
    throw new Error(`src/index.ts has no line ${first.trim()}, or none ${last.trim()}`)
  return text.slice(0, from) + between + text.slice(to)
}

function documentation(): string {
  return settingNames
    .map((name) => {
      const { help, otherwise, example } = settingTable[name]
      const sentence = help.charAt(0).toUpperCase() + help.slice(1)
      const text = `${sentence}. Default: ${otherwise}. Example: ${example}`
      if (text.includes("*/")) throw new Error(`${name}: "*/" ends a comment`)
      return `   * @param ${name} ${text.replace(" Default: none.", "")}\n`
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

/**
 * Text is a string also where Dagger has a narrower type, such as Platform or an enum: Dagger 1.0 takes those from a dagger.toml
 * only where the value is written as JSON in a string, and `dagger settings` does not write it so.
 */
function parameter(name: SettingName): string {
  switch (settingTable[name].kind) {
    case "list":
    case "ports":
      return `${name}: string[] = []`
    case "flag":
      return `${name}?: boolean`
    case "text":
      return `${name}?: string`
  }
}
