import { readFileSync } from "node:fs"
import { UserError } from "../../src/errors.js"
import type { Options } from "../../src/options.js"
import { buildType } from "../../src/sbom/provenance.js"
import { settingNames } from "../../src/settings/table.js"
import type { Request } from "../arguments.js"

/** What somebody asked for when the image was built. */
export interface Parameters {
  options: Options
  target?: string
}

/** Of a provenance that a build has written beside the image. */
export function readParameters(file: string): Parameters {
  const definition = definitionOf(file)
  const { options = {}, target } = (definition?.externalParameters ?? {}) as Partial<Parameters>
  if (definition?.buildType !== buildType) {
    throw new UserError(`not a provenance of go-image: ${file}`, {
      hint: "Give the file that a build wrote with --provenance.",
    })
  }
  const known = settingNames.filter((name) => options[name] !== undefined)
  return {
    options: Object.fromEntries(known.map((name) => [name, options[name]])),
    ...(typeof target === "string" && { target }),
  }
}

function definitionOf(file: string) {
  interface Statement {
    predicate?: { buildDefinition?: { buildType?: string; externalParameters?: unknown } }
  }
  try {
    const statement = JSON.parse(readFileSync(file, "utf8")) as Statement | null
    return statement?.predicate?.buildDefinition
  } catch (error) {
    throw new UserError(`the provenance cannot be read: ${(error as Error).message}`, {
      hint: "Give the file that a build wrote with --provenance.",
    })
  }
}

/** What was typed comes first. */
export function withParameters(request: Request, { options, target }: Parameters): Request {
  const typed = Object.entries(request.options).filter(([, value]) => value !== undefined)
  return {
    ...request,
    options: { ...options, ...Object.fromEntries(typed) },
    target: request.target ?? target,
    targets: request.targets.length > 0 || target === undefined ? request.targets : [target],
  }
}
