import { readFileSync } from "node:fs"
import { printable, UserError } from "../../src/errors.js"
import type { Options } from "../../src/options.js"
import { buildType } from "../../src/sbom/provenance.js"
import { settingNames, toKebabCase } from "../../src/settings/table.js"
import type { Request } from "../arguments.js"

/** What somebody asked for when the image was built. */
export interface Parameters {
  options: Options
  target?: string
}

/** Of a provenance that a build has written beside the image. */
export function readParameters(file: string): Parameters {
  const parameters = parametersOf(readJsonFile(file))
  if (parameters) return parameters
  throw new UserError(`not a provenance of go-image: ${file}`, {
    hint: "Give the file that a build wrote with --provenance.",
  })
}

function readJsonFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"))
  } catch (error) {
    throw new UserError(`the provenance cannot be read: ${(error as Error).message}`, {
      hint: "Give the file that a build wrote with --provenance.",
    })
  }
}

interface Statement {
  subject?: { digest?: { sha256?: string } }[]
  predicate?: { buildDefinition?: { buildType?: string; externalParameters?: unknown } }
}

/**
 * Undefined where it is none of go-image.
 *
 * @param about Digests of which it must be about one.
 */
export function parametersOf(
  statement: unknown,
  about?: ReadonlySet<string>,
): Parameters | undefined {
  const { predicate, subject = [] } = (statement ?? {}) as Statement
  const { buildType: type, externalParameters } = predicate?.buildDefinition ?? {}
  if (type !== buildType) return undefined
  if (about && !subject.some(({ digest }) => about.has(`sha256:${digest?.sha256 ?? ""}`)))
    return undefined
  const { options = {}, target } = (externalParameters ?? {}) as Partial<Parameters>
  const known = settingNames.filter((name) => options[name] !== undefined)
  return {
    options: Object.fromEntries(known.map((name) => [name, options[name]])),
    ...(typeof target === "string" && { target }),
  }
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
