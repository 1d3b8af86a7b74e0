import { readBuildConfigs } from "../../../../src/detect/project/build-configs.js"
import { parsePlatform } from "../../../../src/plan/bases/platform.js"
import { UserError } from "../../../../src/errors.js"
import { countFiles, isDecided, type ImportedProject } from "../dropped.js"
import { foundOption, type FoundOption } from "../found.js"

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
  project: ImportedProject,
): Promise<FoundOption[]> {
  if (isDecided(project)) return []
  const drop = ["**"]
  const { before, after } = await countFiles(project, drop)
  const left = before - after
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
