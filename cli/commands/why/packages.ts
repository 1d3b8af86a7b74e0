import { matchPatterns } from "../../../src/patterns/patterns.js"
import { matchesFile } from "../../../src/detect/code/build-constraint.js"
import type { BuildRecord } from "../../record/record.js"
import type { Cause } from "./causes/cause.js"
import { changedFiles } from "./causes/compare.js"
import { embedsOf, newOutput } from "./frontend-output.js"
import { naturally } from "./names/natural-order.js"

/** Why the compiler had to do a package again. */
export interface CompiledPackage {
  /** As the go command writes it: `./internal/store`. */
  package: string
  /** Its own files that changed, with what it embeds. */
  files: string[]
  /** Folders that it embeds, and that a front end has made again. */
  made?: string[]
  /** From this package to the one that changed, each importing the next one. */
  through: string[]
  /** Modules that changed and that it imports. */
  modules: string[]
  /** Only where what it imports came out different, which the record does not say. */
  maybe?: true
}

export interface Packages {
  /** How many packages of the source the programs need. */
  own: number
  compiled: CompiledPackage[]
  /** What makes the compiler do all of them again. */
  all?: Reason
  /** What may do so: it depends on what the packages of Go itself are made from then. */
  perhapsAll?: Reason
}

type Reason = Extract<Cause, { kind: "setting" | "base" | "first" | "file" }>

/** What is part of every package that is compiled; what is the linker's alone is in neither. */
const ofAll =
  /^(?:variable (?:GOOS|GOARCH|GOAMD64|GOARM|GOARM64|GO386|GOPPC64|GORISCV64|GOEXPERIMENT)|flag -(?:gcflags|race|msan|asan|cover\w*|trimpath|buildmode|pgo)|cache \/root\/\.cache\/go-build)$/
/** What is part of some: those with C in them, or with files for a tag, and what imports these. */
const ofSome =
  /^(?:variable (?:GOFLAGS|GOTOOLCHAIN|GOFIPS140|CGO_\w+|CC|CXX|PKG_CONFIG\w*)|flag -(?:asmflags|tags))$/

/**
 * Which packages Go compiled again, as its build cache works: a package whose files changed, and what imports it. Those that
 * import these in turn are compiled only where the result of one between is another: of a changed string, it is not. Where
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
  const all = before
    ? (causes.find(isOfAll) ?? languageOf(before, after) ?? profileOf(before, after))
    : ({ kind: "first" } as const)
  if (!before || all) {
    const compiled = Object.keys(after.packages).map((folder) => compiledOf(folder))
    return { own, compiled: sorted(compiled), all }
  }
  const perhapsAll = causes.find(isOfSome) ?? workspaceOf(before, after)
  return {
    own,
    compiled: sorted(findCompiled(before, after, causes.length > 0 ? newOutput(after) : [])),
    ...(perhapsAll && { perhapsAll }),
  }
}

function isOfAll(cause: Cause): cause is Reason {
  // Its name says which Go it has.
  if (cause.kind === "base")
    return cause.before !== undefined && cause.before !== cause.after && isName(cause)
  return cause.kind === "first" || (cause.kind === "setting" && ofAll.test(cause.what))
}

function isOfSome(cause: Cause): cause is Reason {
  return cause.kind === "base" || (cause.kind === "setting" && ofSome.test(cause.what))
}

/** Whether another image was asked for, not the same one with another content. */
function isName({ image, after }: Extract<Cause, { kind: "base" }>): boolean {
  return image === after
}

function languageOf(before: BuildRecord, after: BuildRecord): Reason | undefined {
  const [then, now] = [before.languages, after.languages]
  const folder = Object.keys(now).find((each) => then[each] !== now[each])
  if (folder === undefined) return undefined
  return {
    ...{ kind: "setting", what: `the go line of ${folder === "" ? "" : `${folder}/`}go.mod` },
    ...(then[folder] !== undefined && { before: then[folder] }),
    after: now[folder],
  }
}

/** Of modules beside the program's own, what their go.mod says is not in the record. */
function workspaceOf(before: BuildRecord, after: BuildRecord): Reason | undefined {
  return changedFiles(before, after).find(({ path }) => {
    const [, folder = "", name] = /^(?:(.*)\/)?(go\.mod|go\.work)$/.exec(path) ?? []
    return name !== undefined && !(name === "go.mod" && folder in after.languages)
  })
}

/** A profile of a program is part of all that it is compiled from. */
function profileOf(before: BuildRecord, after: BuildRecord): Reason | undefined {
  return changedFiles(before, after).find(({ path }) => /(?:^|\/)default\.pgo$/.test(path))
}

/** @param output Folders that a front end has made again. */
function findCompiled(
  before: BuildRecord,
  after: BuildRecord,
  output: readonly string[],
): CompiledPackage[] {
  const changed = new Set(changedFiles(before, after).map(({ path }) => path))
  const compiled = new Map<string, CompiledPackage>()
  /** Whose compiled form is another one now, so that what imports it is compiled again, too. */
  const other = new Set<string>()
  /** Whose compiled form may be another one. */
  const wave: string[] = []
  for (const folder of Object.keys(after.packages)) {
    const files = changedOf(folder, before, after, changed)
    const made = output.filter((each) => embedsOf(after, folder, each))
    if (files.length + made.length === 0) continue
    compiled.set(folder, { ...compiledOf(folder, { files }), ...(made.length > 0 && { made }) })
    if (made.length > 0 || !files.every((file) => isSameCode(before, after, file)))
      other.add(folder)
  }
  const modules = [...changedModules(before, after), ...vendoredPackages(changed)]
  for (const [folder, { foreign }] of Object.entries(after.packages)) {
    const used = modules.filter((module) => foreign.some((path) => isOf(path, module)))
    const maybe = used.length === 0 && modules.length > 0 && foreign.some(isOfModule)
    if (used.length === 0 && !maybe) continue
    wave.push(folder)
    if (compiled.has(folder)) continue
    compiled.set(
      folder,
      maybe ? { ...compiledOf(folder, { modules }), maybe } : compiledOf(folder, { modules: used }),
    )
  }
  const importers = importersOf(after)
  wave.unshift(...other)
  const queued = new Set(wave)
  for (const folder of wave) {
    const { through = [] } = compiled.get(folder) ?? {}
    for (const importer of importers.get(folder) ?? []) {
      const known = compiled.get(importer)
      const isSure = other.has(folder)
      if (!known || (known.maybe && isSure)) {
        const found = compiledOf(importer, { through: [nameOf(folder), ...through] })
        compiled.set(importer, isSure ? found : { ...found, maybe: true })
      }
      if (queued.has(importer)) continue
      queued.add(importer)
      wave.push(importer)
    }
  }
  return [...compiled.values()]
}

function changedOf(
  folder: string,
  before: BuildRecord,
  after: BuildRecord,
  changed: ReadonlySet<string>,
): string[] {
  const [then, now] = [before, after].map((each) => compiledFiles(each, folder))
  const embeds = after.packages[folder]?.embeds ?? []
  const isEmbedded = matchPatterns([...embeds])
  const own = new Set([...(now ?? []), ...(then ?? [])])
  const files = [...changed].filter(
    (file) => own.has(file) || (embeds.length > 0 && isEmbedded(file)),
  )
  // A file may take part, or not, by a constraint that says so.
  const others = [...own].filter((file) => now?.includes(file) !== then?.includes(file))
  return [...new Set([...files, ...others])].sort()
}

/** Files of a package that the compiler reads in this build; with C in it or not, which the record does not say. */
function compiledFiles(
  { packages, files, architecture, tags }: BuildRecord,
  folder: string,
): string[] {
  return (packages[folder]?.files ?? []).filter((file) =>
    [true, false].some((cgo) =>
      matchesFile(file, files[file]?.constraint, { os: "linux", arch: architecture, cgo, tags }),
    ),
  )
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

/** Import paths of packages in `vendor` of which a file changed. */
function vendoredPackages(changed: ReadonlySet<string>): string[] {
  const found = [...changed].flatMap((file) => /(?:^|\/)vendor\/(.+)\/[^/]+$/.exec(file)?.[1] ?? [])
  return [...new Set(found)]
}

/** Not of Go's own packages: a module's path begins with the name of a host. */
function isOfModule(importPath: string): boolean {
  return importPath.split("/")[0]?.includes(".") ?? false
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
  return [...packages].sort((a, b) => naturally(a.package, b.package))
}
