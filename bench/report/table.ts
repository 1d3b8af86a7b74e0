import { checkTargets } from "../targets.js"
import { figure, type Figure, type Results, type Spread } from "../samples.js"
import { situations } from "../situations.js"

export interface Table {
  title: string
  head: string[]
  rows: string[][]
}

interface Column {
  head: string
  figure: Figure
  show: (spread: Spread) => string
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(bytes < 1e6 ? 3 : 1)
const seconds = (value: number) => value.toFixed(2)

/** In a report, those that have a figure. */
const allColumns: Column[] = [
  {
    head: "time, s (median, least to most)",
    figure: "seconds",
    show: ({ median, least, most }) => `${seconds(median)} (${seconds(least)} to ${seconds(most)})`,
  },
  { head: "CPU, s", figure: "cpuSeconds", show: ({ median }) => seconds(median) },
  { head: "first line, s", figure: "firstLineSeconds", show: ({ median }) => seconds(median) },
  { head: "memory, MB", figure: "peakBytes", show: ({ most }) => (most / 1e6).toFixed(0) },
  { head: "image, MB", figure: "imageBytes", show: ({ median }) => megabytes(median) },
  { head: "beyond base, MB", figure: "beyondBaseBytes", show: ({ median }) => megabytes(median) },
  { head: "new layers", figure: "pushedLayers", show: ({ most }) => String(most) },
  { head: "new layers, MB", figure: "pushedBytes", show: ({ median }) => megabytes(median) },
  { head: "cache sent, MB", figure: "cacheSentBytes", show: ({ median }) => megabytes(median) },
  {
    head: "cache received, MB",
    figure: "cacheReceivedBytes",
    show: ({ median }) => megabytes(median),
  },
  {
    head: "sent beyond the image, MB",
    figure: "beyondImageBytes",
    show: ({ median }) => megabytes(median),
  },
]

/** Everything that was measured, as tables of text; what was not is a dash, and said below. */
export function tables(results: Results): Table[] {
  return [measurements(results), growth(results), startup(results), targets(results)].filter(
    ({ rows }) => rows.length > 0,
  )
}

function measurements({ samples, contestants }: Results): Table {
  const projects = [...new Set(samples.map(({ project }) => project))]
  const columns = allColumns.filter(({ figure }) => samples.some((sample) => figure in sample))
  const head = ["project", "situation", "", ...columns.map(({ head }) => head)]
  const rows = projects.flatMap((project) =>
    situations.flatMap(({ name: situation, title }) =>
      contestants.flatMap(({ name: contestant }) => {
        const where = { project, situation, contestant }
        if (!figure(samples, "seconds", where)) return []
        const cells = columns.map(({ figure: name, show }) => {
          const found = figure(samples, name, where)
          return found ? show(found) : "–"
        })
        return [[project, title, contestant, ...cells]]
      }),
    ),
  )
  return { title: "Measurements", head, rows }
}

function growth({ growth }: Results): Table {
  return {
    title: "Caches after edits of one line in main, beyond base images",
    head: ["project", "", "cache", "edits", "before, MB", "after, MB", "each edit, MB"],
    rows: growth.map(({ project, contestant, where, edits, before, after }) => [
      ...[project, contestant, where, String(edits), megabytes(before), megabytes(after)],
      ((after - before) / edits / 1e6).toFixed(2),
    ]),
  }
}

function startup({ startup }: Results): Table {
  return {
    title: "go-image itself",
    head: ["", "time, s (median, least to most)", "memory, MB"],
    rows: startup.map(({ what, seconds: { median, least, most }, peakBytes }) => [
      what,
      `${seconds(median)} (${seconds(least)} to ${seconds(most)})`,
      peakBytes === undefined ? "–" : (peakBytes / 1e6).toFixed(0),
    ]),
  }
}

function targets(results: Results): Table {
  return {
    title: "Targets: go-image's median divided by",
    head: ["project", "", "at most", "is", ""],
    rows: checkTargets(results).map(({ project, what, limit, ratio }) => [
      ...[project, what, String(limit), ratio.toFixed(2)],
      ratio <= limit ? "met" : "missed",
    ]),
  }
}
