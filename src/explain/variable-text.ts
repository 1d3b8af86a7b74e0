/** Variables that go-image sets in stages for itself: their names mean nothing to anybody else. */
const own: Readonly<Record<string, { what: string; shown?: (value: string) => string }>> = {
  GO_IMAGE_MODULE_VERSION: { what: "version stamped into the program" },
  GO_IMAGE_VCS: { what: "commit stamped into the program", shown: commitText },
  GO_IMAGE_CACHE_NAMESPACE: { what: "namespace of the caches" },
}

/** What a variable of a stage is called, and its value as people read it. */
export function variableText(name: string, value?: string): { what: string; value?: string } {
  const { what = `variable ${name}`, shown } = own[name] ?? {}
  return { what, ...(value !== undefined && { value: shown?.(value) ?? value }) }
}

/** `106cdd09e155 of 2026-08-11T11:11:17Z, with changes`, of lines such as `build\tvcs.revision=…`. */
function commitText(value: string): string {
  const of = (key: string) => new RegExp(String.raw`vcs\.${key}=([^\\\s]*)`).exec(value)?.[1]
  const [revision, time] = [of("revision"), of("time")]
  if (revision === undefined) return "none"
  const changes = of("modified") === "true" ? ", with changes that are not committed" : ""
  return `${revision.slice(0, 12)}${time === undefined ? "" : ` of ${time}`}${changes}`
}
