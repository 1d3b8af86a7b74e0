import { detect } from "../../../../src/detect/detect.js"
import type { Facts } from "../../../../src/detect/facts.js"
import type { Source } from "../../../../src/detect/source.js"
import type { Settings } from "../../../../src/settings/resolve.js"
import type { Setting } from "../../../../src/settings/setting.js"
import { readBuildConfigs } from "../../../../src/detect/project/build-configs.js"
import { parsePlatform } from "../../../../src/plan/bases/platform.js"
import { UserError } from "../../../../src/errors.js"
import { foundOption, type FoundOption } from "../found.js"

interface Project {
  source: Source
  folder: Setting<string> | undefined
  facts: Facts
  settings: Settings
}

/** The first line that is neither empty nor a comment: for what the whole file means. */
export function firstLine(text: string): number {
  return (
    Math.max(
      text.split(/\r?\n/).findIndex((line) => !/^\s*(?:#.*|---.*)?$/.test(line)),
      0,
    ) + 1
  )
}

/** ko's image has the program and kodata: what else would be in this one, and what leaves it out. */
export async function filesOfKo(
  text: string,
  file: string,
  { source, folder, facts, settings }: Project,
): Promise<FoundOption[]> {
  if (settings.drop ?? settings.keep ?? facts.hooks.preCompile ?? facts.hooks.postCompile) return []
  const drop = ["**"]
  const given = { options: { drop }, environment: {}, folder }
  const before = count(facts)
  const left = before - count((await detect(source, given)).facts)
  if (left <= 0) return []
  const row = foundOption("ko", "files", { file, line: firstLine(text), value: "" }, { drop })
  const files = left === 1 ? "one more file" : `${left} more files`
  return [
    {
      ...row,
      meaning: `ko's image has the program and kodata alone, and this one would have ${files} of the project: drop leaves them out. To keep some: drop = ["**", "!FOLDER/**"]`,
    },
  ]
}

function count({ assets }: Facts): number {
  return assets.reduce((sum, { files }) => sum + files, 0)
}

/** `defaultPlatforms`, as `platform` has them; none where one of them is none here, such as `all`. */
export async function platformsOfKo(text: string, file: string): Promise<string[]> {
  const { platforms } = await readBuildConfigs(text, file, "")
  const all = platforms?.value ?? []
  return all.every(isPlatform) ? all : []
}

function isPlatform(value: string): boolean {
  try {
    return parsePlatform({ value, from: "" }) !== undefined
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return false
  }
}
