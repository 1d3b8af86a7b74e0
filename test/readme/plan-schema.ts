import { createGenerator } from "ts-json-schema-generator"
import { homepage } from "../../src/version.js"

export const planSchemaFile = "docs/plan.schema.json"

/** What `--plan` prints, for programs that read it: as the types of src/plan/types.ts have it. */
export function planSchema(): string {
  const { $schema, ...schema } = createGenerator({
    path: "src/plan/types.ts",
    tsconfig: "tsconfig.json",
    // The compiler does that elsewhere.
    skipTypeCheck: true,
    topRef: false,
  }).createSchema("Plan")
  const named = {
    $schema,
    $id: `${homepage.replace("github.com", "raw.githubusercontent.com")}/main/${planSchemaFile}`,
    title: "A plan of go-image, as --plan prints it",
    ...schema,
  }
  return `${JSON.stringify(named, undefined, 2)}\n`
}
