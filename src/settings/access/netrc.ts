import { matchPatterns } from "../../patterns/patterns.js"

/** What one machine asks for. */
export interface NetrcEntry {
  machine: string
  /** On one line, as a netrc file has it: `machine github.com login me password token`. */
  text: string
}

/**
 * Reads a netrc file as the go command, git and curl do. Macros are left out, and what holds for every machine (`default`):
 * they are for no machine in particular. https://everything.curl.dev/usingcurl/netrc.html
 */
export function parseNetrc(text: string): NetrcEntry[] {
  const words = text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n/g, "\n")
    .replace(/^[ \t]*#.*$/gm, "")
    // To the next empty line.
    .replace(/(^|\s)macdef\s[^]*?(?:\n\n|$)/g, "$1")
    .match(/"(?:\\.|[^"\\\n])*"|\S+/g)
  const entries: string[][] = []
  let entry: string[] | undefined
  for (let i = 0; words && i < words.length; i++) {
    const word = words[i] ?? ""
    if (word === "default") entry = undefined
    if (!valued.includes(word)) continue
    if (word === "machine") entries.push((entry = []))
    entry?.push(word, words[++i] ?? '""')
  }
  return entries.map((each) => ({ machine: each[1] ?? "", text: each.join(" ") }))
}

const valued = ["machine", "login", "password", "account"]

/** The hosts of GOPRIVATE's patterns: what stands before the first slash, with its stars. */
export function hostMatcher(patterns: readonly string[]): (host: string) => boolean {
  const hosts = patterns
    .flatMap((each) => each.split(","))
    .map((each) => each.trim().split("/")[0] ?? "")
  const matches = matchPatterns(hosts.filter((host) => host !== "" && !host.startsWith("!")))
  return (host) => matches(host.replace(/:\d+$/, ""))
}

/**
 * Lines for servers with a port of their own. Since Go 1.24, the go command looks for a line of `host:port` alone; Git, and Go
 * before it, for one of the host.
 *
 * @param addresses Each `host:port`.
 */
export function linesWithPort(
  entries: readonly NetrcEntry[],
  addresses: readonly string[],
): string[] {
  return addresses.flatMap((address) => {
    const host = address.replace(/:\d+$/, "")
    const entry = entries.find(({ machine }) => machine === host)
    const isThere = entries.some(({ machine }) => machine === address)
    return entry && !isThere ? [entry.text.replace(/^machine \S+/, () => `machine ${address}`)] : []
  })
}
