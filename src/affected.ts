import { findTargets } from "./detect/project/descriptor.js"
import { detect } from "./detect/detect.js"
import type { Facts } from "./detect/facts.js"
import { FileIndex } from "./detect/file-index.js"
import { inFolder } from "./detect/modules/modules.js"
import { matchPatterns } from "./patterns/patterns.js"
import type { Source } from "./detect/source.js"
import { UserError } from "./errors.js"
import { listSome } from "./list.js"
import { assemblePlan } from "./plan/assemble.js"
import { printPlan } from "./plan/print.js"
import type { Stage } from "./plan/types.js"
import type { SettingSources } from "./settings/resolve.js"
import { expandTargets, noSuchTarget } from "./settings/targets.js"

/** What is built of a source: a target of project.toml, or a program. */
export interface Target {
  name: string
  given: SettingSources
}

/** Those of project.toml; where there are none, each program of each module. */
export async function targetsOf(source: Source, given: SettingSources): Promise<Target[]> {
  const names = await findTargets(source, given.folder?.value)
  if (names.length > 0) return names.map((name) => ({ name, given: { ...given, target: name } }))
  const withPackages = (packages: string[], from = given.folder): SettingSources => ({
    ...given,
    folder: from,
    options: { ...given.options, packages },
  })
  const { facts } = await detect(source, withPackages(["./..."]))
  // Their paths are relative to the source, not to the folder in it.
  const root = { value: "", from: "program" }
  return facts.programs.mainPackages.map(({ path }) => ({
    name: path,
    given: withPackages([path], root),
  }))
}

/** Those that are asked for: all of them, where none is. */
export function namedTargets(targets: readonly Target[], asked: readonly string[]): Target[] {
  const names = targets.map(({ name }) => name)
  const wanted = asked.length === 0 ? names : expandTargets(asked, names)
  const unknown = wanted.find((name) => !names.includes(name))
  if (unknown !== undefined) throw noSuchTarget(unknown, names, "Targets here")
  return targets.filter(({ name }) => wanted.includes(name))
}

/** One source as it was, as it is, and the paths of all files that differ. */
export interface Change {
  before: Source
  after: Source
  changed: readonly string[]
}

/**
 * Those of the targets whose image a change can differ in: a file differs that their build is sent, or how they are built.
 */
export async function affectedTargets(
  targets: readonly Target[],
  { before, after, changed }: Change,
  tell: (name: string, reason: string) => void = () => undefined,
): Promise<string[]> {
  if (changed.length === 0) return []
  const affected: string[] = []
  for (const { name, given } of targets) {
    // What cannot be built now is for its build to say.
    const reason = await reasonOf(given)
    if (reason === undefined) continue
    affected.push(name)
    tell(name, reason)
  }

  async function reasonOf(given: SettingSources): Promise<string | undefined> {
    const now = await buildOf(after, given).catch(whereWrong)
    if (!now) return "it cannot be built now"
    const read = changed.filter(now.reads)
    if (read.length > 0) return listSome(read)
    const then = await buildOf(before, given).catch(whereWrong)
    if (!then) return "it could not be built before"
    const wasRead = changed.filter(then.reads)
    if (wasRead.length > 0) return listSome(wasRead)
    return then.plan === now.plan ? undefined : `how it is built (changed: ${listSome(changed)})`
  }
  return affected
}

/** What an image is made by, and from. */
interface Build {
  plan: string
  reads: (file: string) => boolean
}

/** What could not be built before, or cannot be now, is changed. */
function whereWrong(error: unknown): undefined {
  if (error instanceof UserError) return undefined
  throw error
}

function withoutPatterns(stage: Stage): Stage {
  return {
    ...stage,
    steps: stage.steps.map((step) =>
      step.type === "copy" ? { ...step, exclude: undefined } : step,
    ),
  }
}

async function buildOf(source: Source, given: SettingSources): Promise<Build> {
  const files = FileIndex.of((await source.survey()).files)
  const { facts, settings } = await detect(source, { ...given, withImports: true })
  const imports = settings.dependencyLayer?.value ? facts.imports : undefined
  // What is missing now would be the compiler's to say; here it is a change.
  const { sourceExclude, ...plan } = assemblePlan({ ...facts, imports, missing: [] }, settings)
  const isExcluded = matchPatterns(sourceExclude)
  const ofOthers = filesOfOtherModules(facts)
  return {
    // Places of decisions move with every line, and which files are taken from the source is asked below.
    plan: printPlan({
      ...plan,
      stages: plan.stages.map(withoutPatterns),
      sourceExclude: [],
      decisions: [],
      notices: [],
      noticeFiles: undefined,
    }),
    // A submodule is one path, and all that is in it.
    reads: (path) => [...files.at(path)].some((file) => !isExcluded(file) && !ofOthers.has(file)),
  }
}

/**
 * In a workspace, what one module requires is the version that all get. Who imports nothing of modules elsewhere gets none: what
 * the others require says nothing of its image, though the go command reads it.
 */
function filesOfOtherModules({
  workspace,
  folder,
  furtherModules,
  buildFiles,
  imports,
}: Facts): ReadonlySet<string> {
  // Without those, not all is known that the programs import.
  if (!workspace || !buildFiles) return new Set()
  const own = new Set([folder, ...furtherModules.map((each) => each.folder)])
  const others = workspace.modules.filter((each) => !own.has(each.folder))
  if (others.length === 0) return new Set()
  const required = workspace.modules.flatMap(({ goMod }) => goMod.requires.map(({ path }) => path))
  const isStandard = (path: string) =>
    !path.split("/", 1)[0]?.includes(".") &&
    !required.some((each) => `${path}/`.startsWith(`${each}/`))
  if (!imports?.every(isStandard)) return new Set()
  const files = others.flatMap((each) =>
    ["go.mod", "go.sum"].map((name) => inFolder(each.folder, name)),
  )
  return new Set([...files, inFolder(workspace.folder, "go.work.sum")])
}
