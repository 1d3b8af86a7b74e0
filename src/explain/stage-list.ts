import type { ExplainedStage } from "./account.js"
import { cut } from "./cut.js"
import { html, type Html } from "./html.js"

/** As wide as the smallest phones show it: a box a stage, one below the other, and beside them what each takes from which. */
const width = 340
const box = { height: 50, gap: 12 }
const lane = 11
const margin = 6
const head = { length: 8, half: 4 }

interface Edge {
  from: number
  to: number
  lane: number
}

/** The same picture as `stageGraph`, for a narrow screen. */
export function stageList(stages: readonly ExplainedStage[]): Html {
  const edges = placeEdges(stages)
  const lanes = Math.max(0, ...edges.map((edge) => edge.lane + 1))
  const left = margin + lanes * lane + head.length + 4
  const height = stages.length * (box.height + box.gap) - box.gap + 2 * margin
  return html`<svg
    class="narrow"
    role="img"
    aria-label="Stages of the build, one below the other; each is listed below with its steps"
    viewBox="0 0 ${width} ${height}"
  >
    ${edges.map((edge) => arrow(edge, left))}
    ${stages.map((stage, index) => node(stage, index, left))}
  </svg>`
}

/** Those that end soonest are the nearest; two that run beside each other have a lane each. */
function placeEdges(stages: readonly ExplainedStage[]): Edge[] {
  const index = new Map(stages.map(({ name }, i) => [name, i]))
  const edges = stages.flatMap(({ uses }, to) =>
    uses.flatMap((name) => {
      const from = index.get(name)
      return from === undefined ? [] : [{ from, to, lane: 0 }]
    }),
  )
  edges.sort((a, b) => a.to - a.from - (b.to - b.from))
  const placed: Edge[] = []
  for (const edge of edges) {
    const isTaken = (lane: number) =>
      placed.some((each) => each.lane === lane && each.from < edge.to && edge.from < each.to)
    while (isTaken(edge.lane)) edge.lane++
    placed.push(edge)
  }
  return placed
}

function top(index: number): number {
  return margin + index * (box.height + box.gap)
}

/** Out of the lower half of the one, into the upper half of the other. */
function arrow({ from, to, lane: at }: Edge, left: number): Html {
  const x = left - head.length - 4 - (at + 0.5) * lane
  const [start, end] = [top(from) + box.height * 0.7, top(to) + box.height * 0.3]
  return html`<path
      class="edge"
      d="M${left} ${start} H${x + 5} Q${x} ${start} ${x} ${start + 5} V${end - 5} Q${x} ${end} ${x + 5} ${end} H${left - head.length}"
    /><path class="head" d="M${left} ${end} l${-head.length} ${-head.half} v${head.half * 2} z" />`
}

function node({ name, from, steps }: ExplainedStage, index: number, left: number): Html {
  const [y, wide] = [top(index), width - left - margin]
  return html`<g>
    <title>${name}, from ${from}: ${steps.length} steps</title>
    <rect class="stage" x="${left}" y="${y}" width="${wide}" height="${box.height}" rx="8" />
    <text class="name" x="${left + 10}" y="${y + 21}">${cut(name, Math.floor(wide / 9))}</text>
    <text class="from" x="${left + 10}" y="${y + 39}">${cut(from, Math.floor(wide / 7.5))}</text>
  </g>`
}
