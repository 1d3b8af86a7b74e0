/** How one thing is: `note` is worth reading, `missing` keeps a build from starting. */
export type State = "ok" | "none" | "note" | "missing"

export interface Finding {
  name: string
  state: State
  /** What was found. */
  found: string
  /** What to do about it: a command, or where to look. */
  fix?: string
}

export interface Diagnosis {
  /** What a build uses, and why. */
  engine: Finding
  findings: Finding[]
  /** Whether a build can start. */
  ready: boolean
}

export function diagnosisOf(engine: Finding, findings: Finding[]): Diagnosis {
  return {
    engine,
    findings,
    ready: [engine, ...findings].every(({ state }) => state !== "missing"),
  }
}

const marks = { ok: "✓", none: "-", note: "!", missing: "✗" }

export function printDiagnosis({ engine, findings, ready }: Diagnosis): string {
  const all = [engine, ...findings]
  const width = Math.max(...all.map(({ name }) => name.length))
  const lines = all.flatMap(({ name, state, found, fix }) => [
    `${marks[state]} ${name.padEnd(width)}  ${found}`,
    ...(fix === undefined ? [] : [`  ${" ".repeat(width)}  -> ${fix}`]),
  ])
  const end = ready ? "A build can start." : "A build cannot start: see ✗ above."
  return `${lines.join("\n")}\n\n${end}\n`
}
