import { listDockerfiles } from "./dockerfile/of-programs.js"
import { legacyFiles } from "./modules/legacy.js"
import { folderOf, inFolder, moduleFolders } from "./modules/modules.js"
import { oncePer, oncePerText, setOf } from "./once.js"
import { matchPatterns } from "../patterns/patterns.js"
import { filesForAssets } from "./assets/project-assets.js"
import type { Source, Survey } from "./source.js"

/** A source without what project.toml excludes. Of the same source and patterns, all lists are the same ones (see once.ts). */
export interface View {
  files: readonly string[]
  mainCandidates: readonly string[]
  /** The texts of those that are read at first. */
  contents: ReadonlyMap<string, string>
}

const readOf = oncePerText<Source, Promise<Map<string, string>>>()

/**
 * The texts of the files that most is decided by.
 *
 * @param names What is looked for in the source's root, in the project's folder, and in that of each module.
 */
export function readWellKnown(
  source: Source,
  survey: Survey,
  folder: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  return readOf(source, folder, async () => {
    const everything = setOf(survey.files)
    const ofProjects = ["", folder, ...moduleFolders(survey.files)]
    const wanted = new Set(ofProjects.flatMap((each) => names.map((file) => inFolder(each, file))))
    for (const file of [...legacyFiles, ...survey.mainCandidates]) wanted.add(file)
    for (const file of survey.mainCandidates) wanted.add(inFolder(folderOf(file), "Dockerfile"))
    for (const file of listDockerfiles(survey.files, ofProjects)) wanted.add(file)
    for (const file of filesForAssets(survey)) wanted.add(file)
    return source.read([...wanted].filter((file) => everything.has(file)))
  })
}

const viewsOf = oncePerText<ReadonlyMap<string, string>, View>()

export function viewOf(
  survey: Survey,
  read: ReadonlyMap<string, string>,
  exclude: readonly string[],
): View {
  return viewsOf(read, exclude.join("\n"), () => {
    const isExcluded = matchPatterns(exclude)
    const files =
      exclude.length === 0 ? survey.files : survey.files.filter((each) => !isExcluded(each))
    const here = setOf(files)
    return {
      files,
      mainCandidates: survey.mainCandidates.filter((file) => here.has(file)),
      contents: new Map([...read].filter(([file]) => here.has(file))),
    }
  })
}

/** The folders of a root that some file is in. */
export const rootFolders: (files: readonly string[]) => string[] = oncePer((files) => {
  const folders = new Set<string>()
  for (const file of files) {
    const end = file.indexOf("/")
    if (end >= 0) folders.add(file.slice(0, end))
  }
  return [...folders].sort()
})
