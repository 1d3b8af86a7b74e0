import { matchPatterns } from "../patterns/patterns.js"
import type { ProjectDescriptor } from "../settings/descriptor/descriptor.js"
import { resolveSettings, type Settings, type SettingSources } from "../settings/resolve.js"
import { toExclusions } from "./assets/hidden-embeds.js"
import { setOf } from "./once.js"
import { readDescriptor } from "./project/descriptor.js"
import type { Source, Survey } from "./source.js"
import { readWellKnown, viewOf, type View } from "./view.js"
import { wellKnownFiles } from "./well-known-files.js"

/** The files of a source that are part of the project, and what was asked of it. */
export interface ProjectView extends View {
  source: Source
  given: SettingSources
  /** Where in the source the project is. */
  folder: string
  descriptor: ProjectDescriptor
  settings: Settings
  /** Its files as a set. */
  here: ReadonlySet<string>
  /** All files, also those that project.toml excludes. */
  survey: Survey
  /** The texts of those that are read at first. */
  read: ReadonlyMap<string, string>
  sourceExclude: string[]
  isExcluded: (path: string) => boolean
}

export async function viewProject(source: Source, given: SettingSources): Promise<ProjectView> {
  const survey = await source.survey()
  const folder = given.folder?.value ?? ""
  const read = await readWellKnown(source, survey, folder, wellKnownFiles)
  const descriptor = readDescriptor(folder, read)
  const settings = resolveSettings(given, descriptor)
  const sourceExclude = toExclusions(descriptor)
  const view = viewOf(survey, read, sourceExclude)
  return {
    ...view,
    source,
    given,
    folder,
    descriptor,
    settings,
    here: setOf(view.files),
    survey,
    read,
    sourceExclude,
    isExcluded: matchPatterns(sourceExclude),
  }
}
