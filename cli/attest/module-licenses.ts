import { cpSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import type { DetectedProject } from "../../src/detect/detect.js"
import { licensesTask, type LinkedModule } from "../../src/plan/tasks/licenses-task.js"
import { isVendored } from "../../src/plan/go/modules.js"
import type { Plan } from "../../src/plan/types.js"
import type { SbomFacts } from "../../src/sbom/facts.js"
import {
  linkedModules,
  nameOf,
  readLicenses,
  sumsOf,
  withLicenses,
  type ModuleLicenses,
} from "../../src/sbom/licenses/module-licenses.js"
import type { Builder } from "../build/builder.js"
import { BuildFailed, isToldAlone } from "../engine/engine.js"
import { cacheFolder } from "../system/folders.js"
import { cacheFolderName, putInPlace, removeOldest, reuse } from "../system/cache-folders.js"
import { runReport } from "../build/task-report.js"
import { makeWorkFolder } from "../system/work-folder.js"
import type { BuilderOptions } from "../build/solver.js"

/** Of what the task leaves; it changes when that does. */
const version = 1

/** Of a project with many modules, the texts are some hundred kilobytes. */
const limits = { folders: 50, bytes: 50e6 }

/**
 * Adds what the modules' own files say: the engine that has just built the image has them. The texts are kept: an edit
 * changes no module, and even a step that was done takes the engine as long as a small image does.
 */
export async function addLicenses(
  facts: SbomFacts,
  project: DetectedProject,
  plan: Plan,
  builder: Builder,
  { terminal, signal }: Pick<BuilderOptions, "terminal" | "signal">,
): Promise<SbomFacts> {
  const kept = addKeptLicenses(facts, project, plan)
  if (kept) return kept
  const modules = linkedModules(facts, plan.binaries)
  const task = licensesTask(project, modules)
  if (!task) return facts
  const place = placeOf(facts, project, modules)
  let licenses: ModuleLicenses
  try {
    const read = (folder: string) => {
      if (place !== undefined) keep(folder, place)
      return readLicenses(folder, modules)
    }
    licenses = await runReport(task, builder, read, { cache: "image" })
  } catch (error) {
    if (signal.aborted || !isToldAlone(error)) throw error
    // What the go command says last is why.
    const told = error instanceof BuildFailed ? error.output.trim().split("\n").at(-1) : ""
    const reason = told || error.message.split("\n")[0]
    terminal.say(`note: the SBOM names no licenses of modules: ${reason}`)
    return facts
  }
  return withLicenses(facts, licenses)
}

/** As far as nobody has to be asked; undefined where the engine has to be. */
export function addKeptLicenses(
  facts: SbomFacts,
  project: DetectedProject,
  { binaries }: Plan,
): SbomFacts | undefined {
  const modules = linkedModules(facts, binaries)
  if (modules.length === 0) return facts
  const place = placeOf(facts, project, modules)
  try {
    if (place === undefined || !reuse(place)) return undefined
    return withLicenses(facts, readLicenses(place, modules))
  } catch {
    // Somebody has removed a part of it, or it cannot be read.
    return undefined
  }
}

const store = () => join(cacheFolder(), "licenses")

/** Undefined where what is in the modules is not known by their hashes alone. */
function placeOf(
  facts: SbomFacts,
  project: DetectedProject,
  modules: readonly LinkedModule[],
): string | undefined {
  const mains = [project.facts, ...project.facts.furtherModules]
  if (mains.some((main) => isVendored(project.facts, main))) return undefined
  const sums = sumsOf(facts)
  const names = modules.map((module) => `${nameOf(module)} ${sums.get(nameOf(module)) ?? ""}`)
  if (names.some((name) => name.endsWith(" "))) return undefined
  return join(store(), cacheFolderName(`${version}\n${names.join("\n")}`))
}

function keep(folder: string, place: string): void {
  try {
    mkdirSync(store(), { recursive: true })
    const work = makeWorkFolder(store(), "work-")
    try {
      const made = join(work.path, "made")
      cpSync(folder, made, { recursive: true })
      putInPlace(made, place)
      removeOldest(store(), limits)
    } finally {
      work.remove()
    }
  } catch {
    // It only saves time, and not every folder can be written to.
  }
}
