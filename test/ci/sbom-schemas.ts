import { readFileSync } from "node:fs"
import type { AnySchemaObject } from "ajv"
import { published } from "./published.js"
import { violations } from "./schemas.js"

const read = (file: string | URL) => JSON.parse(readFileSync(file, "utf8")) as AnySchemaObject

const cycloneDx = (name: string): AnySchemaObject => {
  const file = `${name}.SNAPSHOT.schema.json`
  const schema = read(published(`@cyclonedx/cyclonedx-library/res/schema/${file}`))
  // By which the others refer to it.
  return { ...schema, $id: `http://cyclonedx.org/schema/${file}` }
}

/** What is wrong with a document by its format's own schema. */
export const sbomViolations = {
  spdx: (document: object) =>
    violations(read(new URL("../checks/schemas/spdx-2.3.json", import.meta.url)), document),
  cyclonedx: (document: object) => {
    const [schema, ...others] = ["bom-1.6", "spdx", "jsf-0.82"].map(cycloneDx)
    return violations(schema!, document, others)
  },
}
