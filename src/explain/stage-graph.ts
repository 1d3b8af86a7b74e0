import type { ExplainedStage } from "./account.js"
import { html, type Html } from "./html.js"

const box = { width: 190, height: 58, gapX: 70, gapY: 22, margin: 8 }

interface Placed {
  stage: ExplainedStage
  x: number
  y: number
}

/** A picture of the stages: each to the right of those that it uses. */
export function stageGraph(stages: readonly ExplainedStage[]): Html {
  const placed = place(stages)
  const all = [...placed.values()]
  const width = Math.max(...all.map(({ x }) => x)) + box.width + box.margin
  const height = Math.max(...all.map(({ y }) => y)) + box.height + box.margin
  return html`<svg
    role="img"
    aria-label="Stages of the build: ${stages.map(stageSentence).join("; ")}"
    viewBox="0 0 ${width} ${height}"
    width="${width}"
    height="${height}"
  >
    ${all.flatMap(({ stage, ...to }) =>
      stage.uses.flatMap((name) => {
        const from = placed.get(name)
        return from ? [arrow(from, to)] : []
      }),
    )}
    ${all.map(node)}
  </svg>`
}

function place(stages: readonly ExplainedStage[]): Map<string, Placed> {
  const columns = new Map<string, number>()
  const filled: number[] = []
  const placed = new Map<string, Placed>()
  for (const stage of stages) {
    const column = Math.max(-1, ...stage.uses.map((name) => columns.get(name) ?? -1)) + 1
    const row = filled[column] ?? 0
    filled[column] = row + 1
    columns.set(stage.name, column)
    placed.set(stage.name, {
      stage,
      x: box.margin + column * (box.width + box.gapX),
      y: box.margin + row * (box.height + box.gapY),
    })
  }
  return placed
}

function node({ stage: { name, from, steps }, x, y }: Placed): Html {
  return html`<g>
    <title>${name}, from ${from}: ${steps.length} steps</title>
    <rect class="stage" x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="8" />
    <text class="name" x="${x + 12}" y="${y + 24}">${cut(name, 22)}</text>
    <text class="from" x="${x + 12}" y="${y + 44}">${cut(from, 28)}</text>
  </g>`
}

function arrow(from: { x: number; y: number }, to: { x: number; y: number }): Html {
  const start = { x: from.x + box.width, y: from.y + box.height / 2 }
  const end = { x: to.x, y: to.y + box.height / 2 }
  const bend = Math.max(30, (end.x - start.x) / 2)
  // Around a stage that stands between the two.
  const isBehind = end.x - start.x > box.gapX && start.y === end.y
  const dip = isBehind ? box.height : 0
  return html`<path
    class="edge"
    d="M${start.x} ${start.y} C${start.x + bend} ${start.y + dip} ${end.x - bend} ${end.y + dip} ${end.x} ${end.y}"
  />`
}

function stageSentence({ name, from, uses }: ExplainedStage): string {
  const others = uses.filter((each) => each !== from)
  return `${name} from ${from}${others.length > 0 ? `, with files of ${others.join(" and ")}` : ""}`
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}
