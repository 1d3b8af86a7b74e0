import { detect, type DetectedProject } from "../../../src/detect/detect.js"
import type { Facts } from "../../../src/detect/facts.js"
import { isInside } from "../../../src/detect/modules/modules.js"
import { isHelper } from "../../../src/detect/packages/helper-packages.js"
import { SeveralPrograms, UserError } from "../../../src/errors.js"
import { listSome } from "../../../src/list.js"
import { assemblePlan } from "../../../src/plan/assemble.js"
import type { SettingSources } from "../../../src/settings/resolve.js"
import type { Plan } from "../../../src/plan/types.js"
import type { Request } from "../../request.js"
import { openSource } from "../build/build.js"
import type { Target } from "./project-toml.js"
import { targetNames } from "./target-names.js"

/** A project as it is before anything is written. */
export interface Looked {
  source: ReturnType<typeof openSource>["source"]
  /** Of the project, or of the first of its targets. */
  detected: DetectedProject
  /** Of the one image that it is; none where there are several. */
  plan?: Plan
  /** What was found, for people. */
  lines: string[]
  /** Where there are several programs and nothing says which is meant: an image of each. */
  proposed: Target[]
}

/** @param targets Those that project.toml has. */
export async function look(request: Request, targets: readonly string[]): Promise<Looked> {
  const { source, folder } = openSource(request)
  const given = { options: request.options, environment: {}, folder }
  const [first] = targets
  if (first !== undefined) {
    const seen = await Promise.all(
      targets.map((target) => lookAt(target, source, { ...given, target })),
    )
    const lines = seen.map(({ line }) => `target ${line}`)
    const detected = await detect(source, { ...given, target: first })
    return { source, detected, lines, proposed: [] }
  }
  try {
    const detected = await detect(source, given)
    const plan = assemblePlan(detected.facts, detected.settings)
    const lines = [...summary(plan), ...others(detected.facts)]
    return { source, detected, plan, lines, proposed: [] }
  } catch (error) {
    if (!(error instanceof SeveralPrograms)) throw error
    const of = (packages: string[]) => ({ ...given, options: { ...given.options, packages } })
    const { mainPackages } = (await detect(source, of(["./..."]))).facts.programs
    const targets = proposeTargets(mainPackages)
    const detected = await detect(source, of(targets[0]?.settings.packages ?? ["./..."]))
    const seen = await Promise.all(
      targets.map(({ name, settings }) => lookAt(name, source, of(settings.packages ?? []))),
    )
    const lines = [
      `${targets.length} programs, an image of each:`,
      ...seen.map(({ line }) => `  ${line}`),
    ]
    const proposed = targets.map((target, index) => {
      const { plan } = seen[index] ?? {}
      return { ...target, comments: plan ? assumedPort(plan) : [] }
    })
    return { source, detected, lines, proposed }
  }
}

/** What a person wants to see before answering. */
function summary({ decisions }: Plan): string[] {
  const told = ["Go version", "program", "command", "port"]
  return decisions
    .filter(({ what }) => told.includes(what))
    .map(
      ({ what, value, from }) => `${what}: ${value} (${isAssumed(what, from) ? assumption : from})`,
    )
}

/** Programs of modules inside of this one, which no image of it has. */
function others({ folder, furtherModules, programs }: Facts): string[] {
  const own = [folder, ...furtherModules.map((each) => each.folder)]
  const found = programs.mainPackages.filter(
    ({ path, module, unfit }) =>
      !own.includes(module) && isInside(module, folder) && !unfit && !isHelper(path),
  )
  if (found.length === 0) return []
  return [
    `not in it: ${listSome(found.map(({ path }) => path))}, in modules of their own; for images of them, give each a target in project.toml (docs/repositories.md)`,
  ]
}

const assumption = "assumed: the code does not say where it listens; --port sets it"

function isAssumed(what: string, from: string): boolean {
  return what === "port" && from === "default"
}

/** A comment of project.toml: what is not known is not written as if it were. */
export function assumedPort({ decisions }: Plan): string[] {
  return decisions
    .filter(({ what, from }) => isAssumed(what, from))
    .map(({ value }) => `# port = ${value} # assumed: the code does not say where it listens`)
}

/** What a target is, or why it cannot be built. */
async function lookAt(
  name: string,
  source: Looked["source"],
  given: SettingSources,
): Promise<{ line: string; plan?: Plan }> {
  try {
    const { facts, settings } = await detect(source, given)
    const plan = assemblePlan(facts, settings)
    return { line: targetLine(name, plan), plan }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { line: `${name}: ${error.message}` }
  }
}

function targetLine(target: string, plan: Plan): string {
  const { binaries, image } = plan
  const programs = binaries.map((each) => each.package).join(", ")
  const ports =
    image.ports.length > 0
      ? `, port ${image.ports.join(", ").replaceAll("/tcp", "")}${assumedPort(plan).length > 0 ? " (assumed)" : ""}`
      : ""
  return `${target}: ${programs}${ports}`
}

/** One for each program that is not a helper of those who work on the project. */
function proposeTargets(mainPackages: readonly { path: string; importPath: string }[]): Target[] {
  const forUse = mainPackages.filter(({ path }) => !isHelper(path))
  const chosen = forUse.length > 0 ? forUse : mainPackages
  const names = targetNames(chosen)
  return chosen.map(({ path }, index) => ({
    name: names[index] ?? "",
    settings: { packages: [path] },
  }))
}
