import { printable } from "../../../src/errors.js"
import { vexStatements, type VexFacts } from "../../../src/sbom/documents/openvex.js"

/** For people: what can be reached comes first, and how. */
export function printVulnerabilities(facts: VexFacts): string {
  const statements = vexStatements(facts)
  if (statements.length === 0) return "no known vulnerabilities\n"
  const lines = order.flatMap((status) =>
    statements
      .filter((each) => each.status === status)
      .flatMap(({ vulnerability, products, ...judgement }) => {
        const { name, aliases = [], description } = vulnerability
        const parts = products[0]?.subcomponents.map((each) => each["@id"]) ?? []
        const names = [name, ...(aliases.length > 0 ? [`(${aliases.join(", ")})`] : [])].join(" ")
        const { status_notes = "", impact_statement, action_statement } = judgement
        return [
          `${names}: ${texts[status]}${description === undefined ? "" : `: ${description}`}`,
          `  ${parts.join(", ")}`,
          ...[...status_notes.split("\n"), impact_statement, action_statement]
            .filter(Boolean)
            .map((text) => `  ${text}`),
        ]
      }),
  )
  const count = (status: keyof typeof texts) =>
    statements.filter((each) => each.status === status).length
  const sum = order
    .filter((status) => count(status) > 0)
    .map((status) => `${count(status)} ${texts[status]}`)
  return `${lines.map(printable).join("\n")}\n${sum.join(", ")}\n`
}

const texts = {
  affected: "reachable",
  under_investigation: "perhaps reachable",
  not_affected: "not reachable",
} as const

const order = ["affected", "under_investigation", "not_affected"] as const

export function isClean(facts: VexFacts): boolean {
  return vexStatements(facts).every(({ status }) => status === "not_affected")
}
