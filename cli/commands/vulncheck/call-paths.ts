import { callPathsTask, vulncheckReport } from "../../../src/plan/tasks/tasks.js"
import { readMessages } from "../../../src/sbom/programs/govulncheck.js"
import type { Known } from "../../../src/sbom/documents/openvex.js"
import { Builder } from "../../build/builder.js"
import { withCredentials } from "../../access/credentials.js"
import { reportFile, runReport } from "../../build/task-report.js"
import type { OsvEntry } from "./database.js"
import type { Source } from "./request.js"
import type { VulncheckRequest } from "./request.js"

/** What the programs of a source reach of these vulnerabilities, and by which calls. */
export async function callPaths(
  { project, folder, neverSent, packages }: Source,
  entries: readonly OsvEntry[],
  { request, terminal, catchSignals }: VulncheckRequest,
): Promise<Known[]> {
  const task = callPathsTask(project, { packages, database: filesOf(entries) })
  const signal = catchSignals()
  const output = await withCredentials(project.settings, request, terminal, (secrets) =>
    Builder.with(
      { request, source: folder, neverSent, secrets, terminal, signal },
      [task],
      (builder) => runReport(task, builder, reportFile(vulncheckReport)),
    ),
  )
  return readMessages(output).flatMap(({ finding }) =>
    finding ? [{ finding, evidence: "calls" }] : [],
  )
}

/** A database of these alone, as govulncheck reads it: https://go.dev/doc/security/vuln/database */
function filesOf(entries: readonly OsvEntry[]): Record<string, string> {
  const byModule = new Map<string, { id: string; modified: string }[]>()
  for (const { id, affected = [] } of entries) {
    for (const name of new Set(affected.map((each) => each.package.name)))
      byModule.set(name, [...(byModule.get(name) ?? []), { id, modified }])
  }
  const modules = [...byModule].map(([path, vulns]) => ({ path, vulns }))
  return {
    "index/db.json": print({ modified }),
    "index/modules.json": print(modules),
    ...Object.fromEntries(entries.map((each) => [`ID/${each.id}.json`, print(neededOf(each))])),
  }
}

/** So that the same vulnerabilities are the same step, whenever something else of the database changed. */
const modified = "1970-01-01T00:00:00Z"

/** Without texts, of which lines may be longer than a Dockerfile's. */
function neededOf({ id, affected = [], schema_version = "1.3.1" }: OsvEntry): OsvEntry {
  return {
    ...{ schema_version, id, modified, published: modified },
    affected: affected.map(({ package: module, ranges, ecosystem_specific }) => ({
      ...{ package: { ecosystem: "Go", ...module }, ranges, ecosystem_specific },
    })),
  }
}

function print(value: unknown): string {
  return `${JSON.stringify(value, undefined, 1)}\n`
}
