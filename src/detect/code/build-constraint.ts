import { ofAllScripts } from "../all-scripts.js"

/** Which tags hold for a build: GOOS, GOARCH, the user's tags, and so on. */
export interface BuildTarget {
  os: string
  /** Undefined where any architecture might be asked for. */
  arch?: string
  cgo: boolean
  tags: readonly string[]
}

// go/build/syslist.go: names that make a file's suffix a constraint.
const operatingSystems = new Set(
  (
    "aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris " +
    "wasip1 windows zos"
  ).split(" "),
)
const architectures = new Set(
  (
    "386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le " +
    "ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm"
  ).split(" "),
)

// `go tool dist list`: those that there is a linux for.
const linuxArchitectures =
  "386 amd64 arm arm64 loong64 mips mipsle mips64 mips64le ppc64 ppc64le riscv64 s390x".split(" ")

/** Whether a file is part of the build: by its name and its constraint, for any architecture where none is given. */
export function matchesFile(
  path: string,
  constraint: string | undefined,
  target: BuildTarget,
): boolean {
  return (target.arch === undefined ? linuxArchitectures : [target.arch]).some((arch) => {
    const holds = (tag: string) => tagHolds(tag, { ...target, arch })
    return fileNameMatches(path, holds) && (constraint === undefined || evaluate(constraint, holds))
  })
}

const tags = ofAllScripts(String.raw`[\p{L}\p{Nd}_.]+`, "g")
const constraintToken = ofAllScripts(String.raw`&&|\|\||[!()]|[\p{L}\p{Nd}_.]+|[^ \t]`, "g")
const wholeTag = ofAllScripts(String.raw`^[\p{L}\p{Nd}_.]+$`)

export function isTag(text: string): boolean {
  return wholeTag(text).test(text)
}

/** The tags that an expression names, each once. */
export function namedTags(expression: string): string[] {
  return [...new Set(expression.match(tags(expression)) ?? [])]
}

/** GOOS, GOARCH and what Go itself sets: no build tag of a user changes these. */
export function isTagOfPlatform(tag: string): boolean {
  return (
    operatingSystems.has(tag) ||
    architectures.has(tag) ||
    /^(?:unix|cgo|gc|gccgo|race|msan|asan|go1\.\d+)$/.test(tag)
  )
}

/** `_linux.go`, `_linux_amd64.go`, `_arm64.go`, never `_test.go`; as go/build's goodOSArchFile reads a name. */
function fileNameMatches(path: string, holds: (tag: string) => boolean): boolean {
  const base = path.slice(path.lastIndexOf("/") + 1)
  // go/build leaves out files that start with either.
  if (base.startsWith("_") || base.startsWith(".") || base.endsWith("_test.go")) return false
  const [name = ""] = base.split(".")
  const parts = name.split("_").slice(1)
  if (parts.at(-1) === "test") parts.pop()
  const last = parts.at(-1) ?? ""
  const beforeLast = parts.at(-2) ?? ""
  if (architectures.has(last) && operatingSystems.has(beforeLast)) {
    return holds(last) && holds(beforeLast)
  }
  return operatingSystems.has(last) || architectures.has(last) ? holds(last) : true
}

/** As go/build/constraint has it: a larger one is refused there. */
const maximumSize = 1000

/** Evaluates a `//go:build` expression; one that cannot be read holds, so that Go itself reports it. */
function evaluate(expression: string, holds: (tag: string) => boolean): boolean {
  const tokens = expression.match(constraintToken(expression)) ?? []
  let position = 0
  let size = 0
  let isReadable = true
  const take = (token: string) => tokens[position] === token && ++position > 0
  const unreadable = () => (isReadable = false)

  const or = (): boolean => {
    let value = and()
    while (take("||")) value = and() || value
    return value
  }
  const and = (): boolean => {
    let value = not()
    while (take("&&")) value = not() && value
    return value
  }
  const not = (): boolean => {
    if (++size > maximumSize) return unreadable()
    return take("!") ? !atom() : atom()
  }
  const atom = (): boolean => {
    if (take("(")) {
      const value = or()
      return take(")") ? value : unreadable()
    }
    const tag = tokens[position++] ?? ""
    return isTag(tag) ? holds(tag) : unreadable()
  }
  const value = or()
  return value || !isReadable || position < tokens.length
}

function tagHolds(tag: string, { os, arch, cgo, tags }: BuildTarget): boolean {
  if (tag === os || tag === arch || tag === "gc" || tags.includes(tag)) return true
  if (tag === "unix") return os === "linux"
  // What Go it will be is not known yet: it has every release's tag.
  return tag === "cgo" ? cgo : /^go1\.\d+$/.test(tag)
}
