import type { Decision } from "../../src/plan/types.js"
import type { DoneStep } from "../engine/engine.js"
import { shortenStep } from "../terminal/step-name.js"

/** What a job's page says of an image. */
export interface Summarised {
  title: string
  digest: string
  images: readonly string[]
  decisions: readonly Decision[]
  steps: readonly DoneStep[]
}

/** Markdown, as GitHub shows it below the job. */
export function summaryText({ title, digest, images, decisions, steps }: Summarised): string {
  const seconds = steps.reduce((sum, step) => sum + step.seconds, 0)
  const cached = steps.filter((step) => step.cached).length
  return [
    `### ${text(title)}`,
    "",
    ...(images.length > 0 ? images : [digest]).map((each) => `\`${each}\`  `),
    "",
    ...table(
      ["decision", "", "from"],
      decisions.map(({ what, value, from }) => [what, value, from]),
    ),
    "",
    `<details><summary>${steps.length} steps, ${cached} cached, ${seconds.toFixed(1)} s of work</summary>`,
    "",
    ...table(
      ["step", ""],
      steps.map(({ name, seconds, cached }) => [
        shortenStep(name),
        cached ? "cached" : `${seconds.toFixed(1)} s`,
      ]),
    ),
    "",
    "</details>",
    "",
    "",
  ].join("\n")
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(text).join(" | ")} |`
  return [line(head), line(head.map(() => "---")), ...rows.map(line)]
}

/** Nothing of a project is Markdown, or HTML, there. */
function text(value: string): string {
  return value
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/[\\`*_[\]|~]/g, "\\$&")
    .replace(/\s+/g, " ")
}
