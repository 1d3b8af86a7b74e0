import { compare, valid } from "semver"
import type { Module } from "../../../src/sbom/programs/build-info.js"
import type { Evidence, Known } from "../../../src/sbom/documents/openvex.js"
import { plainGoVersion } from "../../../src/sbom/documents/purl.js"
import { packageOf } from "../../image/contents/package-sizes.js"
import type { Affected, OsvEntry, VulnerablePackage } from "./database.js"

/** What is known of one program, or of all that a list has. */
export interface Subject {
  /** Of a program. */
  file?: string
  /** `linux/arm64` */
  platform?: string
  modules: readonly Module[]
  /** Names of the functions in it; undefined where they are not known. */
  functions?: ReadonlySet<string>
  /** Import path of its main package. */
  path?: string
}

/** As vulnerabilities name the module of Go's standard library. */
const standardLibrary = "stdlib"

/** The standard library as one of the modules. */
export function libraryOf(goVersion: string): Module {
  return { path: standardLibrary, version: `v${goSemver(goVersion)}` }
}

/** `go1.25rc2` is 1.25.0-rc.2 where versions are compared. */
function goSemver(goVersion: string): string {
  const [, minor = "", patch = "0", kind, count] =
    /^(\d+\.\d+)(?:\.(\d+))?(?:(rc|beta)(\d+))?/.exec(plainGoVersion(goVersion)) ?? []
  return `${minor}.${patch}${kind === undefined ? "" : `-${kind}.${count ?? "0"}`}`
}

/** Modules by the code that was compiled; a folder has no version that a vulnerability could be about. */
export function compiled(modules: readonly Module[]): Module[] {
  return modules.map((module) => module.replacedBy ?? module)
}

/** Which vulnerabilities a program's modules have, and how much of the vulnerable code is in it. */
export function scan(subject: Subject, entries: readonly OsvEntry[]): Known[] {
  const symbols = subject.functions && symbolsOf(subject.functions, subject.path)
  const evidence: Evidence = symbols ? "program" : "list"
  return entries.flatMap(({ id, affected = [] }) =>
    affected.flatMap((each): Known[] => {
      const module = subject.modules.find(({ path }) => path === each.package.name)
      if (!module || !isAffected(module.version, each)) return []
      const { path, version } = module
      const fixed = fixedVersion(version, each)
      const traces = symbols ? linked(each, symbols, subject.platform) : [{}]
      return traces.map((frame) => ({
        finding: {
          osv: id,
          ...(fixed !== undefined && { fixed_version: `v${fixed}` }),
          trace: [{ module: path, version, ...frame }],
        },
        evidence,
        file: subject.file,
      }))
    }),
  )
}

/** By package, the functions and methods that a program has: `Parse`, `Matcher.Match`. */
type Symbols = ReadonlyMap<string, ReadonlySet<string>>

function symbolsOf(names: ReadonlySet<string>, main: string | undefined): Symbols {
  const symbols = new Map<string, Set<string>>()
  for (const name of names) {
    const owner = packageOf(name)
    const path = owner === "main" ? (main ?? owner) : owner
    const known = symbols.get(path) ?? new Set()
    symbols.set(path, known)
    // `(*T).Method-fm`, `F[...]`, and what is within a function: `F.func1.2`.
    const plain = name
      .slice(name.indexOf(".", name.replace(/\[.*$/s, "").lastIndexOf("/") + 1) + 1)
      .replace(/\[.*\]/s, "")
      .replace(/^\(\*?([^)]+)\)/, "$1")
      .replace(/-fm$/, "")
    const [first = "", second] = plain.split(".")
    known.add(first)
    if (second !== undefined) known.add(`${first}.${second}`)
  }
  return symbols
}

/** As far as it goes: the functions that the program has, else the package, else only the module. */
function linked({ ecosystem_specific: { imports } = {} }: Affected, all: Symbols, platform = "") {
  const packages = (imports ?? []).filter((each) => isFor(each, platform))
  // Nothing says which packages: the module as a whole.
  if (imports === undefined || imports.length === 0) return [{ function: "all of the module" }]
  const found = packages.flatMap(({ path, symbols = [] }) => {
    const there = all.get(path)
    if (!there) return []
    const vulnerable = symbols.length === 0 ? ["all of the package"] : symbols
    return vulnerable
      .filter((symbol) => symbols.length === 0 || there.has(symbol))
      .map((symbol) => ({ package: path, ...asFunction(symbol) }))
  })
  if (found.length > 0) return found
  const imported = packages.filter(({ path }) => all.has(path))
  return imported.length > 0 ? imported.map(({ path }) => ({ package: path })) : [{}]
}

function asFunction(symbol: string): { function: string; receiver?: string } {
  const [first = "", second] = symbol.split(".")
  return second === undefined ? { function: first } : { receiver: first, function: second }
}

function isFor({ goos = [], goarch = [] }: VulnerablePackage, platform: string): boolean {
  const [os = "", architecture = ""] = platform.split("/")
  const fits = (wanted: readonly string[], own: string) =>
    wanted.length === 0 || own === "" || wanted.includes(own)
  return fits(goos, os) && fits(goarch, architecture)
}

type Event = NonNullable<Affected["ranges"]>[number]["events"][number]

function eventsOf({ ranges = [] }: Affected): Event[] {
  return ranges.filter(({ type }) => type === "SEMVER").flatMap(({ events }) => events)
}

function isAffected(version: string, affected: Affected): boolean {
  const own = valid(version)
  if (own === null) return false
  const events = eventsOf(affected)
  if (events.length === 0) return true
  return [...events].sort(byVersion).reduce((isIn, { introduced, fixed }) => {
    if (introduced !== undefined)
      return isIn || introduced === "0" || compare(own, canonical(introduced)) >= 0
    return fixed === undefined ? isIn : isIn && compare(own, canonical(fixed)) < 0
  }, false)
}

function byVersion(a: Event, b: Event): number {
  const of = ({ introduced, fixed }: Event) => canonical(introduced ?? fixed ?? "0")
  return compare(of(a), of(b))
}

function canonical(version: string): string {
  return version === "0" ? "0.0.0-0" : (valid(version) ?? valid(`${version}.0`) ?? "0.0.0-0")
}

/** The first one that no longer has it. */
function fixedVersion(version: string, affected: Affected): string | undefined {
  const own = valid(version) ?? "0.0.0"
  return eventsOf(affected)
    .flatMap(({ fixed }) => fixed ?? [])
    .filter((fixed) => compare(own, canonical(fixed)) < 0)
    .sort((a, b) => compare(canonical(a), canonical(b)))[0]
}
