import type { Directory } from "@dagger.io/dagger"
import { affectedTargets, targetsOf } from "../affected.js"
import type { Project } from "./project.js"

/** Names of the targets of a project whose image differs from what it was, one a line. */
export async function affectedPrograms(project: Project, before: Directory): Promise<string> {
  const { source, options } = project.request
  const changes = source.changes(before)
  const changed = await Promise.all([
    changes.addedPaths(),
    changes.modifiedPaths(),
    changes.removedPaths(),
  ])
  const targets = await targetsOf(project.files, { options, environment: {} })
  const affected = await affectedTargets(targets, {
    before: project.with({ source: before }).files,
    after: project.files,
    changed: changed.flat(),
  })
  return affected.map((name) => `${name}\n`).join("")
}
