/** Of go-image itself, as package.json has it. */
export const version = "0.1.0"

/** Where it is published: the one place that says so; `script/readme` writes it into documents and examples. */
export const homepage = "https://github.com/OWNER/go-image"

export const projectSchemaFile = "docs/project.schema.json"

/** Where editors find the schema of project.toml. */
export const projectSchemaAddress = `${homepage.replace("github.com", "raw.githubusercontent.com")}/main/${projectSchemaFile}`
