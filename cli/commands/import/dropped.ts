import { detect } from "../../../src/detect/detect.js"
import type { Facts } from "../../../src/detect/facts.js"
import type { Source } from "../../../src/detect/source.js"
import type { Settings } from "../../../src/settings/resolve.js"
import type { Setting } from "../../../src/settings/setting.js"

/** A project as it is built without what another tool says of its files. */
export interface ImportedProject {
  source: Source
  folder: Setting<string> | undefined
  facts: Facts
  settings: Settings
}

/** How many files of the project are in the image, before and after these patterns leave some out. */
export async function countFiles(
  { source, folder, facts }: ImportedProject,
  drop: readonly string[],
): Promise<{ before: number; after: number }> {
  const given = { options: { drop: [...drop] }, environment: {}, folder }
  const dropped = await detect(source, given)
  return { before: count(facts), after: count(dropped.facts) }
}

function count({ assets }: Facts): number {
  return assets.reduce((sum, { files }) => sum + files, 0)
}

/** Somebody has corrected which files there are already, or a hook may make some. */
export function isDecided({ facts: { hooks }, settings }: ImportedProject): boolean {
  return Boolean(settings.drop ?? settings.keep ?? hooks.preCompile ?? hooks.postCompile)
}
