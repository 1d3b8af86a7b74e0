import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { filesWithAddress, withAddress } from "./addresses.js"
import { components } from "./components.js"
import { settingArguments } from "./constructor.js"
import { importFile, importPage } from "./import-page.js"
import { examplePipelines } from "./pipelines.js"
import { planSchema, planSchemaFile } from "./plan-schema.js"
import { projectSchema, projectSchemaFile } from "./project-schema.js"
import { referenceFile, referencePage } from "./reference.js"
import { helpText } from "../../cli/command-line/build-command.js"

writeFileSync(referenceFile, referencePage())
writeFileSync("cli/help.txt", helpText())
writeFileSync(projectSchemaFile, projectSchema())
writeFileSync(planSchemaFile, planSchema())
for (const { file, text } of settingArguments()) writeFileSync(file, text)
writeFileSync(importFile, importPage())
for (const { path, text } of examplePipelines()) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
for (const { path, text, mode } of components()) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  if (mode !== undefined) chmodSync(path, mode)
}
for (const file of filesWithAddress()) {
  const text = readFileSync(file, "utf8")
  if (withAddress(text) !== text) writeFileSync(file, withAddress(text))
}
