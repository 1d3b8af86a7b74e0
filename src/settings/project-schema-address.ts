import { homepage } from "../version.js"

export const projectSchemaFile = "docs/project.schema.json"

/** Where editors find the schema of project.toml. */
export const projectSchemaAddress = `${homepage.replace("github.com", "raw.githubusercontent.com")}/main/${projectSchemaFile}`
