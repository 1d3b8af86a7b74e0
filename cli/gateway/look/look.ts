import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { findTargets } from "../../../src/detect/project/descriptor.js"
import { detect, type DetectedProject } from "../../../src/detect/detect.js"
import { UserError, type Place } from "../../../src/errors.js"
import type { Plan } from "../../../src/plan/types.js"
import type { Settings } from "../../../src/settings/resolve.js"
import { settingNames } from "../../../src/settings/table/table.js"
import { assemblePlans } from "../../build/assemble-plans.js"
import { defaultsFor } from "../../build/defaults.js"
import { explain } from "../../command-line/exit.js"
import { renderAlone, renderPlans, toPlanned } from "../../build/render-plans.js"
import { dockerfileFrontend, withSyntax } from "../../../src/render/dockerfile.js"
import { mirrorOf } from "../../access/registry-mirror.js"
import { openContext, type OpenContext } from "./open-context.js"
import { outputs, places, requestVariable, type Look, type Seen } from "./look-request.js"

/*
 * The half of the frontend that looks at the project. BuildKit runs it over the build context, which is there as a folder:
 * one round trip, however many files are read, and none where nothing has changed, since its result is kept.
 */

async function look(request: Look): Promise<{ seen: Seen; dockerfile?: string }> {
  let context: OpenContext | undefined
  let targets: string[] = []
  try {
    context = await openContext(request)
    targets = await findTargets(context.source, context.folder?.value)
    const project = await detect(context.source, {
      options: request.platform === undefined ? {} : { platform: request.platform },
      environment: {},
      buildArguments: request.buildArguments,
      folder: context.folder,
      target: request.target,
      defaults: defaultsFor(request.hasCache),
      git: () => Promise.resolve(request.git ? { state: request.git } : {}),
    })
    const plans = assemblePlans(project.facts, project.settings)
    const neverSent = await context.source.neverSent()
    return {
      seen: { ...describe(plans, project.settings, request), targets, neverSent },
      dockerfile: render(plans, project, request),
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { seen: { targets, failure: failureOf(error, context) } }
  }
}

function render(
  plans: [Plan, ...Plan[]],
  { facts, settings }: DetectedProject,
  request: Look,
): string {
  const { rendered, isRemote } = request
  const dockerfile = isRemote ? renderAlone(plans, facts, rendered) : renderPlans(plans, rendered)
  if (!request.needsSyntax) return dockerfile
  const options = { registryMirror: settings.registryMirror?.value }
  return withSyntax(dockerfile, mirrorOf(dockerfileFrontend, { options }))
}

function describe(plans: [Plan, ...Plan[]], settings: Settings, request: Look): Seen {
  const [plan] = plans
  const { sourceExclude, sourceName = "", platforms = [] } = toPlanned(plans)
  return {
    plan: {
      decisions: plan.decisions,
      notices: [...request.unknownArguments.map(unknownArgument), ...plan.notices],
      sourceExclude,
      name: sourceName,
      platforms,
      annotations: plan.image.annotations,
      sourceDateEpoch: plan.image.sourceDateEpoch ?? 0,
    },
    settings: Object.fromEntries(
      settingNames.flatMap((name) => {
        const { value } = settings[name] ?? {}
        return value === undefined ? [] : [[name, [value].flat().join(" ")]]
      }),
    ),
  }
}

function unknownArgument(name: string): string {
  return `build argument ${name}: no setting has this name, so it has no effect`
}

/** More of a file is not shown with an error. */
const mostText = 1_000_000

function failureOf(
  { message, place }: UserError,
  context: OpenContext | undefined,
): Seen["failure"] {
  const text = place && context?.textOf(place.file)
  return { message, ...(place && { place: withoutText(place) }), text: text?.slice(0, mostText) }
}

function withoutText({ file, line, column }: Place): Place {
  return { file, line, column }
}

async function main(): Promise<void> {
  const request = JSON.parse(process.env[requestVariable] ?? "") as Look
  const { seen, dockerfile } = await look(request)
  mkdirSync(places.output, { recursive: true })
  writeFileSync(join(places.output, outputs.seen), JSON.stringify(seen))
  if (dockerfile !== undefined) writeFileSync(join(places.output, outputs.dockerfile), dockerfile)
  for (const { what, value, from } of seen.plan?.decisions ?? []) {
    process.stderr.write(`${what}: ${value}  (${from})\n`)
  }
  for (const notice of seen.plan?.notices ?? []) process.stderr.write(`note: ${notice}\n`)
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`)
  process.exitCode = 70
})
