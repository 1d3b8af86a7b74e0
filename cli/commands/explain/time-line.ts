import { html, type Html } from "../../../src/explain/html.js"
import { table, type Section } from "../../../src/explain/page.js"
import type { SlowPackage } from "../../../src/plan/go/slow-packages.js"
import { importersText, nameOf, slowPackages, slowTitle } from "../../record/slow-packages.js"
import type { DoneStep } from "../../engine/engine.js"
import { shortenStep } from "../../terminal/step-name.js"

/** When each step ran, and how long. */
export function timeLine(steps: readonly DoneStep[]): Section[] {
  if (steps.length === 0) return []
  const ordered = [...steps].sort((a, b) => a.startedAt - b.startedAt)
  const begin = ordered[0]?.startedAt ?? 0
  const end = Math.max(...steps.map(({ startedAt, seconds }) => startedAt + seconds * 1000))
  const cached = steps.filter((step) => step.cached).length
  const total = Math.max(1, end - begin)
  const content = html`<p>
      ${steps.length} steps in ${seconds(total)}; ${cached} of them were in the cache (green).
    </p>
    ${table(
      ["Step", "Took", "When"],
      ordered.map((step) => [
        html`<code>${shortenStep(step.name)}</code>`,
        step.cached ? "cached" : seconds(step.seconds * 1000),
        bar(
          (step.startedAt - begin) / total,
          (step.seconds * 1000) / total,
          step.cached ? "cached" : "",
        ),
      ]),
    )}
    ${slowTable(slowPackages(steps))}`
  return [{ id: "time", title: "Time", content }]
}

function slowTable(slow: readonly SlowPackage[]): Html | undefined {
  const [first] = slow
  if (!first) return undefined
  return html`<h3>${slowTitle}</h3>
    ${table(
      ["Package", "Took", "Share", "Module", "Imported by"],
      slow.map((each) => [
        html`<code>${nameOf(each)}</code>`,
        seconds(each.seconds * 1000),
        bar(0, each.seconds / first.seconds / 2, "", "short"),
        each.module ?? "",
        importersText(each),
      ]),
    )}`
}

function bar(from: number, share: number, kind: string, track = ""): Html {
  const rem = (value: number) => `${(value * 14).toFixed(2)}rem`
  return html`<span class="track ${track}"
    ><span class="bar ${kind}" style="margin-left: ${rem(from)}; width: ${rem(share)}"></span
  ></span>`
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
