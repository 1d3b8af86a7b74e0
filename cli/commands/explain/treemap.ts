import { hierarchy, treemap as layOut, type HierarchyRectangularNode } from "d3-hierarchy"
import { html, type Html } from "../../../src/explain/html.js"
import { formatBytes } from "../../terminal/format-bytes.js"

export interface Tile {
  name: string
  /** Of one without parts, in bytes. */
  size?: number
  parts?: Tile[]
}

const width = 1160
const height = 560

/** Areas as large as what they stand for: modules, and in them their packages. */
export function treemap(label: string, tiles: readonly Tile[]): Html {
  const root = hierarchy<Tile>({ name: "", parts: [...tiles] }, ({ parts }) => parts)
    .sum(({ size = 0 }) => size)
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
  const placed = layOut<Tile>().size([width, height]).paddingInner(2).paddingTop(18).round(true)(
    root,
  )
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${label}">
    <svg
      role="img"
      aria-label="${label}; the table below says the same"
      viewBox="0 0 ${width} ${height}"
      width="${width}"
      height="${height}"
    >
      ${placed.descendants().slice(1).map(tile)}
    </svg>
  </div>`
}

function tile({ data, value = 0, x0, y0, x1, y1 }: HierarchyRectangularNode<Tile>): Html {
  const letters = Math.floor((x1 - x0 - 8) / 7)
  return html`<g
    ><title>${data.name}: ${formatBytes(value)}</title
    ><rect class="tile" x="${x0}" y="${y0}" width="${x1 - x0}" height="${y1 - y0}" />${
      letters > 3 &&
      y1 - y0 >= 16 &&
      html`<text x="${x0 + 4}" y="${y0 + 13}">${lastLetters(data.name, letters)}</text>`
    }</g
  >`
}

/** The end of a path says most. */
function lastLetters(name: string, most: number): string {
  return name.length > most ? `…${name.slice(1 - most)}` : name
}
