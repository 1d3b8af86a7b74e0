import { withoutSlowPackages } from "../plan/go/slow-packages.js"
import { settingTable, toKebabCase } from "../settings/table/table.js"
import type { Decision, Plan, Stage, Step } from "../plan/types.js"
import { commandText, copyText } from "./command-text.js"
import { cut } from "./cut.js"
import { settingsOfDecision } from "./settings-of-decision.js"
import { variableText } from "./variable-text.js"

/** How a project is built, and why so: what `explain` tells, as text, JSON or a page. */
export interface Account {
  /** The programs that are built. */
  title: string
  platform?: string
  decisions: ExplainedDecision[]
  notices: string[]
  stages: ExplainedStage[]
  /** How the image runs. */
  run: { what: string; value: string }[]
}

export interface ExplainedDecision extends Decision {
  changeWith: Change[]
}

/** A setting that decides it otherwise. */
export interface Change {
  /** As it is typed: `--go-version`. */
  option: string
  /** In project.toml's table [go-image]. */
  key: string
  help: string
}

export interface ExplainedStage {
  name: string
  from: string
  /** Stages that it takes files from, or goes on from. */
  uses: string[]
  steps: string[]
}

export function accountOf(plan: Plan): Account {
  return {
    title: plan.binaries.map(({ name }) => name).join(", "),
    platform: plan.platform,
    decisions: plan.decisions.map((decision) => ({
      ...decision,
      changeWith: (settingsOfDecision[decision.what] ?? []).map((name) => ({
        option: `--${toKebabCase(name)}`,
        key: toKebabCase(name),
        help: settingTable[name].help,
      })),
    })),
    notices: plan.notices,
    stages: plan.stages.map(explainStage),
    run: runOf(plan),
  }
}

function explainStage({ name, from, steps }: Stage): ExplainedStage {
  const origins = steps.flatMap((step) => {
    if (step.type === "copy") return [step.from]
    return step.type === "run"
      ? step.mounts.flatMap((mount) => (mount.type === "bind" ? [mount.from] : []))
      : []
  })
  const stages = [from, ...origins].flatMap((origin) => ("stage" in origin ? [origin.stage] : []))
  return {
    name,
    from: "image" in from ? from.image : "stage" in from ? from.stage : "scratch",
    uses: [...new Set(stages)],
    steps: steps.map(stepText),
  }
}

function stepText(step: Step): string {
  switch (step.type) {
    case "environment": {
      const { what, value = "" } = variableText(step.name, step.value)
      return what.endsWith(step.name) ? `set ${step.name}=${value}` : `set the ${what}: ${value}`
    }
    case "working-directory":
      return `work in ${step.path}`
    case "user":
      return `continue as user ${step.user}`
    case "file":
      return `write ${step.path}`
    case "copy":
      return copyText(step.path, step.to, "stage" in step.from ? step.from.stage : undefined)
    case "run":
      return cut(commandText(withoutSlowPackages(step.args), { withFlags: true }), 200)
  }
}

function runOf({ image }: Plan): Account["run"] {
  const rows: [string, string][] = [
    ["entry point", image.entrypoint.join(" ")],
    ["arguments", image.command.join(" ")],
    ["user", image.user],
    ["ports", image.ports.join(", ")],
    ["volumes", (image.volumes ?? []).join(", ")],
    ["stop signal", image.stopSignal ?? ""],
    ["health check", (image.healthCheck ?? []).join(" ")],
    ["environment", image.environment.map(({ name, value }) => `${name}=${value}`).join(" ")],
  ]
  return rows.filter(([, value]) => value !== "").map(([what, value]) => ({ what, value }))
}
