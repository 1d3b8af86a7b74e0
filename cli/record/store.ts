import { createHash } from "node:crypto"
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from "node:fs"
import { dirname, join } from "node:path"
import { writeAtomically } from "../system/atomic.js"
import { cacheFolder } from "../system/folders.js"
import type { BuildRecord } from "./record.js"

/** The last build of something, and the one before it. */
export interface Records {
  last: BuildRecord
  before?: BuildRecord
  /** When the same was built again since, in milliseconds since 1970: nothing had changed, and no step ran. */
  again?: number
}

/** The last build of something, which failed: what it was made from is not known. */
export interface FailedBuild {
  /** In milliseconds since 1970. */
  time: number
  folder: string
  target?: string
  /** For people. */
  reason: string
}

/** So many projects are remembered, and of each so many targets; those that were built last. */
const most = { projects: 50, targets: 20 }

/** Of all projects of this user, outside of the projects. */
function recordsFolder(): string {
  return join(cacheFolder(), "builds")
}

/** @param source The source's folder, by whatever name. */
function folderOf(source: string): string {
  return join(recordsFolder(), shortHash(realpathSync(source)))
}

function fileOf(
  source: string,
  { folder, target }: Pick<BuildRecord, "folder" | "target">,
): string {
  return join(folderOf(source), `${shortHash(JSON.stringify([folder, target]))}.json`)
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16)
}

function failureOf(source: string, of: Pick<BuildRecord, "folder" | "target">): string {
  return fileOf(source, of).replace(/\.json$/, failedEnding)
}

const failedEnding = ".failed"

/** Undefined where there is none that can be read. */
export function readRecords(
  source: string,
  of: Pick<BuildRecord, "folder" | "target">,
): Records | undefined {
  return readFile(fileOf(source, of))
}

/** Of all targets and folders of a source, the one that was built last first. */
export function allRecords(source: string): Records[] {
  if (!existsSync(source)) return []
  const folder = folderOf(source)
  return namesIn(folder)
    .flatMap((name) => readFile(join(folder, name)) ?? [])
    .sort((a, b) => b.last.time - a.last.time)
}

/** Of all targets and folders of a source, the last one first. */
export function failedBuilds(source: string): FailedBuild[] {
  if (!existsSync(source)) return []
  const folder = folderOf(source)
  return namesIn(folder)
    .filter((name) => name.endsWith(failedEnding))
    .flatMap((name) => readJson<FailedBuild>(join(folder, name)) ?? [])
    .sort((a, b) => b.time - a.time)
}

export function writeFailure(source: string, failed: FailedBuild): void {
  const file = failureOf(source, failed)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeAtomically(file, JSON.stringify(failed))
}

/** @param known What was known of it when this build began. */
export function writeRecord(source: string, last: BuildRecord, known: Records | undefined): void {
  const file = fileOf(source, last)
  // What took long is still of interest after a build that only starts the image once more.
  const records: Records =
    known && isSame(known.last, last)
      ? { ...known, last: { ...known.last, files: last.files }, again: last.time }
      : { last, ...(known && { before: known.last }) }
  // Names of files and settings are nobody else's business.
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeAtomically(file, JSON.stringify(records))
  rmSync(failureOf(source, last), { force: true })
  removeOldest(dirname(file), most.targets)
  removeOldest(recordsFolder(), most.projects)
}

function readFile(file: string): Records | undefined {
  const { last, before, again } = readJson<Partial<Records>>(file) ?? {}
  const isKnown = last?.version === 1 && (!before || before.version === 1)
  if (!isKnown) return undefined
  return { last, ...(before && { before }), ...(again !== undefined && { again }) }
}

/** Nothing of it is another, and nothing ran for it. */
function isSame(before: BuildRecord, after: BuildRecord): boolean {
  const inputs = ({ files, plan, modules, tags, engine }: BuildRecord) =>
    JSON.stringify([
      Object.entries(files).map(([path, { hash }]) => [path, hash]),
      ...[plan, modules, tags, engine],
    ])
  return after.steps.every(({ cached }) => cached) && inputs(before) === inputs(after)
}

function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as T
  } catch {
    return undefined
  }
}

function removeOldest(folder: string, kept: number): void {
  const names = namesIn(folder)
  if (names.length <= kept) return
  const timeOf = (name: string) =>
    statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0
  const byTime = names.map((name) => ({ name, time: timeOf(name) })).sort((a, b) => b.time - a.time)
  for (const { name } of byTime.slice(kept))
    rmSync(join(folder, name), { recursive: true, force: true })
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
