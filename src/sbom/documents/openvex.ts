import { groupBy } from "../../group-by.js"
import { version as toolVersion } from "../../version.js"
import { readMessages, type Finding, type Frame, type Osv } from "../programs/govulncheck.js"
import { nameUuid, toJson } from "./identifiers.js"
import { modulePurl, plainGoVersion, standardLibraryPurl } from "./purl.js"

/** How far the program goes towards a vulnerability. */
const levels = ["module", "package", "symbol"] as const

type Level = (typeof levels)[number]

/** Most programs have few; what is called in a hundred ways is shown in some. */
const mostPaths = 5

/** What is known of how far a program goes: calls in its source, what was linked into it, or only that it has the module. */
export type Evidence = "calls" | "program" | "list"

/** Something known of a vulnerability and a program. */
export interface Known {
  finding: Finding
  evidence: Evidence
  /** Of a program in an image: its file. */
  file?: string
}

export interface VexFacts {
  /** Package URLs of what it is about. */
  products: readonly string[]
  vulnerabilities: readonly Osv[]
  known: readonly Known[]
  /** Of the database. */
  modified?: string
  tooling: string
}

/**
 * OpenVEX of what govulncheck has found in a project's source.
 *
 * @param output All that govulncheck printed.
 */
export function openVex(output: string, product: { path: string; version?: string }): string {
  const messages = readMessages(output)
  return vexDocument({
    products: [modulePurl({ path: product.path, version: product.version ?? "" })],
    vulnerabilities: messages.flatMap(({ osv }) => osv ?? []),
    known: messages.flatMap(({ finding }) => (finding ? { finding, evidence: "calls" } : [])),
    modified: messages.find(({ config }) => config)?.config?.db_last_modified,
    tooling: `go-image ${toolVersion}, govulncheck`,
  })
}

/**
 * For each known vulnerability of a module that a program is built with, whether the program can reach it, and how.
 * https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md
 */
export function vexDocument(facts: VexFacts): string {
  const { products, modified, tooling } = facts
  const statements = vexStatements(facts)
  return toJson({
    "@context": "https://openvex.dev/ns/v0.2.0",
    "@id": `urn:uuid:${nameUuid(JSON.stringify([products, modified, statements]))}`,
    author: "go-image",
    // What is known is of that time; the clock has no part in it.
    timestamp: modified ?? "1970-01-01T00:00:00Z",
    version: 1,
    tooling,
    statements,
  })
}

export function vexStatements({ products, vulnerabilities, known }: VexFacts) {
  const osvs = new Map(vulnerabilities.map((osv) => [osv.id, osv]))
  return [...groupBy(known, ({ finding }) => finding.osv)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, found]) => statement(osvs.get(name) ?? { id: name }, found, products))
}

function statement(
  { id, summary, aliases = [] }: Osv,
  known: readonly Known[],
  products: readonly string[],
) {
  const findings = known.map(({ finding }) => finding)
  const parts = [...new Set(findings.map(({ trace: [frame] }) => purlOf(frame)))].sort()
  const subcomponents = parts.map((purl) => ({ "@id": purl }))
  return {
    vulnerability: {
      "@id": `https://pkg.go.dev/vuln/${id}`,
      name: id,
      ...(summary !== undefined && { description: summary }),
      ...(aliases.length > 0 && { aliases: [...aliases].sort() }),
    },
    products: products.map((product) => ({ "@id": product, subcomponents })),
    ...judgement(known),
  }
}

export interface Judgement {
  status: "affected" | "not_affected" | "under_investigation"
  justification?: "vulnerable_code_not_present" | "vulnerable_code_not_in_execute_path"
  status_notes?: string
  impact_statement?: string
  action_statement?: string
}

/** The worst that is known counts. */
function judgement(known: readonly Known[]): Judgement {
  const level = levels.findLast((each) => known.some(({ finding }) => levelOf(finding) === each))
  const worst = known.filter(({ finding }) => levelOf(finding) === level)
  if (worst.some(({ evidence }) => evidence === "list")) {
    return {
      status: "under_investigation",
      status_notes: "A list of modules does not say whether a program reaches the vulnerable code.",
    }
  }
  if (level === "symbol") {
    return {
      status: "affected",
      status_notes: pathsOf(worst).join("\n"),
      action_statement: advice(worst),
    }
  }
  const isCompiled = worst.every(({ evidence }) => evidence === "program")
  if (level === "package" && !isCompiled) {
    return {
      status: "not_affected",
      justification: "vulnerable_code_not_in_execute_path",
      impact_statement: "The vulnerable code is imported, but never called.",
    }
  }
  return {
    status: "not_affected",
    justification: "vulnerable_code_not_present",
    impact_statement:
      level === "package"
        ? "The vulnerable functions are not in the program: nothing in it leads to them, and the linker left them out."
        : "The package with the vulnerable code is not imported.",
  }
}

function advice(known: readonly Known[]): string {
  for (const { finding } of known) {
    const { fixed_version: fixed, trace } = finding
    if (fixed === undefined) continue
    return trace[0]?.module === "stdlib"
      ? `Build with Go ${plainGoVersion(fixed).replace(/^v/, "")} or newer.`
      : `Update to ${fixed}.`
  }
  return "No fixed version is available yet."
}

function levelOf({ trace: [frame] }: Finding): Level {
  return frame?.function !== undefined
    ? "symbol"
    : frame?.package !== undefined
      ? "package"
      : "module"
}

function purlOf(frame: Frame = { module: "" }): string {
  const { module, version = "" } = frame
  if (module === "stdlib") return standardLibraryPurl({ goVersion: version.replace(/^v/, "go") })
  if (module === "toolchain") {
    return modulePurl({ path: "toolchain", version: plainGoVersion(version) })
  }
  return modulePurl({ path: module, version })
}

/** From the program on: `main.main (main.go:9) → text.Parse`; of a compiled one, what it has. */
function pathsOf(known: readonly Known[]): string[] {
  const paths = known.map(({ finding: { trace }, evidence, file }) => {
    const path = [...trace].reverse().map(frameText).join(" → ")
    return evidence === "program" ? `${file ?? "the program"} has ${path}` : path
  })
  const shown = [...new Set(paths)].sort()
  return shown.length > mostPaths
    ? [...shown.slice(0, mostPaths), `and ${shown.length - mostPaths} more`]
    : shown
}

function frameText({
  package: name = "",
  receiver,
  function: called = "",
  position,
}: Frame): string {
  const symbol = [name, receiver, called].filter(Boolean).join(".")
  const { filename, line } = position ?? {}
  return filename === undefined || filename.startsWith("/") || line === undefined
    ? symbol
    : `${symbol} (${filename}:${line})`
}
