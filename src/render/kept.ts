import { secretPatterns } from "../detect/assets/secrets.js"
import { keptHeader } from "../detect/dockerfile/kept.js"
import type { Facts } from "../detect/facts.js"
import type { IgnorePatterns } from "../detect/patterns/as-dockerignore.js"
import { literalPattern, matchPatterns } from "../patterns/patterns.js"
import { neverSource, type Survey } from "../detect/source.js"
import type { Plan } from "../plan/types.js"
import { withSyntax } from "./dockerfile.js"
import { renderReadable } from "./readable.js"
import { excludeInStage } from "./excluded-source.js"
import {
  excludeIgnored,
  isOfAssets,
  joined,
  placeIgnored,
  type KeptIgnored,
} from "./kept-ignored.js"
import { renderPlatformsReadable } from "./platforms.js"

/** What is there of a project: a Dockerfile that is kept names nothing else. */
export interface Here extends Pick<Survey, "files" | "emptyFolders"> {
  /** Of version control, such as `.git`. */
  vcs: readonly string[]
  /** What ignore files say of what may be there later. */
  ignored: IgnorePatterns
}

type KeptFacts = Pick<Facts, "sourceExclude" | "hooks" | "legacy">

/** What is not committed yet is no part of what it builds later: its version is that of the commit. */
export function factsToKeep(facts: Facts): Facts {
  return facts.git?.modified ? { ...facts, git: { ...facts.git, modified: false } } : facts
}

/**
 * A Dockerfile for people, who keep it.
 *
 * @param hasIgnoreFile A .dockerignore is written beside it; without one, a stage leaves out what it would.
 */
export function keptDockerfile(
  plans: readonly [Plan, ...Plan[]],
  facts: KeptFacts,
  here: Here,
  { hasIgnoreFile }: { hasIgnoreFile: boolean },
): string {
  const ignored = placeIgnored(here.ignored, facts, plans, here.files)
  const exclude = [
    ...joined([matching(facts.sourceExclude, here, "."), ...ignored.context]),
    ...neverSource.filter((pattern) => here.vcs.includes(pattern.slice("**/".length))),
  ]
  // It is there itself, once it is built.
  const files = hasIgnoreFile ? here.files : [...here.files, "Dockerfile"]
  const then = without({ ...here, files }, joined(ignored.context))
  const kept = plans.map((plan) => {
    const stages = plan.stages.map((stage) => excludeWhatIsHere(stage, then, ignored))
    const named = { ...plan, stages }
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
  plans: readonly Plan[],
  facts: KeptFacts,
  here: Here,
  own: readonly string[],
): string {
  const { sourceExclude } = facts
  const { context } = placeIgnored(here.ignored, facts, plans, here.files)
  const ofProject = joined([sourceExclude, ...context])
  const then = without(here, joined(context))
  const isThere = (pattern: string) => matching([pattern], then, ".").length > 0
  return [
    // What comes later decides: no exception of a project's brings back what is below.
    ...(ofProject.length > 0
      ? [
          "# What the project leaves out, by its .dockerignore, .gitignore and project.toml.",
          ...ofProject,
        ]
      : []),
    "# Git's folder can hold passwords, and the go command would stamp programs with what it finds there.",
    ...neverSource,
    // One that is there was looked at: a program may have it in it, and no image has it among its files.
    "# Files that usually hold secrets, should some be added.",
    ...secretPatterns.filter((pattern) => !isThere(pattern)),
    ...(own.length > 0 ? ["# The Dockerfile itself.", ...own.map(literalPattern)] : []),
  ]
    .map((line) => `${line}\n`)
    .join("")
}

/** What the context has of it. */
function without(here: Here, patterns: readonly string[]): Here {
  const isExcluded = matchPatterns(patterns)
  const left = (paths: readonly string[] = []) => paths.filter((path) => !isExcluded(path))
  return { ...here, files: left(here.files), emptyFolders: left(here.emptyFolders) }
}

function excludeWhatIsHere(
  stage: Plan["stages"][number],
  here: Here,
  ignored: KeptIgnored,
): Plan["stages"][number] {
  const steps = stage.steps.map((step) => {
    // What another stage has, hooks may have made.
    if (step.type !== "copy" || !step.exclude || "stage" in step.from) return step
    if (!isOfAssets(step) || ignored.image.length === 0) {
      return { ...step, exclude: matching(step.exclude, here, step.path) }
    }
    const left = new Set(matching(step.exclude, without(here, joined(ignored.image)), step.path))
    // What is to be kept may be ignored.
    const exclude = step.exclude.filter((each) => left.has(each) || each.startsWith("!"))
    return { ...step, exclude: excludeIgnored(exclude, ignored, step.path) }
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
