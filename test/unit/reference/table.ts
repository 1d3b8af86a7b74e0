import { readFileSync } from "node:fs"

/** A table that `go run .` in this folder filled in: rows with an input and what Go or BuildKit makes of it. */
export function readTable<Row>(name: string): Row[] {
  return JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), "utf8")) as Row[]
}

/** Rows for `it.each`, each with its title before it. */
export function titled<Row extends { about: string }>(rows: readonly Row[]): [string, Row][] {
  return rows.map((row) => [row.about, row])
}
