import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { Ajv } from "ajv"
import { describe, expect, it } from "vitest"
import { parseProjectToml } from "../../../src/settings/descriptor/project-toml.js"
import { settingNames, settingTable, toKebabCase } from "../../../src/settings/table/table.js"
import { parseToml } from "../../../src/settings/descriptor/toml.js"
import { projectSchema, projectSchemaFile } from "../../readme/project-schema.js"

const validate = new Ajv().compile(JSON.parse(projectSchema()) as object)

it("the committed schema is that of the table of settings", () => {
  const written = readFileSync(projectSchemaFile, "utf8")
  expect(written, "bash script/readme writes it anew").toBe(projectSchema())
})

/** Of examples, and of cases whose plan is expected. */
function projectFiles(): string[] {
  const found = ["examples", "test/cases"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => /(?:^|\/)project\.toml$/.test(file))
      .map((file) => join(folder, file)),
  )
  return found.filter((file) => !/test\/cases\/(?:refused|bad)-/.test(file))
}

it.each(projectFiles())("it takes %s, as the parser does", (file) => {
  const content = readFileSync(file, "utf8")
  parseProjectToml(content)
  expect(validate(parseToml(content, file)), JSON.stringify(validate.errors)).toBe(true)
})

describe("it refuses, as the parser and the settings do", () => {
  it.each([
    ["an unknown key", `[go-image]\ngo-versoin = "1.25"`],
    ["a target without a name", `[[go-image.targets]]\npackages = ["./a"]`],
    ["a target called all", `[[go-image.targets]]\nname = "all"`],
    ["a target with capital letters", `[[go-image.targets]]\nname = "API"`],
  ])("%s", (_, content) => {
    expect(() => parseProjectToml(content)).toThrow()
    expect(validate(parseToml(content, "project.toml"))).toBe(false)
  })
})

it("each setting has its help and an example, and those that only a caller may give are not in it", () => {
  const schema = JSON.parse(projectSchema()) as {
    properties: { "go-image": { properties: Record<string, { description?: string }> } }
  }
  const { properties } = schema.properties["go-image"]
  for (const name of settingNames) {
    const { help } = settingTable[name]
    const found = properties[toKebabCase(name)]
    if (help.includes("never from project.toml")) expect(found).toBeUndefined()
    else expect(found?.description).toContain(help)
  }
})
