import { readFileSync } from "node:fs"
import { UserError } from "../../../src/errors.js"

/** Variables that are given for a run: those of `--env` win over those of a file. */
export function givenEnvironment({ env = [], envFile }: { env?: string[]; envFile?: string }) {
  const ofFile = envFile === undefined ? {} : parseEnvironmentFile(read(envFile), envFile)
  return { ...ofFile, ...Object.fromEntries(env.map((each) => parseAssignment(each, "--env"))) }
}

/** As `docker run --env-file` reads it: no quotes, no continued lines; a name alone is taken from our environment. */
export function parseEnvironmentFile(text: string, file: string): Record<string, string> {
  const assignments = text.split(/\r?\n/).flatMap((line, index) => {
    const trimmed = line.trimStart()
    if (trimmed === "" || trimmed.startsWith("#")) return []
    return [parseAssignment(trimmed, `${file}:${index + 1}`)]
  })
  return Object.fromEntries(assignments)
}

function parseAssignment(text: string, from: string): [string, string] {
  const [, name = "", value] = /^([^=\s]+)(?:=(.*))?$/s.exec(text) ?? []
  if (name === "") {
    throw new UserError(`not a variable: ${text} (${from})`, { hint: "Give NAME=value." })
  }
  return [name, value ?? process.env[name] ?? ""]
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8")
  } catch (error) {
    throw new UserError(`${file} (--env-file) cannot be read: ${(error as Error).message}`)
  }
}
