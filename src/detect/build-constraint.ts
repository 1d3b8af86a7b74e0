/** Which tags hold for a build: GOOS, GOARCH, the user's tags, and so on. */
export interface BuildTarget {
  os: string
  /** Undefined where any architecture might be asked for: a constraint on it then holds. */
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

/** Whether the file's name lets it take part: `_linux.go`, `_linux_amd64.go`, `_arm64.go`, never `_test.go`. */
export function fileNameMatches(path: string, target: BuildTarget): boolean {
  const base = path.slice(path.lastIndexOf("/") + 1)
  // go/build leaves out files that start with either.
  if (base.startsWith("_") || base.startsWith(".") || base.endsWith("_test.go")) return false
  const parts = base.slice(0, -".go".length).split("_").slice(1)
  const last = parts.at(-1) ?? ""
  const beforeLast = parts.at(-2) ?? ""
  if (architectures.has(last) && operatingSystems.has(beforeLast)) {
    return tagHolds(last, target) && tagHolds(beforeLast, target)
  }
  return operatingSystems.has(last) || architectures.has(last) ? tagHolds(last, target) : true
}

/** Evaluates a `//go:build` expression; one that cannot be read holds, so that Go itself reports it. */
export function constraintHolds(expression: string, target: BuildTarget): boolean {
  const tokens = expression.replace(/\/\/.*$/, "").match(/&&|\|\||[!()]|[\p{L}\p{Nd}_.]+/gu) ?? []
  let position = 0
  const take = (token: string) => tokens[position] === token && ++position > 0

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
    if (take("!")) return !not()
    if (take("(")) {
      const value = or()
      take(")")
      return value
    }
    const tag = tokens[position++]
    return tag === undefined || tagHolds(tag, target)
  }
  return tokens.length === 0 || or()
}

function tagHolds(tag: string, { os, arch, cgo, tags }: BuildTarget): boolean {
  if (tag === os || tag === "gc" || tags.includes(tag)) return true
  if (tag === "unix") return os === "linux"
  if (tag === "cgo") return cgo
  if (architectures.has(tag)) return arch === undefined || tag === arch
  return /^go1(\.\d+)?$/.test(tag)
}
