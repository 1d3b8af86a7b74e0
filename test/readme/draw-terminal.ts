import xterm from "@xterm/headless"

/** What a program wrote, and when, in seconds. */
export interface Chunk {
  at: number
  text: string
}

/** Characters of one line that look the same. */
interface Run {
  column: number
  text: string
  /** Its class, or its own colour. */
  colour?: number | string
  bold: boolean
  dim: boolean
}

/** What a line shows from one time to another; the last one stays. */
interface Version {
  row: number
  runs: Run[]
  from: number
  to?: number
}

const cell = { width: 7.8, height: 18 }
const margin = { x: 16, top: 44, bottom: 14 }

/** Nothing happens for longer than this. */
const longestPause = 1.5

/** How long the end stays before it starts again. */
const hold = 5

/** A terminal as a picture that moves, and that stands still at its end for those who want no motion. */
export async function drawTerminal(
  chunks: readonly Chunk[],
  { columns, rows }: { columns: number; rows: number },
): Promise<string> {
  const versions = await play(withoutPauses(chunks), columns, rows)
  const end = Math.max(...versions.map(({ from }) => from)) + hold
  const used = Math.max(...versions.map(({ row }) => row)) + 1
  const width = Math.ceil(columns * cell.width + 2 * margin.x)
  const height = margin.top + used * cell.height + margin.bottom
  const lines = versions.filter(({ runs }) => runs.length > 0)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Recording of a terminal">
<style>
${style}.last,.earlier{animation-duration:${round(end)}s}
${lines.map((line, index) => keyframes(index, line, end)).join("")}</style>
<rect class="window" x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8"/>
${["red", "yellow", "green"].map((name, index) => `<circle class="${name}" cx="${20 + index * 20}" cy="20" r="6"/>`).join("")}
${lines.map((line, index) => drawLine(line, index)).join("\n")}
</svg>
`
}

function withoutPauses(chunks: readonly Chunk[]): Chunk[] {
  let cut = 0
  return chunks.map(({ at, text }, index) => {
    const pause = at - (chunks[index - 1]?.at ?? 0)
    cut += Math.max(0, pause - longestPause)
    return { at: at - cut, text }
  })
}

/** All versions of all lines. */
async function play(chunks: readonly Chunk[], columns: number, rows: number): Promise<Version[]> {
  const terminal = new xterm.Terminal({
    cols: columns,
    rows,
    allowProposedApi: true,
    scrollback: 0,
  })
  const versions: Version[] = []
  const shown = new Map<number, { key: string; version: Version }>()
  for (const { at, text } of chunks) {
    await new Promise<void>((resolve) => terminal.write(text, resolve))
    for (const [row, cells] of rowsOf(terminal).entries()) {
      const runs = runsOf(cells)
      const key = JSON.stringify(runs)
      const before = shown.get(row)
      if (before ? before.key === key : runs.length === 0) continue
      if (before) before.version.to = at
      const version: Version = { row, runs, from: at }
      versions.push(version)
      shown.set(row, { key, version })
    }
  }
  return versions.filter(({ from, to }) => to === undefined || to - from > 0.02)
}

/** The cells of each row; a line that is longer than one is broken between words, as far as its rows are enough. */
function rowsOf({ buffer, cols, rows }: xterm.Terminal): xterm.IBufferCell[][] {
  const all: xterm.IBufferCell[][] = []
  for (let row = 0; row < rows;) {
    const cells: xterm.IBufferCell[] = []
    const first = row
    do {
      const line = buffer.active.getLine(buffer.active.viewportY + row++)
      for (let column = 0; column < cols; column++) {
        const cell = line?.getCell(column)
        if (cell) cells.push(cell)
      }
    } while (row < rows && buffer.active.getLine(buffer.active.viewportY + row)?.isWrapped)
    all.push(...breakLine(cells, cols, row - first))
  }
  return all
}

function breakLine(
  cells: readonly xterm.IBufferCell[],
  columns: number,
  rows: number,
): xterm.IBufferCell[][] {
  const isBlank = (index: number) => (cells[index]?.getChars() ?? "").trim() === ""
  const broken: xterm.IBufferCell[][] = []
  let start = 0
  while (broken.length < rows - 1) {
    let end = start + columns
    while (end > start && !isBlank(end)) end--
    if (end === start) end = start + columns
    broken.push(cells.slice(start, end))
    start = isBlank(end) ? end + 1 : end
  }
  let end = cells.length
  while (end > start && isBlank(end - 1)) end--
  if (end - start <= columns) return [...broken, cells.slice(start, end)]
  return Array.from({ length: rows }, (_, row) => cells.slice(row * columns, (row + 1) * columns))
}

function runsOf(cells: readonly xterm.IBufferCell[]): Run[] {
  const runs: Run[] = []
  for (const [column, found] of cells.entries()) {
    const text = found.getChars()
    const last = runs.at(-1)
    if (text === "" || text === " ") {
      if (last) last.text += " ".repeat(found.getWidth())
      continue
    }
    const look = {
      colour: found.isFgDefault()
        ? undefined
        : found.isFgRGB()
          ? hex(found.getFgColor())
          : found.getFgColor(),
      bold: found.isBold() !== 0,
      dim: found.isDim() !== 0,
    }
    const same =
      last && last.colour === look.colour && last.bold === look.bold && last.dim === look.dim
    if (same) last.text += text
    else runs.push({ column, text, ...look })
  }
  return runs.map((run) => ({ ...run, text: run.text.trimEnd() }))
}

function hex(colour: number): string {
  return `#${colour.toString(16).padStart(6, "0")}`
}

function drawLine({ row, runs, to }: Version, index: number): string {
  const y = margin.top + row * cell.height + 13
  const parts = runs.map(({ column, text, colour, bold, dim }) => {
    const classes = [typeof colour === "number" && `c${colour}`, bold && "b", dim && "d"].filter(
      Boolean,
    )
    const x = round(margin.x + column * cell.width)
    const look = classes.length > 0 ? ` class="${classes.join(" ")}"` : ""
    const own = typeof colour === "string" ? ` fill="${colour}"` : ""
    return `<tspan x="${x}" textLength="${round(text.length * cell.width)}"${look}${own}>${escape(text)}</tspan>`
  })
  return `<text y="${y}" class="${to === undefined ? "last" : "earlier"}" style="animation-name:l${index}">${parts.join("")}</text>`
}

function keyframes(index: number, { from, to }: Version, end: number): string {
  const percent = (at: number) => `${round((100 * at) / end)}%`
  const hidden = to === undefined ? "" : `${percent(to)}{visibility:hidden}`
  const start = from === 0 ? "" : "0%{visibility:hidden}"
  return `@keyframes l${index}{${start}${percent(from)}{visibility:visible}${hidden}}\n`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(" ", "\u00a0")
}

const palettes = {
  light: ["#24292f", "#cf222e", "#116329", "#7d4e00", "#0550ae", "#8250df", "#1b7c83", "#57606a"],
  dark: ["#6e7681", "#ff7b72", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#b1bac4"],
}

function colours(palette: readonly string[]): string {
  return palette.map((colour, index) => `.c${index},.c${index + 8}{fill:${colour}}`).join("")
}

const style = `text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#1f2328;animation:0s step-end infinite}
.window{fill:#f6f8fa;stroke:#d1d9e0}.earlier{visibility:hidden}.b{font-weight:700}.d{opacity:.7}
.red{fill:#ff5f57}.yellow{fill:#febc2e}.green{fill:#28c840}
${colours(palettes.light)}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.window{fill:#0d1117;stroke:#3d444d}${colours(palettes.dark)}}
@media (prefers-reduced-motion:reduce){text{animation:none!important}}
`
