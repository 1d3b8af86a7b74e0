import type { Missing, Results } from "../samples.js"
import { tables, type Table } from "./table.js"

export function textReport(results: Results): string {
  return [
    heading(results),
    ...tables(results).map((table) => `${table.title}\n\n${alignColumns(table)}`),
    ...notMeasured(results),
  ].join("\n\n")
}

export function markdownReport(results: Results): string {
  return [
    heading(results),
    ...tables(results).map((table) => `### ${table.title}\n\n${markdownTable(table)}`),
    ...notMeasured(results),
  ].join("\n\n")
}

function heading({ date, machine, command, contestants }: Results): string {
  const about = contestants.map(({ name, about }) => `* ${name}: ${about}`).join("\n")
  return `${date}, ${machine}\n\n    ${command}\n\n${about}`
}

function notMeasured({ missing }: Results): string[] {
  if (missing.length === 0) return []
  const lines = missing.map((each) => `* ${describe(each)}`)
  return [`Not measured:\n\n${[...new Set(lines)].join("\n")}`]
}

function describe({ project, situation, contestant, why }: Missing): string {
  const [reason] = why.split("\n", 1)
  return `${[project, situation, contestant].filter(Boolean).join(", ")}: ${reason}`
}

function alignColumns({ head, rows }: Table): string {
  const widths = head.map((title, index) =>
    Math.max(title.length, ...rows.map((row) => row[index]?.length ?? 0)),
  )
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n")
}

function markdownTable({ head, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n")
}
