import type { ExplainedStage } from "./account.js"
import { cut } from "./cut.js"
import { html, type Html } from "./html.js"
import { box, layOutStages, type PlacedEdge, type PlacedStage, type Point } from "./stage-layout.js"

/** A picture of the stages: each to the right of those that it uses. */
export function stageGraph(all: readonly ExplainedStage[]): Html {
  const { stages, edges, width, height } = layOutStages(all)
  return html`<svg
    class="wide"
    role="img"
    aria-label="Stages of the build: ${all.map(stageSentence).join("; ")}"
    viewBox="0 0 ${width} ${height}"
    width="${width}"
    height="${height}"
  >
    ${edges.map(arrow)} ${stages.map(node)}
  </svg>`
}

function node({ stage: { name, from, steps }, x, y }: PlacedStage): Html {
  return html`<g>
    <title>${name}, from ${from}: ${steps.length} steps</title>
    <rect class="stage" x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="8" />
    <text class="name" x="${x + 12}" y="${y + 24}">${cut(name, 21)}</text>
    <text class="from" x="${x + 12}" y="${y + 44}">${cut(from, 25)}</text>
  </g>`
}

const head = { length: 9, half: 4 }

/** Curves between columns, straight through them, and a head at the end. */
function arrow({ points }: PlacedEdge): Html {
  const [start, ...others] = points
  const end = points.at(-1)
  if (!start || !end) return html``
  const parts = others.map((to, i) => {
    const from = points[i] ?? start
    const isLast = i === others.length - 1
    const x = isLast ? to.x - head.length : to.x
    return from.y === to.y ? `H${x}` : curve(from, { x, y: to.y })
  })
  return html`<path class="edge" d="M${start.x} ${start.y} ${parts.join(" ")}" /><path
      class="head"
      d="M${end.x} ${end.y} l${-head.length} ${-head.half} v${head.half * 2} z"
    />`
}

function curve(from: Point, to: Point): string {
  const middle = (from.x + to.x) / 2
  return `C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`
}

function stageSentence({ name, from, uses }: ExplainedStage): string {
  const others = uses.filter((each) => each !== from)
  return `${name} from ${from}${others.length > 0 ? `, with files of ${others.join(" and ")}` : ""}`
}
