import { coverFiles } from "../patterns/cover.js"
import type { PathUse } from "./needs.js"
import type { ImportGraph } from "../code/import-graph.js"
import { folderOf, isInside, startOf } from "../modules/modules.js"
import { matchPatterns } from "../../patterns/patterns.js"
import { upwards } from "./node-version.js"
import type { Frontend, FoundFrontends } from "./types.js"

/** All of a folder whose output is all that the program has of it: nothing of Go names anything else there. */
export function sourcesOf(
  frontends: readonly Frontend[],
  files: readonly string[],
  uses: readonly PathUse[],
): Set<string> {
  const sources = new Set<string>()
  for (const { folder, members, outputs } of frontends) {
    const isOutput = (path: string) => outputs.some(({ to }) => isInside(path, to))
    const made = outputs.filter(({ isReplaced }) => isReplaced).map(({ to }) => to)
    const own = [folder, ...members]
      .filter((each) => each !== "")
      .map((each) => {
        const isNamed = uses.some(({ path }) => isInside(path, each) && !isOutput(path))
        return isNamed ? `${each}/src` : each
      })
    for (const file of files) {
      if ([...own, ...made].some((each) => isInside(file, each))) sources.add(file)
    }
  }
  return sources
}

/** Whether one of them is built from a file. */
export function frontendMatcher(frontends: readonly Frontend[]): (file: string) => boolean {
  const all = frontends.map(({ root, exclude }) => ({
    start: startOf(root),
    isExcluded: matchPatterns(exclude),
  }))
  return (file) =>
    all.some(
      ({ start, isExcluded }) => file.startsWith(start) && !isExcluded(file.slice(start.length)),
    )
}

/** Folders of the image with those of what front ends make for it; paths relative to the asset root. */
export function withOutputs(
  folders: readonly string[],
  frontends: readonly Frontend[],
  assetRoot: string,
): string[] {
  const made = frontends
    .flatMap(({ outputs }) => outputs)
    .filter(({ inImage, to }) => inImage && isInside(to, assetRoot))
    .map(({ to, kind }) => (kind === "file" ? folderOf(to) : to).slice(startOf(assetRoot).length))
  const all = made.flatMap(upwards).filter((folder) => folder !== "")
  return [...new Set([...folders, ...all])].sort()
}

/** Of the files that only front ends are built from; none where it is not known what the compiler reads. */
export function sourcePatterns(
  { sources }: FoundFrontends,
  files: readonly string[],
  graph: ImportGraph,
): string[] {
  const isSource = (file: string) =>
    graph.files !== undefined && sources.has(file) && !graph.files.has(file)
  const covered = files.filter(isSource)
  return coverFiles({ covered, others: files.filter((file) => !isSource(file)), folders: [] })
}
