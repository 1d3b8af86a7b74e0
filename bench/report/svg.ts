import { figure, type Results } from "../samples.js"
import { situations } from "../situations.js"

const width = 760
const labelWidth = 110
const barHeight = 16
const rowHeight = 20
const titleHeight = 30
const padding = 12

/** Median times as bars: a panel for each project and situation, each with a scale of its own. */
export function svgPlot({ samples, contestants, date, machine }: Results): string {
  const projects = [...new Set(samples.map(({ project }) => project))]
  const panels = projects.flatMap((project) =>
    situations.flatMap(({ name: situation, title }) => {
      const bars = contestants.flatMap(({ name: contestant }) => {
        const found = figure(samples, "seconds", { project, situation, contestant })
        return found ? [{ contestant, ...found }] : []
      })
      return bars.length > 0 ? [{ title: `${project}: ${title}`, bars }] : []
    }),
  )
  let y = padding + titleHeight
  const drawn = panels.map(({ title, bars }) => {
    const longest = Math.max(...bars.map(({ most }) => most))
    const scale = (width - labelWidth - 130) / longest
    const lines = [text(padding, y + 14, title, "title")]
    y += titleHeight - 6
    for (const { contestant, median, least, most } of bars) {
      const middle = y + barHeight / 2
      const x = (seconds: number) => (labelWidth + seconds * scale).toFixed(1)
      const kind = contestant === "go-image" ? "ours" : "other"
      lines.push(
        text(labelWidth - 8, y + 12, contestant, "label"),
        `<rect class="${kind}" x="${labelWidth}" y="${y}" width="${(median * scale).toFixed(1)}" height="${barHeight}"/>`,
        `<path class="spread" d="M${x(least)} ${middle}H${x(most)}"/>`,
        text(labelWidth + most * scale + 8, y + 12, `${median.toFixed(2)} s`, "value"),
      )
      y += rowHeight
    }
    y += padding
    return lines.join("\n")
  })
  const caption = `Median time, and least to most; ${date}, ${machine}`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y + padding}" font-family="sans-serif" font-size="12">
<style>${style}</style>
<rect class="ground" width="100%" height="100%"/>
${text(padding, padding + 12, caption, "caption")}
${drawn.join("\n")}
</svg>
`
}

const style = [
  ".ground{fill:#fff}",
  "text{fill:#1f2328}",
  ".title{font-weight:bold}",
  ".label{text-anchor:end}",
  ".caption{fill:#59636e}",
  ".ours{fill:#0a7ea4}",
  ".other{fill:#b6bec6}",
  ".spread{stroke:#1f2328}",
].join("")

function text(x: number, y: number, content: string, kind: string): string {
  return `<text class="${kind}" x="${x.toFixed(1)}" y="${y.toFixed(1)}">${escape(content)}</text>`
}

function escape(content: string): string {
  return content.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
}
