import { vulnerabilityDatabase } from "./tasks.js"

const vulnerabilitiesFound = 3

/** What govulncheck's end means; undefined where its exit code says it all. */
export function describeVulncheck(
  { exitCode, output }: { exitCode: number; output: string },
  database: string,
): { failure: string; output: string } | undefined {
  if (exitCode === vulnerabilitiesFound) {
    return { failure: "the program calls code with known vulnerabilities", output }
  }
  const failure = databaseFailure(output, database)
  return failure === undefined
    ? undefined
    : {
        failure,
        output:
          "Give another one with --vulnerability-database, such as a mirror that the engine can reach.",
      }
}

/** Undefined where the database is not what failed. */
export function databaseFailure(output: string, database: string): string | undefined {
  const reason = databaseFault(output, database)
  if (reason === undefined) return undefined
  const which = database === vulnerabilityDatabase ? "the public vulnerability database" : database
  return `${which} is not available: ${reason}`
}

/** One that does not answer, and one that answers with something else, are one to govulncheck, which does not say which. */
function databaseFault(output: string, database: string): string | undefined {
  const fetching = /fetching vulnerabilities: (.*)/.exec(output)?.[1]
  if (fetching !== undefined) return fetching.trim()
  if (!output.includes("unrecognized vulndb format")) return undefined
  return database.startsWith("file:")
    ? "the folder has no index/modules.json"
    : `no answer, or no database, at ${database}/index/modules.json.gz`
}
