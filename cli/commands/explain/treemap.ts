import { hierarchy, treemap as layOut, type HierarchyRectangularNode } from "d3-hierarchy"
import { html, type Html } from "../../../src/explain/html.js"
import { formatBytes } from "../../terminal/format-bytes.js"

export interface Tile {
  name: string
  /** Of one without parts, in bytes. */
  size?: number
  parts?: Tile[]
}

/** Of a desk, and of a phone, which shows fewer packages. */
const shapes = {
  wide: { width: 1160, height: 560, most: Infinity },
  narrow: { width: 340, height: 620, most: 90 },
}

/** Of most letters of the page's font, which is the reader's. */
const letterWidth = 8

/** Areas as large as what they stand for: modules, and in them their packages. */
export function treemap(label: string, tiles: readonly Tile[]): Html {
  return html`${(["wide", "narrow"] as const).map((shape) => picture(label, tiles, shape))}`
}

function picture(label: string, all: readonly Tile[], shape: keyof typeof shapes): Html {
  const { width, height, most } = shapes[shape]
  const root = hierarchy<Tile>({ name: "", parts: largest(all, most) }, ({ parts }) => parts)
    .sum(({ size = 0 }) => size)
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
  const placed = layOut<Tile>().size([width, height]).paddingInner(2).paddingTop(18).round(true)(
    root,
  )
  return html`<svg
    class="${shape}"
    role="img"
    aria-label="${label}; the table below says the same"
    viewBox="0 0 ${width} ${height}"
    width="${width}"
    height="${height}"
  >
    ${placed.descendants().slice(1).map(tile)}
  </svg>`
}

/** What is left of a module after so many of all packages is one of it. */
function largest(tiles: readonly Tile[], most: number): Tile[] {
  const sizes = tiles.flatMap(({ parts = [] }) => parts.map(({ size = 0 }) => size))
  const least = sizes.sort((a, b) => b - a)[most - 1] ?? 0
  return tiles.map(({ name, parts = [] }) => {
    const [shown, small] = [true, false].map((isShown) =>
      parts.filter(({ size = 0 }) => size >= least === isShown),
    ) as [Tile[], Tile[]]
    const rest = small.reduce((sum, { size = 0 }) => sum + size, 0)
    return { name, parts: rest > 0 ? [...shown, { name: "others", size: rest }] : shown }
  })
}

/** An image of its own in the large one: so nothing of its name is drawn outside of it. */
function tile({ data, value = 0, x0, y0, x1, y1 }: HierarchyRectangularNode<Tile>): Html {
  const [wide, high] = [x1 - x0, y1 - y0]
  const label = high < 16 ? undefined : lastNames(data.name, Math.floor((wide - 12) / letterWidth))
  return html`<svg x="${x0}" y="${y0}" width="${wide}" height="${high}">
    <title>${data.name}: ${formatBytes(value)}</title>
    <rect class="tile" width="${wide}" height="${high}" />
    ${label !== undefined && html`<text x="4" y="13">${label}</text>`}
  </svg>`
}

/** Of a path, as many of its last names as fit, for they say most; none where not one does. A version alone says nothing. */
function lastNames(path: string, most: number): string | undefined {
  const names = path.split("/")
  const isVersion = names.length > 1 && /^v\d+$/.test(names.at(-1) ?? "")
  const ends = names.flatMap((_, i) => {
    const text = names.slice(i).join("/")
    if (i > 0 && isVersion && i === names.length - 1) return []
    return i === 0 ? [text] : [`…/${text}`]
  })
  const last = isVersion ? [names.slice(-2).join("/"), names.at(-2) ?? ""] : [names.at(-1) ?? ""]
  return [...ends, ...last].find((text) => text.length <= most)
}
