import { dag, type Changeset } from "@dagger.io/dagger"
import { imagesToLock } from "../lock/images-to-lock.js"
import {
  entriesOf,
  mergeLocked,
  printLock,
  versionVariable,
  withVersion,
} from "../lock/lock-file.js"
import { onMirror } from "../plan/bases/registry-mirror.js"
import type { Project } from "./project.js"
import { parseReference } from "../reference.js"

/** The project's lock files with what registries have now, as the engine sees them. */
export async function lockChanges(project: Project): Promise<Changeset> {
  const { source, options, target } = project.request
  const given = { options, environment: {} }
  const targets = target === undefined ? [] : [target]
  const images = await imagesToLock(project.files, given, targets)
  const references = [...new Set([...images.values()].flat())]
  const { registryMirror } = options
  const mirrors = registryMirror && { value: registryMirror, from: "registryMirror" }
  const locked = await Promise.all(
    references.map(async (reference) => ({
      reference,
      locked: await askEngine(reference, onMirror(reference, mirrors)),
    })),
  )
  const before = await project.files.read(await existing(project, [...images.keys()]))
  const after = [...images].reduce((files, [file, asked]) => {
    const found = locked.filter(({ reference }) => asked.includes(reference))
    const { images: known } = entriesOf(before.get(file), file)
    return files.withNewFile(file, printLock(mergeLocked(known, found)))
  }, source)
  return after.changes(source)
}

async function existing(project: Project, files: readonly string[]): Promise<string[]> {
  const survey = await project.files.survey()
  return files.filter((file) => survey.files.includes(file))
}

async function askEngine(reference: string, place: string): Promise<string> {
  const image = dag.container().from(place)
  const variable = versionVariable(reference)
  const [exact, version] = await Promise.all([
    image.imageRef(),
    variable === undefined ? undefined : image.envVariable(variable),
  ])
  // An engine answers null where there is none.
  return `${withVersion(reference, version ?? undefined)}@${parseReference(exact).digest}`
}
