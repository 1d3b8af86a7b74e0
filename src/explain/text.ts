import type { Account, ExplainedDecision, ExplainedStage } from "./account.js"

/** For a terminal. */
export function accountText(account: Account): string {
  const { title, platform, decisions, notices, stages, run } = account
  const width = Math.max(0, ...decisions.map(({ what }) => what.length))
  return [
    `${title}${platform === undefined ? "" : ` for ${platform}`}`,
    "",
    "What was decided, where that comes from, and what changes it:",
    ...decisions.map((decision) => decisionLines(decision, width)).flat(),
    ...(notices.length > 0 ? ["", "Notes:", ...notices.map((notice) => `  ${notice}`)] : []),
    "",
    "How it is built, stage by stage:",
    ...stages.flatMap(stageLines),
    "",
    "How the image runs:",
    ...run.map(({ what, value }) => `  ${what}: ${value}`),
    "",
  ].join("\n")
}

function decisionLines({ what, value, from, changeWith }: ExplainedDecision, width: number) {
  const options = changeWith.map(({ option }) => option).join(", ")
  const change = options === "" ? "" : `; change it: ${options}`
  return [`  ${what.padEnd(width)}  ${value}`, `  ${" ".repeat(width)}    from ${from}${change}`]
}

function stageLines({ name, from, steps }: ExplainedStage): string[] {
  return [`  ${name}, from ${from}`, ...steps.map((step) => `    ${step}`)]
}
