import { folderOfPackage, type MainPackage } from "../packages/main-package.js"
import type { Settings } from "../../settings/resolve.js"
import type { ContentKind } from "./content-kind.js"
import { selectAssets, type AssetInput, type AssetSelection } from "./assets.js"
import { FileIndex } from "../file-index.js"
import { isIgnoreFile, readIgnoreFiles } from "../patterns/ignore-files.js"
import { goName } from "../packages/main-packages.js"
import { folderOf, startOf } from "../modules/modules.js"
import { oncePerText, setOf } from "../once.js"
import { fromRoot, matchPatterns } from "../../patterns/patterns.js"
import type { Above, Survey } from "../source.js"
import type { Notice } from "../../found.js"
import type { Programs } from "../packages/package-choice.js"

/** What must be read to tell assets from other files. A link may lead to anything. */
export function filesForAssets({ files, links = [] }: Survey): string[] {
  const isLink = new Set(links)
  return files.filter((file) => isIgnoreFile(file) && !isLink.has(file))
}

/** Patterns that no file matches: a typing error in one of `drop` leaves a file in the image. */
function unmatched(
  { keep, drop }: Pick<Settings, "keep" | "drop">,
  { files, emptyFolders = [] }: Survey,
  below: (paths: readonly string[]) => readonly string[],
): Notice[] {
  if (!drop && !keep) return []
  const paths = [...below(files), ...below(emptyFolders)]
  return [drop, keep].flatMap((setting) =>
    (setting?.value ?? []).flatMap((pattern): Notice[] => {
      const matches = matchPatterns([fromRoot(pattern.replace(/^!/, ""))])
      if (!setting || paths.some(matches)) return []
      return [{ file: setting.from, message: `no file matches ${JSON.stringify(pattern)}` }]
    }),
  )
}

interface AssetProject {
  survey: Survey
  /** All that are part of the source. */
  files: readonly string[]
  /** Those of the modules, relative to the asset root. */
  ownFiles: readonly string[]
  /** Of front ends that are built. */
  frontendFiles: ReadonlySet<string>
  assetRoot: string
  /** Files of the source that programs have in them, and that are wanted for nothing else. */
  embedded: ReadonlySet<string>
  /** Folders of the source. */
  otherTargets: readonly string[]
  elsewhere: NonNullable<AssetInput["elsewhere"]>
  programs: Pick<Programs, "mainPackages">
  /** Those that are built. */
  packages: readonly MainPackage[]
  contents: ReadonlyMap<string, string>
  above: Above | undefined
  kindOf: (path: string) => ContentKind | undefined
}

interface FoundAssets {
  selection: AssetSelection
  notices: Notice[]
  /** By the path of the main package. */
  ignored: ReadonlyMap<string, Notice>
}

/** Of the same files of a module, so that all that is about the source is the same, too. */
const found = oncePerText<readonly string[], FoundAssets>()

/** The assets of a build's modules, with paths relative to `assetRoot`. */
export function findProjectAssets(
  project: AssetProject,
  isExcluded: (path: string) => boolean,
  settings: Settings,
): Pick<FoundAssets, "selection" | "notices"> {
  const { selection, notices, ignored } = findOnce(project, isExcluded, settings)
  const ofBuilt = project.packages.flatMap(({ path }) => ignored.get(path) ?? [])
  return { selection, notices: [...notices, ...ofBuilt] }
}

function findOnce(
  project: AssetProject,
  isExcluded: (path: string) => boolean,
  { keep, drop }: Settings,
): FoundAssets {
  const { ownFiles, frontendFiles, assetRoot, otherTargets, programs, elsewhere } = project
  const embedded = [...project.embedded]
  const find = () => {
    const notices: Notice[] = []
    return { ...select(project, isExcluded, { keep, drop }, notices), notices }
  }
  if (frontendFiles.size > 0) return find()
  const paths = programs.mainPackages.map(({ path, importPath }) => [path, importPath])
  return found(
    ownFiles,
    JSON.stringify([assetRoot, otherTargets, embedded, paths, elsewhere.paths, keep, drop]),
    find,
  )
}

/** `ledger` in a .gitignore, for what `go build` leaves there, also ignores `cmd/ledger`. */
function ignoredPrograms(
  { programs, files }: AssetProject,
  ignoredBy: (path: string) => string | undefined,
): Map<string, Notice> {
  const ignored = new Map<string, Notice>()
  for (const { path } of programs.mainPackages) {
    const folder = folderOfPackage(path)
    const by = FileIndex.of(files)
      .list(folder)
      .filter((file) => file.endsWith(".go") && folderOf(file) === folder)
      .map(ignoredBy)
    const [file] = by
    if (file === undefined || !by.every((each) => each?.endsWith(".gitignore"))) continue
    const message = `it ignores ${path}, which is built: unless Git tracks it all the same, no commit has this program`
    ignored.set(path, { file, message })
  }
  return ignored
}

function select(
  project: AssetProject,
  isExcluded: (path: string) => boolean,
  settings: Pick<Settings, "keep" | "drop">,
  notices: Notice[],
): Pick<FoundAssets, "selection" | "ignored"> {
  const { survey, files, ownFiles, frontendFiles, assetRoot, programs, contents, above, kindOf } =
    project
  const start = startOf(assetRoot)
  const below = (paths: readonly string[] = []) =>
    start === ""
      ? paths
      : paths.filter((path) => path.startsWith(start)).map((path) => path.slice(start.length))
  const own = setOf(ownFiles)
  const all = below(FileIndex.of(files).list(assetRoot))
  // What a front end makes is not there yet.
  if (frontendFiles.size === 0) notices.push(...unmatched(settings, survey, below))
  const ignoredBy = readIgnoreFiles(contents, assetRoot, notices, above)
  const selection = selectAssets(
    {
      files: all,
      ofOthers: new Set(all.filter((file) => !own.has(file) || frontendFiles.has(start + file))),
      emptyFolders: below(survey.emptyFolders?.filter((folder) => !isExcluded(folder))),
      brokenLinks: below(survey.brokenLinks).filter((path) => !path.includes("/")),
      otherTargets: below(project.otherTargets),
      embedded: new Set(below([...project.embedded])),
      elsewhere: project.elsewhere,
      kindOf: (path) => kindOf(start + path),
      ignoredBy: (path) => ignoredBy(start + path),
      programs: programs.mainPackages.map(({ path, importPath }) => ({
        folder: folderOfPackage(path).slice(start.length),
        name: goName(importPath),
      })),
    },
    settings,
  )
  return { selection, ignored: ignoredPrograms(project, ignoredBy) }
}
