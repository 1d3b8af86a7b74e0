import { matchPatterns } from "../../../src/patterns/patterns.js"
import type { BuildRecord, PackageRecord } from "../../record/record.js"
import { changedFiles, type Cause } from "./compare.js"

/** Why the compiler had to do a package again. */
export interface CompiledPackage {
  /** As the go command writes it: `./internal/store`. */
  package: string
  /** Its own files that changed, with what it embeds. */
  files: string[]
  /** From this package to the one that changed, each importing the next one. */
  through: string[]
  /** Modules that changed and that it imports. */
  modules: string[]
}

export interface Packages {
  /** How many packages of the source the programs need. */
  own: number
  compiled: CompiledPackage[]
  /** What makes the compiler do all of them again. */
  all?: Extract<Cause, { kind: "setting" | "base" | "first" }>
}

/** Variables and flags of `go build` that are part of what a compiled package is made from; those of the linker are not. */
const compilerVariable =
  /^variable (?:GO(?:OS|ARCH|AMD64|ARM64|ARM|386|FLAGS|EXPERIMENT|TOOLCHAIN|FIPS140)|CGO_\w+|CC|CXX|PKG_CONFIG\w*)$/
const compilerFlag =
  /^flag -(?:gcflags|asmflags|tags|race|msan|asan|cover\w*|trimpath|buildmode|pgo|compiler)$/

/**
 * Which packages Go compiled again, as its build cache works: a package whose files changed, and what imports it. Where
 * nothing but comments changed, what is made of the package stays the same, and those that import it are left alone.
 *
 * @param causes Why `go build` ran.
 */
export function compiledPackages(
  before: BuildRecord | undefined,
  after: BuildRecord,
  causes: readonly Cause[],
): Packages {
  const own = Object.keys(after.packages).length
  const all = causes.find(
    (cause): cause is NonNullable<Packages["all"]> =>
      cause.kind === "first" ||
      (cause.kind === "base" && cause.before !== undefined) ||
      (cause.kind === "setting" &&
        (compilerVariable.test(cause.what) || compilerFlag.test(cause.what))),
  )
  if (!before || all) {
    const compiled = Object.keys(after.packages).map((folder) => compiledOf(folder))
    return { own, compiled: sorted(compiled), all: all ?? { kind: "first" } }
  }
  return { own, compiled: sorted(findCompiled(before, after)) }
}

function findCompiled(before: BuildRecord, after: BuildRecord): CompiledPackage[] {
  const changed = new Set(changedFiles(before, after).map(({ path }) => path))
  const compiled = new Map<string, CompiledPackage>()
  /** Whose compiled form is another one now, so that what imports it is compiled again, too. */
  const wave: string[] = []
  for (const [folder, now] of Object.entries(after.packages)) {
    const files = changedOf(now, before.packages[folder], changed)
    if (files.length === 0) continue
    compiled.set(folder, compiledOf(folder, { files }))
    if (!files.every((file) => isSameCode(before, after, file))) wave.push(folder)
  }
  const modules = changedModules(before, after)
  for (const [folder, { foreign }] of Object.entries(after.packages)) {
    const used = modules.filter((module) => foreign.some((path) => isOf(path, module)))
    if (used.length === 0 || compiled.has(folder)) continue
    compiled.set(folder, compiledOf(folder, { modules: used }))
    wave.push(folder)
  }
  const importers = importersOf(after)
  const queued = new Set(wave)
  for (const folder of wave) {
    const { through = [] } = compiled.get(folder) ?? {}
    for (const importer of importers.get(folder) ?? []) {
      if (!compiled.has(importer)) {
        compiled.set(importer, compiledOf(importer, { through: [nameOf(folder), ...through] }))
      }
      if (queued.has(importer)) continue
      queued.add(importer)
      wave.push(importer)
    }
  }
  return [...compiled.values()]
}

function changedOf(
  now: PackageRecord,
  then: PackageRecord | undefined,
  changed: ReadonlySet<string>,
): string[] {
  const isEmbedded = matchPatterns([...now.embeds])
  const own = new Set([...now.files, ...(then?.files ?? [])])
  const files = [...changed].filter(
    (file) => own.has(file) || (now.embeds.length > 0 && isEmbedded(file)),
  )
  // A file may take part, or not, by a constraint that says so.
  const isOther = JSON.stringify(now.files) !== JSON.stringify(then?.files)
  return files.length === 0 && isOther ? [...now.files] : files
}

function isSameCode(before: BuildRecord, after: BuildRecord, file: string): boolean {
  const [then, now] = [before.files[file]?.code, after.files[file]?.code]
  return then !== undefined && then === now
}

/** Modules that go.mod has in another version, or that another one stands for. */
function changedModules(before: BuildRecord, after: BuildRecord): string[] {
  const [then, now] = [before.modules, after.modules]
  return [...new Set([...Object.keys(then), ...Object.keys(now)])].filter(
    (path) => then[path] !== now[path],
  )
}

function isOf(importPath: string, module: string): boolean {
  return importPath === module || importPath.startsWith(`${module}/`)
}

function importersOf({ packages }: BuildRecord): Map<string, string[]> {
  const importers = new Map<string, string[]>()
  for (const [folder, { imports }] of Object.entries(packages)) {
    for (const imported of imports) {
      importers.set(imported, [...(importers.get(imported) ?? []), folder])
    }
  }
  return importers
}

function compiledOf(
  folder: string,
  { files = [], through = [], modules = [] }: Partial<CompiledPackage> = {},
): CompiledPackage {
  return { package: nameOf(folder), files, through, modules }
}

/** As the go command writes it. */
export function nameOf(folder: string): string {
  return folder === "" ? "." : `./${folder}`
}

function sorted(packages: readonly CompiledPackage[]): CompiledPackage[] {
  return [...packages].sort((a, b) => (a.package < b.package ? -1 : 1))
}
