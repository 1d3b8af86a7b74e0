import { secretPatterns } from "../detect/assets/secrets.js"
import { keptHeader } from "../detect/dockerfile/kept.js"
import type { Facts } from "../detect/facts.js"
import { literalPattern, matchPatterns } from "../patterns/patterns.js"
import { neverSource, type Survey } from "../detect/source.js"
import type { Plan } from "../plan/types.js"
import { withSyntax } from "./dockerfile.js"
import { renderReadable } from "./readable.js"
import { excludeInStage } from "./excluded-source.js"
import { renderPlatformsReadable } from "./platforms.js"

/** What is there of a project: a Dockerfile that is kept names nothing else. */
export interface Here extends Pick<Survey, "files" | "emptyFolders"> {
  /** Of version control, such as `.git`. */
  vcs: readonly string[]
}

/**
 * A Dockerfile for people, who keep it.
 *
 * @param hasIgnoreFile A .dockerignore is written beside it; without one, a stage leaves out what it would.
 */
export function keptDockerfile(
  plans: readonly [Plan, ...Plan[]],
  { sourceExclude }: Pick<Facts, "sourceExclude">,
  here: Here,
  { hasIgnoreFile }: { hasIgnoreFile: boolean },
): string {
  const exclude = [
    ...matching(sourceExclude, here, "."),
    ...neverSource.filter((pattern) => here.vcs.includes(pattern.slice("**/".length))),
  ]
  // It is there itself, once it is built.
  const then = hasIgnoreFile ? here : { ...here, files: [...here.files, "Dockerfile"] }
  const kept = plans.map((plan) => {
    const named = { ...plan, stages: plan.stages.map((stage) => excludeWhatIsHere(stage, then)) }
    return hasIgnoreFile || exclude.length === 0 ? named : excludeInStage(named, exclude)
  })
  const [plan, ...others] = kept
  const text = plan && others.length === 0 ? renderReadable(plan) : renderPlatformsReadable(kept)
  const epoch = plan?.image.sourceDateEpoch ?? 0
  const same = `# For the same image at any time: docker build --build-arg SOURCE_DATE_EPOCH=${epoch} .`
  return withSyntax([keptHeader, same, ...givenLines(plans), "", text].join("\n"))
}

/** What a build has to be given, which no Dockerfile has. */
function givenLines(plans: readonly Plan[]): string[] {
  const given = plans
    .flatMap(({ stages }) => stages.flatMap(({ steps }) => steps))
    .flatMap((step) => (step.type === "run" ? step.mounts : []))
    .flatMap((mount) => {
      if (mount.type === "ssh") return [`--ssh ${mount.id}`]
      return mount.type === "secret" ? [`--secret id=${mount.id},src=FILE`] : []
    })
  const all = [...new Set(given)].join(" ")
  return all === "" ? [] : [`# With the secrets that it reads: docker build ${all} .`]
}

/**
 * What the Dockerfile's context is without.
 *
 * @param own The Dockerfile and this file, where they are in the context.
 */
export function dockerignore(
  { sourceExclude }: Pick<Facts, "sourceExclude">,
  here: Here,
  own: readonly string[],
): string {
  const isThere = (pattern: string) => matching([pattern], here, ".").length > 0
  return [
    "# Git's folder can hold passwords, and the go command would stamp programs with what it finds there.",
    ...neverSource,
    // One that is there was looked at: a program may have it in it, and no image has it among its files.
    "# Files that usually hold secrets, should some be added.",
    ...secretPatterns.filter((pattern) => !isThere(pattern)),
    ...(own.length > 0 ? ["# The Dockerfile itself.", ...own.map(literalPattern)] : []),
    ...(sourceExclude.length > 0 ? ["# What project.toml excludes.", ...sourceExclude] : []),
  ]
    .map((line) => `${line}\n`)
    .join("")
}

function excludeWhatIsHere(stage: Plan["stages"][number], here: Here): Plan["stages"][number] {
  const steps = stage.steps.map((step) => {
    // What another stage has, hooks may have made.
    if (step.type !== "copy" || !step.exclude || "stage" in step.from) return step
    return { ...step, exclude: matching(step.exclude, here, step.path) }
  })
  return { ...stage, steps }
}

/** Those of the patterns that mean something below a folder. One that brings files back does, where others are left. */
function matching(patterns: readonly string[], here: Here, folder: string): string[] {
  const start = folder === "." ? "" : `${folder}/`
  const paths = [...here.files, ...(here.emptyFolders ?? [])]
    .filter((path) => path.startsWith(start))
    .map((path) => path.slice(start.length))
  const kept = patterns.filter((pattern) => paths.some(matchPatterns([pattern.replace(/^!/, "")])))
  return kept.some((pattern) => !pattern.startsWith("!")) ? kept : []
}
