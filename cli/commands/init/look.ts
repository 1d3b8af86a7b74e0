import { detect, type DetectedProject } from "../../../src/detect/detect.js"
import { isHelper } from "../../../src/detect/packages/helper-packages.js"
import { SeveralPrograms, UserError } from "../../../src/errors.js"
import { assemblePlan } from "../../../src/plan/assemble.js"
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
    const lines = await Promise.all(
      targets.map(async (target) => {
        try {
          const { facts, settings } = await detect(source, { ...given, target })
          return targetLine(target, assemblePlan(facts, settings))
        } catch (error) {
          if (!(error instanceof UserError)) throw error
          return `target ${target}: ${error.message}`
        }
      }),
    )
    const detected = await detect(source, { ...given, target: first })
    return { source, detected, lines, proposed: [] }
  }
  try {
    const detected = await detect(source, given)
    const plan = assemblePlan(detected.facts, detected.settings)
    return { source, detected, plan, lines: summary(plan), proposed: [] }
  } catch (error) {
    if (!(error instanceof SeveralPrograms)) throw error
    const of = (packages: string[]) => ({ ...given, options: { ...given.options, packages } })
    const { mainPackages } = (await detect(source, of(["./..."]))).facts.programs
    const proposed = proposeTargets(mainPackages)
    const detected = await detect(source, of(proposed[0]?.settings.packages ?? ["./..."]))
    const lines = [
      `${proposed.length} programs, an image of each:`,
      ...proposed.map(({ name, settings }) => `  ${name}: ${settings.packages?.join(", ")}`),
    ]
    return { source, detected, lines, proposed }
  }
}

/** What a person wants to see before answering. */
function summary({ decisions }: Plan): string[] {
  const told = ["Go version", "program", "command", "port"]
  return decisions
    .filter(({ what }) => told.includes(what))
    .map(({ what, value, from }) => `${what}: ${value} (${from})`)
}

function targetLine(target: string, { binaries, image }: Plan): string {
  const programs = binaries.map((each) => each.package).join(", ")
  const ports =
    image.ports.length > 0 ? `, port ${image.ports.join(", ").replaceAll("/tcp", "")}` : ""
  return `target ${target}: ${programs}${ports}`
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
