import type { Argument, Decision, Plan, Stage, Step } from "../plan/types.js"
import {
  instruction,
  renderBase,
  renderImageConfig,
  renderStep,
  renderRun,
  type Form,
} from "./instructions.js"
import { argumentsIn, withNames } from "./argument-signs.js"
import { argumentLines } from "./release-arguments.js"
import { forPeople } from "./readable-plan.js"
import { runOf, runOfAll } from "./readable-run.js"
import { targetArchitecture } from "./shared-stages.js"
import { isPlain, jsonWords, quote } from "./words.js"

/** As a person writes a Dockerfile that is kept: for a shell, with comments, without what only checks. The image is the same. */
const readable: Form = {
  paths: (words) => (words.every(isPlain) ? words.join(" ") : jsonWords(words)),
  run: runOf,
  isReadable: true,
}

/** The same image as by `renderDockerfile`, for people, who keep the Dockerfile and go on from there. */
export function renderReadable(plan: Plan): string {
  const people = forPeople(plan)
  return ignoredRules([people]) + argumentLines(people) + renderPeoples(people)
}

/**
 * What hadolint says of an image that somebody wants as it is. For all of the file: above one instruction, it would be in the
 * place of the comment that BuildKit's linter looks for.
 */
export function ignoredRules(plans: readonly Plan[], further: readonly string[] = []): string {
  const bases = plans.flatMap(({ stages }) => stages.map(({ from }) => from))
  const rules = new Set([...bases.flatMap(rulesOf), ...further])
  return rules.size === 0 ? "" : `# hadolint global ignore=${[...rules].sort().join(",")}\n\n`
}

function rulesOf(from: Stage["from"]): string[] {
  return [
    ...("image" in from && !/[:@][^/]*$/.test(from.image) ? ["DL3006"] : []),
    ...("image" in from && from.image.endsWith(":latest") ? ["DL3007"] : []),
    ...("platform" in from && typeof from.platform === "object" ? ["DL3029"] : []),
  ]
}

/**
 * Of a plan that is for people already.
 *
 * @param suffix Of names of stages, which are one platform's.
 */
export function renderPeoples(plan: Plan, suffix = ""): string {
  const { stages, decisions, image, arguments: given = [] } = plan
  const names = stages.map(({ name }) => withoutSuffix(name, suffix))
  // What is another with each release, arguments say.
  const isSaid = argumentLines(plan) !== ""
  const reasons = decisionsAt(decisions, isSaid ? [...names, "arguments"] : names)
  const bases = new Set(stages.flatMap(({ from }) => ("stage" in from ? [from.stage] : [])))
  const blocks = stages.map((stage, index) => {
    const name = names[index] ?? ""
    return [
      ...(name === "image" ? [] : reasons(name)),
      ...renderStage(stage, given, bases.has(stage.name)),
    ]
      .join("\n")
      .trimEnd()
  })
  const ofImage = argumentsIn(JSON.stringify(image.labels), given)
  const config = [
    // Above the comments: what is right above an argument describes it.
    ...(ofImage.length > 0 ? [instruction(`ARG ${ofImage.join(" ")}`)] : []),
    ...reasons("image"),
    renderImageConfig(image),
  ]
  return `${withNames([...blocks, config.join("\n")].join("\n\n"))}\n`
}

function withoutSuffix(name: string, suffix: string): string {
  return suffix !== "" && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name
}

/** @param isBase Another stage begins with it, and has its user. */
function renderStage(
  { name, about, from, steps }: Stage,
  given: readonly Argument[],
  isBase: boolean,
): string[] {
  return [
    // As BuildKit's linter and `docker build --call=targets` have it.
    ...comment(about && `${name} ${about}`),
    instruction(`FROM ${renderBase(from)} AS ${name}`),
    ...declareArguments(renderSteps(steps, isBase), given),
  ]
}

/** As late as can be: an instruction after it is done again where its value is another one. Comments stay where they belong. */
function declareArguments(lines: readonly string[], given: readonly Argument[]): string[] {
  const declared = new Set<string>()
  const all: string[] = []
  for (const line of lines) {
    const names = argumentsIn(line, given).filter((name) => !declared.has(name))
    for (const name of names) declared.add(name)
    const comments = all.length - 1 - all.findLastIndex((each) => !each.startsWith("#"))
    if (names.length > 0) all.splice(all.length - comments, 0, `ARG ${names.join(" ")}`)
    all.push(line)
  }
  return all
}

function comment(about: string | undefined): string[] {
  return about === undefined ? [] : [`# ${about}`]
}

const root = "0:0"

function renderSteps(steps: readonly Step[], isBase: boolean): string[] {
  const lines: string[] = []
  // Until a step names one, it is the base's own.
  let user: string | undefined
  // Whom a step without a user of its own runs as.
  let usual: string | undefined
  const become = (wanted: string | undefined) => {
    if (wanted === undefined || wanted === user) return
    // Only for what comes next: the image has a user of its own.
    if (wanted === root) lines.push("# hadolint ignore=DL3002")
    lines.push(`USER ${wanted}`)
    user = wanted
  }
  for (const group of groupSteps(steps)) {
    const [step] = group
    // A folder is made as the user.
    if (step.type === "run") become(step.user ?? usual)
    else if (step.type === "working-directory") become(usual)
    if (isVariable(step)) lines.push(...renderVariables(group.filter(isVariable)))
    else if (step.type === "user") become(step.user === "root" ? root : step.user)
    else lines.push(...comment(step.about), renderGroup(step, group))
    if (step.type === "user") usual = user
    else if (step.type === "run" && step.user !== undefined) usual = root
  }
  if (isBase) become(usual)
  return lines
}

type Group = [Step, ...Step[]]

/** Those that are one instruction: variables, and commands that see the same. */
function groupSteps(steps: readonly Step[]): Group[] {
  const groups: Group[] = []
  for (const step of steps) {
    const last = groups.at(-1)
    if (last && isOneWith(last[0], step)) last.push(step)
    else groups.push([step])
  }
  return groups
}

function isOneWith(first: Step, next: Step): boolean {
  if (first.type === "environment") return next.type === "environment"
  return (
    first.type === "run" &&
    next.type === "run" &&
    next.about === undefined &&
    first.user === next.user &&
    JSON.stringify(first.mounts) === JSON.stringify(next.mounts) &&
    runOfAll([first.args, next.args]) !== undefined
  )
}

function renderGroup(step: Step, group: Group): string {
  if (step.type !== "run") return renderStep(step, readable)
  const all = runOfAll(group.flatMap((each) => (each.type === "run" ? [each.args] : [])))
  return renderRun(step, all && group.length > 1 ? { ...readable, run: () => all } : readable)
}

type Variable = Extract<Step, { type: "environment" }>

function isVariable(step: Step): step is Variable {
  return step.type === "environment"
}

/** One instruction, with comments between its lines. */
function renderVariables(variables: readonly Variable[]): string[] {
  const [first] = variables
  const lines = variables.map(({ name, value, about }, index) =>
    [
      ...(index > 0 ? comment(about).map((line) => `    ${line}\n`) : []),
      `${index > 0 ? "    " : ""}${instruction(`${name}=${valueOf(value)}`)}`,
    ].join(""),
  )
  return [
    ...(variables.some(({ value }) => value === targetArchitecture) ? ["ARG TARGETARCH"] : []),
    ...comment(first?.about),
    // Names of hosts, to a linter that looks at names.
    ...(variables.some(({ name }) => name === "GOPRIVATE") ? ["# hadolint ignore=DL3064"] : []),
    `ENV ${lines.join(" \\\n")}`,
  ]
}

function valueOf(value: string): string {
  return value === targetArchitecture ? value : quote(value)
}

/** Where a decision is seen in a Dockerfile: a stage, or the image's configuration. Others, where programs are compiled. */
const places: Readonly<Record<string, readonly string[]>> = {
  frontend: ["front end", "Node.js", "package manager"],
  base: ["runtime", "registry mirror", "OS packages"],
  assets: ["files kept"],
  kodata: [],
  "copied-files": ["files copied"],
  image: ["command", "port", "capabilities", "label"],
  arguments: ["version", "commit"],
}

/** Why it is as it is, above the stage that it is seen in; `image` is the configuration. */
export function decisionsAt(decisions: readonly Decision[], stages: readonly string[]) {
  const names = new Set([...stages, "image"])
  const placeOf = (what: string) => {
    const place = Object.keys(places).find((each) => places[each]?.includes(what))
    return place !== undefined && names.has(place) ? place : "build"
  }
  return (place: string): string[] =>
    decisions
      .filter(({ what }) => placeOf(what) === place)
      .map(({ what, value, from }) => `# ${oneLine(`${what}: ${value} (${from})`)}`)
}

function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- those are meant
  return text.replace(/[\0-\x1F\x7F\u0085\u2028\u2029]+/g, " ")
}
