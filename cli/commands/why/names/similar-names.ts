/** As many as are named. */
const most = 3

/** Of packages and modules, those that have what was typed in a part of their path: as the whole part first, then the shortest. */
export function similarNames(typed: string, names: readonly string[]): string[] {
  const asked = typed.replace(/^\.\//, "").toLowerCase()
  if (asked.length < 2) return []
  const partsOf = (name: string) => name.toLowerCase().split("/")
  const rank = (name: string) => {
    const text = `/${name.toLowerCase()}/`
    return text.includes(`/${asked}/`) ? 0 : text.includes(asked) ? 1 : undefined
  }
  return [...new Set(names)]
    .flatMap((name) => {
      const found = rank(name)
      return found === undefined ? [] : [{ name, found, depth: partsOf(name).length }]
    })
    .sort((a, b) => a.found - b.found || a.depth - b.depth || a.name.length - b.name.length)
    .slice(0, most)
    .map(({ name }) => name)
}
