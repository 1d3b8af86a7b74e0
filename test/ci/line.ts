import { readFileSync } from "node:fs"

/** What every pipeline runs: the only block of code of examples/ci/README.md that begins with `dagger check`. */
export function theLine(): string {
  const page = readFileSync("examples/ci/README.md", "utf8")
  const [line, ...others] = [...page.matchAll(/^dagger check .*$/gm)].map(([found]) => found)
  if (line === undefined || others.length > 0) throw new Error("the page has lost its one line")
  return line
}
