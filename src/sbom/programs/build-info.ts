import { readSections } from "./elf.js"

/** What a Go program says of itself, as `go version -m` prints it: https://pkg.go.dev/runtime/debug#BuildInfo */
export interface BuildInfo {
  /** `go1.25.3` */
  goVersion: string
  /** Of the main package. */
  path?: string
  /** The module of the main package. */
  main?: Module
  /** Of all that is linked into the program. */
  modules: Module[]
  /** `-ldflags`, `GOARCH`, `vcs.revision` and the like. */
  settings: Record<string, string>
}

export interface Module {
  path: string
  version: string
  /** As in go.sum; a folder has none. */
  sum?: string
  replacedBy?: Module
  /** What its files say: an SPDX expression, or several names. No program knows it of its modules. */
  license?: string
}

const magic = Buffer.from("\xff Go buildinf:", "latin1")

/** The text follows the header itself, since Go 1.18. */
const isInline = 2

const headerBytes = 32

/** What marks where the text about modules begins and ends. https://github.com/golang/go/blob/master/src/cmd/go/internal/modload/build.go */
const markBytes = 16

/** Undefined where it is no Go program, or one of a Go before 1.18. */
export function readBuildInfo(program: Buffer): BuildInfo | undefined {
  const section = readSections(program).find(({ name }) => name === ".go.buildinfo")?.content
  const content = section ?? program
  const start = content.indexOf(magic)
  if (start < 0 || start + headerBytes > content.length) return undefined
  if (((content[start + magic.length + 1] ?? 0) & isInline) === 0) return undefined
  const texts = readTexts(content.subarray(start + headerBytes), 2)
  const [goVersion, marked = Buffer.alloc(0)] = texts
  if (!goVersion) return undefined
  const text = marked.subarray(markBytes, -markBytes).toString("utf8")
  return { goVersion: goVersion.toString("utf8"), ...parseModules(text) }
}

/** Texts with their length before them, as a varint. */
function readTexts(content: Buffer, count: number): Buffer[] {
  const texts: Buffer[] = []
  let at = 0
  while (texts.length < count) {
    let length = 0
    let factor = 1
    let byte: number | undefined
    do {
      byte = content[at++]
      if (byte === undefined) return texts
      length += (byte & 0x7f) * factor
      factor *= 0x80
    } while (byte & 0x80)
    if (at + length > content.length) return texts
    texts.push(content.subarray(at, at + length))
    at += length
  }
  return texts
}

/** A line each, its columns separated by tabs. */
function parseModules(text: string): Omit<BuildInfo, "goVersion"> {
  const info: Omit<BuildInfo, "goVersion"> = { modules: [], settings: {} }
  let last: Module | undefined
  for (const line of text.split("\n")) {
    const [kind, ...columns] = line.split("\t")
    const [first = "", second = "", third] = columns
    const module = { path: first, version: second, ...(third ? { sum: third } : {}) }
    if (kind === "path") info.path = first
    else if (kind === "mod") info.main = last = module
    else if (kind === "dep") info.modules.push((last = module))
    else if (kind === "=>" && last) last.replacedBy = module
    else if (kind === "build") Object.assign(info.settings, parseSetting(columns.join("\t")))
  }
  return info
}

/** `-ldflags="-s -w"`, `"a key"="a value"`, each side quoted as Go quotes strings where it must be. */
function parseSetting(text: string): Record<string, string> {
  const [, key, value] = /^("(?:[^"\\]|\\.)*"|[^="]*)=(.*)$/s.exec(text) ?? []
  return key === undefined ? {} : { [unquote(key)]: unquote(value ?? "") }
}

function unquote(text: string): string {
  if (/^`.*`$/s.test(text)) return text.slice(1, -1)
  if (!/^".*"$/s.test(text)) return text
  try {
    // What Go escapes here, JSON escapes in the same way, but for single bytes.
    return JSON.parse(text.replace(/\\x([0-9a-f]{2})/g, "\\u00$1")) as string
  } catch {
    return text
  }
}
