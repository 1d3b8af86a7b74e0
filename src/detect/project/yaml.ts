/** A document, or why it is none. */
export type Yaml = { value: unknown } | { reason: string; line: number }

/** The parser is loaded only where there is a file for it: most projects have none. With merge keys (`<<: *defaults`). */
export async function readYaml(text: string): Promise<Yaml> {
  const { loadAll, CORE_SCHEMA, mergeTag, YAMLException } = await import("js-yaml")
  try {
    return { value: loadAll(text, { schema: CORE_SCHEMA.withTags(mergeTag) })[0] }
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    return { reason: error.reason, line: (error.mark?.line ?? 0) + 1 }
  }
}
