import { readFileSync } from "node:fs"
import { printable, UserError } from "../../../src/errors.js"
import type { Options } from "../../../src/options.js"
import type { Decision } from "../../../src/plan/types.js"
import { buildType } from "../../../src/sbom/documents/provenance.js"
import { settingNames, toKebabCase } from "../../../src/settings/table/table.js"
import type { Request } from "../../request.js"

/** What somebody asked for when the image was built. */
export interface Parameters {
  options: Options
  target?: string
}

/** Of a provenance that a build has written beside the image. */
export function readParameters(file: string): Parameters {
  return parametersOf(readDefinition(file))
}

/** @param about Digests of which it must be about one. */
export function readDefinition(file: string, about?: ReadonlySet<string>): BuildDefinition {
  const hint = "Give the file that a build wrote with --provenance."
  let statement: unknown
  try {
    statement = JSON.parse(readFileSync(file, "utf8"))
  } catch (error) {
    throw new UserError(`the provenance cannot be read: ${(error as Error).message}`, { hint })
  }
  const definition = definitionOf(statement)
  if (!definition) throw new UserError(`not a provenance of go-image: ${file}`, { hint })
  if (definitionOf(statement, about)) return definition
  throw new UserError(`the provenance is of another image: ${file}`, { hint })
}

export interface BuildDefinition {
  externalParameters?: unknown
  internalParameters?: unknown
}

interface Statement {
  subject?: { digest?: { sha256?: string } }[]
  predicate?: { buildDefinition?: BuildDefinition & { buildType?: string } }
}

/**
 * Undefined where it is none of go-image.
 *
 * @param about Digests of which it must be about one.
 */
export function definitionOf(
  statement: unknown,
  about?: ReadonlySet<string>,
): BuildDefinition | undefined {
  const { predicate, subject = [] } = (statement ?? {}) as Statement
  const definition = predicate?.buildDefinition
  if (definition?.buildType !== buildType) return undefined
  const isAbout =
    !about || subject.some(({ digest }) => about.has(`sha256:${digest?.sha256 ?? ""}`))
  return isAbout ? definition : undefined
}

/** What the caller gave. */
export function parametersOf({ externalParameters }: BuildDefinition): Parameters {
  const { options = {}, target } = (externalParameters ?? {}) as Partial<Parameters>
  const known = settingNames.filter((name) => options[name] !== undefined)
  return {
    options: Object.fromEntries(known.map((name) => [name, options[name]])),
    ...(typeof target === "string" && { target }),
  }
}

/** What was decided, and where each comes from. */
export function decisionsOf({ internalParameters }: BuildDefinition): Decision[] {
  const { decisions } = (internalParameters ?? {}) as { decisions?: unknown }
  if (!Array.isArray(decisions)) return []
  return (decisions as Partial<Decision>[]).map(({ what, value, from }) => ({
    what: String(what),
    value: String(value),
    from: String(from),
  }))
}

/** As they are typed, so that a person sees what an image was built with. */
export function printParameters({ options, target }: Parameters): string {
  const given = Object.entries(options).flatMap(([name, value]) =>
    [value].flat().map((each) => {
      const option = `--${toKebabCase(name)}`
      return each === true ? option : `${option}=${quoted(String(each))}`
    }),
  )
  const all = target === undefined ? given : [`--target=${quoted(target)}`, ...given]
  return all.length > 0 ? all.join(" ") : "none"
}

function quoted(text: string): string {
  return /^[\w@%+=:,./*-]*$/.test(text) ? text : `'${printable(text.replaceAll("'", `'\\''`))}'`
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
