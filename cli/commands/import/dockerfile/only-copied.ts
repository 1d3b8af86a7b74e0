import { baseOf, isGo, parseStages } from "../../../../src/detect/dockerfile/instructions.js"
import { copiedOfSource } from "../../../../src/detect/dockerfile/placed.js"
import { folderOf, inFolder, isInside, startOf } from "../../../../src/detect/modules/modules.js"
import { countFiles, isDecided, type ImportedProject } from "../dropped.js"
import { literalPattern, matchPatterns } from "../../../../src/patterns/patterns.js"

/** What leaves out the files that the Dockerfile's image has not. */
export interface OnlyCopied {
  drop: string[]
  meaning: string
}

/**
 * Where COPY names what of the source is in the image, that is all that its programs read: the setting for it, if that
 * makes a difference.
 */
export async function onlyCopied(
  text: string,
  file: string,
  project: ImportedProject & { files: readonly string[] },
): Promise<OnlyCopied | undefined> {
  const { files } = project
  const { assetRoot, dockerfile } = project.facts
  if (isDecided(project) || dockerfile?.isTemplate) return undefined
  const stages = parseStages(text)
  const copied = isGo(baseOf(stages)) ? undefined : copiedOfSource(stages)
  if (!copied) return undefined
  const paths = copied.flatMap((path) => {
    const places = [inFolder(folderOf(file), path), path]
    return places.find((each) => files.some(matchPatterns([each]))) ?? []
  })
  if (paths.some((path) => isInside(assetRoot, path))) return undefined
  const start = startOf(assetRoot)
  const own = paths.filter((path) => path.startsWith(start)).map((path) => path.slice(start.length))
  const isGlob = (path: string) => /[*?[]/.test(path)
  const drop = ["**", ...own.map((path) => `!${isGlob(path) ? path : literalPattern(path)}`)]
  const { before, after } = await countFiles(project, drop)
  if (after === before) return undefined
  const meaning =
    before === 1
      ? "it does not copy the one file of the project that would be in this image; drop leaves it out"
      : `it copies ${after === 0 ? "none" : after} of the ${before} files of the project that would be in this image; drop leaves out the others`
  return { drop, meaning }
}
