import { readFileSync } from "node:fs"

import { Ajv, type AnySchemaObject, type ValidateFunction } from "ajv"
import AjvDraft04 from "ajv-draft-04"

import { published } from "./published.js"

/** Where SchemaStore's catalog has them. */
export const schemaFiles = {
  gitLab: "gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci.json",
  circleCI: "circleciconfig.json",
  buildkite: "raw.githubusercontent.com/buildkite/pipeline-schema/main/schema.json",
  azure: "raw.githubusercontent.com/microsoft/azure-pipelines-vscode/master/service-schema.json",
  woodpecker:
    "raw.githubusercontent.com/woodpecker-ci/woodpecker/master/pipeline/schema/schema.json",
  bitbucket:
    "bitbucket.org/atlassianlabs/atlascode/raw/main/resources/schemas/pipelines-schema.json",
  kubernetes: "kubernetes-definitions.json",
}

/** The copy of Azure's that a registry has is of before a checkout could be told of tags. */
export function withoutFetchTags({ steps, ...others }: { steps: object[] }): object {
  const [{ fetchTags, ...checkout }, ...rest] = steps as [{ fetchTags?: string }, ...object[]]
  if (fetchTags !== "true") throw new Error(`fetchTags is ${fetchTags}`)
  return { ...others, steps: [checkout, ...rest] }
}

const schemas = new Map<string, AnySchemaObject>()

export function readSchema(name: keyof typeof schemaFiles): AnySchemaObject {
  const file = published(`schemastore/schemas/json/${schemaFiles[name]}`)
  const schema = schemas.get(file) ?? (JSON.parse(readFileSync(file, "utf8")) as AnySchemaObject)
  schemas.set(file, schema)
  return schema
}

/** To compile one takes seconds. */
const compiled = new WeakMap<AnySchemaObject, ValidateFunction>()

/**
 * What is wrong with a document, each as "path: message"; empty where nothing is.
 *
 * @param others That the schema refers to.
 */
export function violations(
  schema: AnySchemaObject,
  document: unknown,
  others: readonly AnySchemaObject[] = [],
): string[] {
  const validate = compiled.get(schema) ?? compile(schema, others)
  compiled.set(schema, validate)
  if (validate(document)) return []
  return validate.errors!.map(
    ({ instancePath, message, params }) => `${instancePath}: ${message} ${JSON.stringify(params)}`,
  )
}

function compile(
  { $schema, ...schema }: AnySchemaObject,
  others: readonly AnySchemaObject[],
): ValidateFunction {
  // Published schemas have keywords for editors, formats that ajv does not know, and escapes of old regular expressions.
  const options = { strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true }
  const draft04 = String($schema).includes("draft-04")
  const ajv = draft04 ? new AjvDraft04(options) : new Ajv(options)
  ajv.addSchema([...others])
  return ajv.compile(schema)
}
