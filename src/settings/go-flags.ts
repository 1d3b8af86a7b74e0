/** What flags of `go build` ask for, as far as there are settings for it. */
export interface GoFlags {
  buildTags: string[]
  /** Each symbol=value. */
  linkerValues: string[]
  /** `-extldflags -static` */
  staticLink: boolean
  /** Those that change nothing here, though they would elsewhere. */
  notHonoured: string[]
}

/** They ask for what is done anyway, or only say more. */
const withoutEffect = /^-(?:trimpath|buildvcs|v|x|a|mod=readonly|mod=vendor|modcacherw(?:=.*)?)$/

/** No program here has a symbol table or debug information, and all are built alike wherever that is. */
const withoutLinkerEffect = /^--?(?:[sw]|buildid=|linkmode=external)$/

function noFlags(): GoFlags {
  return { buildTags: [], linkerValues: [], staticLink: false, notHonoured: [] }
}

/** `-tags=a,b -ldflags="-s -X main.version=1.2.3"` */
export function readGoFlags(text: string): GoFlags {
  return readGoFlagWords(splitQuoted(text))
}

/** The same, each argument by itself. */
export function readGoFlagWords(args: readonly string[]): GoFlags {
  const flags = noFlags()
  const words = args.values()
  for (const word of words) {
    const [, name = "", value] = /^--?([\w-]+)(?:=(.*))?$/s.exec(word) ?? []
    if (name === "tags") {
      flags.buildTags.push(...(value ?? nextOf(words)).split(/[\s,]+/).filter(Boolean))
    } else if (name === "ldflags") {
      const linker = readLinkerFlags(value ?? nextOf(words))
      flags.linkerValues.push(...linker.linkerValues)
      flags.staticLink ||= linker.staticLink
      flags.notHonoured.push(...linker.notHonoured)
    } else if (!withoutEffect.test(`-${name}${value && name === "mod" ? `=${value}` : ""}`)) {
      flags.notHonoured.push(word)
    }
  }
  return flags
}

/** `-s -w -X main.version=1.2.3 -X 'main.name=a b' -extldflags "-static"` */
export function readLinkerFlags(text: string): GoFlags {
  const flags = noFlags()
  const words = splitQuoted(text).values()
  for (const word of words) {
    const [, value] = /^--?X(?:=(.*))?$/s.exec(word) ?? []
    if (/^--?X(?:=|$)/.test(word)) flags.linkerValues.push(value ?? nextOf(words))
    else if (/^--?(?:extldflags|linkmode)$/.test(word)) {
      readFurther(`${word}=${nextOf(words)}`, flags)
    } else readFurther(word, flags)
  }
  return flags
}

function readFurther(flag: string, flags: GoFlags): void {
  if (/^--?extldflags=(?:.*\s)?-static(?:\s|$)/.test(flag)) flags.staticLink = true
  else if (!withoutLinkerEffect.test(flag)) flags.notHonoured.push(flag)
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
