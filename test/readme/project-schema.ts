import type { Kind, SettingSpec } from "../../src/settings/table/spec.js"
import { settingNames, settingTable, toKebabCase } from "../../src/settings/table/table.js"
import { allTargets, targetName } from "../../src/settings/targets.js"
import { projectSchemaAddress, projectSchemaFile } from "../../src/version.js"

export { projectSchemaFile }

const text = { type: "string", pattern: "\\S" }
const port = { anyOf: [{ type: "integer" }, text] }
const types: Record<Kind, object> = {
  text,
  flag: { type: "boolean" },
  list: { type: "array", items: { type: "string" } },
  ports: { anyOf: [port, { type: "array", items: port, minItems: 1 }] },
}

/** What an editor knows of project.toml: its [go-image] table, by the table of settings. Other tables are other programs'. */
export function projectSchema(): string {
  const names = settingNames.filter(
    (name) => !settingTable[name].help.includes("never from project.toml"),
  )
  const settings = Object.fromEntries(
    names.map((name) => [toKebabCase(name), property(settingTable[name])]),
  )
  const target = {
    type: "object",
    required: ["name"],
    properties: {
      name: { type: "string", pattern: targetName.source, not: { const: allTargets } },
      ...settings,
    },
    additionalProperties: false,
  }
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: projectSchemaAddress,
    title: "project.toml, as go-image reads it",
    type: "object",
    properties: {
      "go-image": {
        type: "object",
        properties: { ...settings, targets: { type: "array", items: target } },
        additionalProperties: false,
      },
    },
  }
  return `${JSON.stringify(schema, undefined, 2)}\n`
}

function property({ kind, help, otherwise, example }: SettingSpec): object {
  const value: Record<Kind, unknown> = {
    text: example,
    list: [example],
    flag: true,
    ports: Number(example),
  }
  return { ...types[kind], description: `${help} (default: ${otherwise})`, examples: [value[kind]] }
}
