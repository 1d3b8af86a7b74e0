import { version as toolVersion } from "../version.js"
import { nameUuid, toJson } from "./identifiers.js"
import { modulePurl, plainGoVersion, standardLibraryPurl } from "./purl.js"

/** What govulncheck prints with `-format=json`: https://pkg.go.dev/golang.org/x/vuln/internal/govulncheck */
interface Message {
  config?: { db_last_modified?: string }
  osv?: Osv
  finding?: Finding
}

interface Osv {
  id: string
  summary?: string
  aliases?: string[]
}

interface Finding {
  osv: string
  fixed_version?: string
  /** From the vulnerable code to where the program begins to lead there. */
  trace: Frame[]
}

interface Frame {
  module: string
  version?: string
  package?: string
  /** Undefined where nothing of the package is called. */
  function?: string
  receiver?: string
  position?: { filename?: string; line?: number }
}

/** How far the program goes towards a vulnerability. */
const levels = ["module", "package", "symbol"] as const

type Level = (typeof levels)[number]

/** Most programs have few; what is called in a hundred ways is shown in some. */
const mostPaths = 5

/**
 * OpenVEX of what govulncheck has found: for each known vulnerability of a module that the program is built with, whether
 * the program can reach it, and how. https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md
 *
 * @param output All that govulncheck printed.
 */
export function openVex(output: string, product: { path: string; version?: string }): string {
  const messages = readMessages(output)
  const osvs = new Map(messages.flatMap(({ osv }) => (osv ? [[osv.id, osv] as const] : [])))
  const findings = new Map<string, Finding[]>()
  for (const { finding } of messages) {
    if (finding) findings.set(finding.osv, [...(findings.get(finding.osv) ?? []), finding])
  }
  const id = modulePurl({ path: product.path, version: product.version ?? "" })
  const statements = [...findings]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, found]) => statement(osvs.get(name) ?? { id: name }, found, id))
  // What is known is of that time; the clock has no part in it.
  const timestamp = messages.find(({ config }) => config)?.config?.db_last_modified
  return toJson({
    "@context": "https://openvex.dev/ns/v0.2.0",
    "@id": `urn:uuid:${nameUuid(JSON.stringify([id, timestamp, statements]))}`,
    author: "go-image",
    timestamp: timestamp ?? "1970-01-01T00:00:00Z",
    version: 1,
    tooling: `go-image ${toolVersion}, govulncheck`,
    statements,
  })
}

/** Objects one after the other, each of several lines, of which the last has nothing but its brace. */
function readMessages(output: string): Message[] {
  return output
    .split(/(?<=^\}$)\n/m)
    .filter((text) => text.trim() !== "")
    .map((text) => JSON.parse(text) as Message)
}

function statement({ id, summary, aliases = [] }: Osv, findings: Finding[], product: string) {
  const level = levels.findLast((each) => findings.some((finding) => levelOf(finding) === each))
  const parts = [...new Set(findings.map(({ trace: [frame] }) => purlOf(frame)))].sort()
  const [fixed] = findings.flatMap((finding) => finding.fixed_version ?? [])
  return {
    vulnerability: {
      "@id": `https://pkg.go.dev/vuln/${id}`,
      name: id,
      ...(summary !== undefined && { description: summary }),
      ...(aliases.length > 0 && { aliases: [...aliases].sort() }),
    },
    products: [{ "@id": product, subcomponents: parts.map((purl) => ({ "@id": purl })) }],
    ...(level === "symbol"
      ? {
          status: "affected",
          status_notes: pathsOf(findings).join("\n"),
          action_statement:
            fixed === undefined ? "There is no version without it yet." : `Update to ${fixed}.`,
        }
      : {
          status: "not_affected",
          justification:
            level === "package"
              ? "vulnerable_code_not_in_execute_path"
              : "vulnerable_code_not_present",
          impact_statement:
            level === "package"
              ? "The vulnerable code is imported, and never called."
              : "The package with the vulnerable code is not imported.",
        }),
  }
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

/** From the program on: `main.main (main.go:9) → text.Parse`. */
function pathsOf(findings: readonly Finding[]): string[] {
  const paths = findings
    .filter((finding) => levelOf(finding) === "symbol")
    .map(({ trace }) => [...trace].reverse().map(frameText).join(" → "))
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
