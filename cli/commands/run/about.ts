import type { DetectedProject } from "../../../src/detect/detect.js"
import type { Request } from "../../request.js"

/** Of the project, for what to type next where its program fails. */
export interface RunAbout {
  /** Paths of the modules that it is made of. */
  modules: readonly string[]
  /** What was typed for it: its folder, target and the like. */
  typed: readonly string[]
}

export function aboutRun(project: DetectedProject, request: Request): RunAbout {
  const { source, target, options } = request
  return {
    modules: modulePaths(project),
    typed: [
      ...(source === "." ? [] : [source]),
      ...(target === undefined ? [] : ["--target", target]),
      ...(options.packages ?? []).flatMap((each) => ["--packages", each]),
      ...(options.process === undefined ? [] : ["--process", options.process]),
    ],
  }
}

/** Of its own modules, and of those that they require. */
export function modulePaths({ facts }: DetectedProject): string[] {
  const own = [facts, ...facts.furtherModules]
  return own.flatMap(({ goMod }) => [goMod.module.value, ...goMod.requires.map(({ path }) => path)])
}
