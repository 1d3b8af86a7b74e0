/** What flags of `go build` ask for, as far as there are settings for it. */
export interface GoFlags {
  buildTags: string[]
  /** Each symbol=value. */
  linkerValues: string[]
  /** Those that change nothing here, though they would elsewhere. */
  notHonoured: string[]
}

/** They ask for what is done anyway, or only say more. */
const withoutEffect = /^-(?:trimpath|buildvcs|v|x|mod=readonly|mod=vendor|modcacherw=false)$/

/** `-tags=a,b -ldflags="-s -X main.version=1.2.3"` */
export function readGoFlags(text: string): GoFlags {
  const flags: GoFlags = { buildTags: [], linkerValues: [], notHonoured: [] }
  const words = splitQuoted(text).values()
  for (const word of words) {
    const [, name = "", value] = /^--?([\w-]+)(?:=(.*))?$/s.exec(word) ?? []
    if (name === "tags") {
      flags.buildTags.push(...(value ?? nextOf(words)).split(/[\s,]+/).filter(Boolean))
    } else if (name === "ldflags") {
      const linker = readLinkerFlags(value ?? nextOf(words))
      flags.linkerValues.push(...linker.linkerValues)
      flags.notHonoured.push(...linker.notHonoured)
    } else if (!withoutEffect.test(`-${name}${value && name === "mod" ? `=${value}` : ""}`)) {
      flags.notHonoured.push(word)
    }
  }
  return flags
}

/** `-s -w -X main.version=1.2.3 -X 'main.name=a b'`; no program here has a symbol table or debug information. */
export function readLinkerFlags(text: string): GoFlags {
  const flags: GoFlags = { buildTags: [], linkerValues: [], notHonoured: [] }
  const words = splitQuoted(text).values()
  for (const word of words) {
    const [, value] = /^--?X(?:=(.*))?$/s.exec(word) ?? []
    if (/^--?X(?:=|$)/.test(word)) flags.linkerValues.push(value ?? nextOf(words))
    else if (!/^--?[sw]$/.test(word)) flags.notHonoured.push(word)
  }
  return flags
}

/** The argument of a flag that is a word of its own. */
function nextOf(words: Iterator<string, undefined>): string {
  return words.next().value ?? ""
}

/** At blanks, but for those in quotes, which may start in the middle of a word. */
function splitQuoted(text: string): string[] {
  return (text.match(/(?:'[^']*'|"[^"]*"|[^\s'"]|['"])+/g) ?? []).map((word) =>
    word.replace(
      /'([^']*)'|"([^"]*)"/g,
      (_, single?: string, double?: string) => single ?? double ?? "",
    ),
  )
}
