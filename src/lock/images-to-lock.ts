import { findTargets } from "../detect/project/descriptor.js"
import { detect } from "../detect/detect.js"
import { inFolder } from "../detect/modules/modules.js"
import type { Source } from "../detect/source.js"
import { UserError } from "../errors.js"
import { hasDigest, lockFileName } from "./lock-file.js"
import { assemblePlan } from "../plan/assemble.js"
import { imagesOf } from "../plan/bases/locked-images.js"
import type { SettingSources } from "../settings/resolve.js"
import { expandTargets } from "../settings/targets.js"

/**
 * The images that plans of a project ask for, by the lock file that is theirs: the nearest one, or a new one in the folder
 * that was asked for.
 *
 * @param targets Those that it is about; by default the project itself, and all that project.toml has.
 */
export async function imagesToLock(
  source: Source,
  given: SettingSources,
  targets: readonly string[],
): Promise<Map<string, string[]>> {
  const known = await findTargets(source, given.folder?.value)
  const asked = expandTargets(targets, known)
  const all = new Map<string, string[]>()
  for (const target of asked.length > 0 ? asked : [undefined, ...known]) {
    try {
      const { file, images } = await imagesOfTarget(source, { ...given, target })
      all.set(file, [...new Set([...(all.get(file) ?? []), ...images])].sort())
    } catch (error) {
      // A repository whose targets are all that can be built.
      if (target !== undefined || known.length === 0 || !(error instanceof UserError)) throw error
    }
  }
  return all
}

async function imagesOfTarget(source: Source, given: SettingSources) {
  const { facts, settings } = await detect(source, { ...given, unlocked: true })
  // The same for all platforms, and by their own names, wherever they are downloaded from.
  const all = { ...settings, platform: undefined, registryMirror: undefined }
  const { stages } = assemblePlan(facts, all)
  const { files } = await source.survey()
  const places = [facts.folder, ""].map((each) => inFolder(each, lockFileName))
  const file =
    places.find((each) => files.includes(each)) ??
    inFolder(given.folder ? facts.folder : "", lockFileName)
  return { file, images: imagesOf(stages).filter((image) => !hasDigest(image)) }
}
