import { isInside } from "../../../src/detect/modules/modules.js"
import { matchPatterns } from "../../../src/patterns/patterns.js"
import type { Step } from "../../../src/plan/types.js"
import type { BuildRecord } from "../../record/record.js"
import { stepPlace } from "../../terminal/step-name.js"

/**
 * Folders of the source that a front end has made in this build, as its steps ran. They are of no file that was sent. Where the
 * engine knows that they have the same content as before, the step that copies them does not run.
 */
export function newOutput({ plan, steps }: BuildRecord): string[] {
  const ran = new Set(
    steps.flatMap(({ name, cached }) => (cached ? [] : (stepPlace(name)?.stage ?? []))),
  )
  return plan.stages
    .filter(({ name }) => ran.has(name))
    .flatMap(({ steps }) => {
      const source = sourceFolder(steps)
      if (source === undefined) return []
      return steps.flatMap((step) => {
        if (step.type !== "copy" || !("stage" in step.from)) return []
        const isMade = ran.has(step.from.stage) && step.to.startsWith(source)
        return isMade ? [step.to.slice(source.length)] : []
      })
    })
}

/** Where a stage has the source, into which the front end's output is copied: in GOPATH mode, that depends on the project. */
function sourceFolder(steps: readonly Step[]): string | undefined {
  const copy = steps.find(
    (step) => step.type === "copy" && "source" in step.from && step.path === ".",
  )
  return copy?.type === "copy" ? `${copy.to.replace(/\/$/, "")}/` : undefined
}

/** What changed, for people. */
export function madeText(folder: string): string {
  return `what the front end makes in ${folder}`
}

/** Whether a package has files of a folder in it. */
export function embedsOf({ packages }: BuildRecord, name: string, folder: string): boolean {
  return (packages[name]?.embeds ?? []).some((pattern) => {
    return isInside(fixedPart(pattern), folder) || matchPatterns([pattern])(`${folder}/file`)
  })
}

/** Of a pattern, the folders that it names without a wildcard. */
function fixedPart(pattern: string): string {
  const parts = pattern.replace(/^\//, "").split("/")
  const wild = parts.findIndex((part) => /[*?[\\]/.test(part))
  return parts.slice(0, wild < 0 ? parts.length : wild).join("/")
}
