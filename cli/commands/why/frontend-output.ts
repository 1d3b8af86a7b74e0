import { isInside } from "../../../src/detect/modules/modules.js"
import { matchPatterns } from "../../../src/patterns/patterns.js"
import type { BuildRecord } from "../../record/record.js"
import { stepPlace } from "../../terminal/step-name.js"

/** In builders, the source is here. */
const sourceFolder = "/src/"

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
    .flatMap(({ steps }) =>
      steps.flatMap((step) => {
        if (step.type !== "copy" || !("stage" in step.from)) return []
        const isMade = ran.has(step.from.stage) && step.to.startsWith(sourceFolder)
        return isMade ? [step.to.slice(sourceFolder.length)] : []
      }),
    )
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
