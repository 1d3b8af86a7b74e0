import type { ImageConfig } from "../../../../src/plan/types.js"
import type { BuildRecord } from "../../../record/record.js"

interface Changed {
  what: string
  before?: string
  after?: string
}

/** Labels that are others with each commit: version and commit are decisions. */
const ofGit = /^org\.opencontainers\.image\.(?:version|revision|created|ref\.name)$/

/** What of an image's configuration is another: no step runs for it. */
export function changedImage(before: BuildRecord, after: BuildRecord): Changed[] {
  if (!before.plan.image || !after.plan.image) return []
  const [then, now] = [before.plan.image, after.plan.image].map(valuesOf) as [
    Map<string, string>,
    Map<string, string>,
  ]
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((what) => {
    const [old, current] = [then.get(what), now.get(what)]
    if (old === current) return []
    return [
      {
        what,
        ...(old !== undefined && { before: old }),
        ...(current !== undefined && { after: current }),
      },
    ]
  })
}

function valuesOf(image: ImageConfig): Map<string, string> {
  const { user, entrypoint, command, ports, volumes = [], stopSignal, healthCheck = [] } = image
  const texts: [string, string][] = [
    ["user", user],
    ["what the image runs", [...entrypoint, ...command].join(" ")],
    ["ports", ports.join(", ")],
    ["volumes", volumes.join(", ")],
    ["stop signal", stopSignal ?? ""],
    ["health check", healthCheck.join(" ")],
    ...image.environment.map(({ name, value }): [string, string] => [`variable ${name}`, value]),
    ...image.labels
      .filter(({ name }) => !ofGit.test(name))
      .map(({ name, value }): [string, string] => [`label ${name}`, value]),
  ]
  return new Map(texts.filter(([, value]) => value !== ""))
}
