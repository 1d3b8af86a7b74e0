import type { Settings } from "../settings/resolve.js"
import type { ContentKind } from "./content-kind.js"
import { selectAssets, type AssetSelection } from "./assets.js"
import type { Notice } from "./found.js"
import { isIgnoreFile, readIgnoreFiles } from "./ignore-files.js"
import { goName } from "./main-packages.js"
import { startOf } from "./modules.js"
import { fromRoot, matchPatterns } from "./patterns.js"
import type { Programs } from "./packages.js"
import type { Above, Survey } from "./source.js"

/** What must be read to tell assets from other files. A link may lead to anything. */
export function filesForAssets({ files, links = [] }: Survey): string[] {
  const isLink = new Set(links)
  return files.filter((file) => isIgnoreFile(file) && !isLink.has(file))
}

/** Patterns that no file matches: a typing error in one of `drop` leaves a file in the image. */
function unmatched(
  { keep, drop }: Settings,
  { files, emptyFolders = [] }: Survey,
  below: (paths: readonly string[]) => string[],
): Notice[] {
  const paths = [...below(files), ...below(emptyFolders)]
  return [drop, keep].flatMap((setting) =>
    (setting?.value ?? []).flatMap((pattern): Notice[] => {
      const matches = matchPatterns([fromRoot(pattern.replace(/^!/, ""))])
      if (!setting || paths.some(matches)) return []
      return [{ file: setting.from, message: `no file matches ${JSON.stringify(pattern)}` }]
    }),
  )
}

/** The assets of a build's modules, with paths relative to `assetRoot`. */
export function findProjectAssets(
  project: {
    survey: Survey
    /** All that are part of the source. */
    files: readonly string[]
    /** Those of the modules, relative to the asset root. */
    ownFiles: readonly string[]
    /** Of front ends that are built. */
    frontendFiles: ReadonlySet<string>
    assetRoot: string
    programs: Programs
    contents: ReadonlyMap<string, string>
    above: Above | undefined
    kindOf: (path: string) => ContentKind | undefined
  },
  isExcluded: (path: string) => boolean,
  settings: Settings,
  notices: Notice[],
): AssetSelection {
  const { survey, files, ownFiles, frontendFiles, assetRoot, programs, contents, above, kindOf } =
    project
  const start = startOf(assetRoot)
  const below = (paths: readonly string[] = []) =>
    paths.filter((path) => path.startsWith(start)).map((path) => path.slice(start.length))
  const own = new Set(ownFiles)
  const all = below(files)
  // What a front end makes is not there yet.
  if (frontendFiles.size === 0) notices.push(...unmatched(settings, survey, below))
  const ignoredBy = readIgnoreFiles(contents, assetRoot, notices, above)
  return selectAssets(
    {
      files: all,
      ofOthers: new Set(all.filter((file) => !own.has(file) || frontendFiles.has(start + file))),
      emptyFolders: below(survey.emptyFolders?.filter((folder) => !isExcluded(folder))),
      brokenLinks: below(survey.brokenLinks).filter((path) => !path.includes("/")),
      kindOf: (path) => kindOf(start + path),
      ignoredBy: (path) => ignoredBy(start + path),
      programs: programs.mainPackages.map(({ path, importPath }) => ({
        folder: path.replace(/^\.\/?/, "").slice(start.length),
        name: goName(importPath),
      })),
    },
    settings,
  )
}
