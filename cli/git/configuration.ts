/** What `git config -z` prints: a name, and its value in the next line. */
export function parseConfiguration(output: string): Map<string, string> {
  const entries = output.split("\0").filter(Boolean)
  return new Map(
    entries.map((entry) => {
      const end = entry.indexOf("\n")
      return [entry.slice(0, end), entry.slice(end + 1)]
    }),
  )
}

/** By their names: `origin`. */
export function remotesOf(configuration: ReadonlyMap<string, string>): Map<string, string> {
  return new Map(
    [...configuration].flatMap(([name, value]): [string, string][] =>
      name.startsWith("remote.") ? [[name.slice("remote.".length, -".url".length), value]] : [],
    ),
  )
}
