import type { Notice } from "../found.js"
import { assetNotices } from "./assets/asset-notices.js"
import { copyNotices, elsewhereOf, findCopies, type AssetCopy } from "./assets/copies.js"
import { findEmbeddedFiles, textsThatNameFiles } from "./assets/embedded-files.js"
import { kodataMatcher } from "./assets/kodata.js"
import { foldersOfOtherTargets } from "./assets/other-targets.js"
import { findProjectAssets } from "./assets/project-assets.js"
import type { AssetSelection } from "./assets/assets.js"
import type { ContentKind } from "./assets/content-kind.js"
import { hasSecretName } from "./assets/secrets.js"
import { FileIndex } from "./file-index.js"
import { inFolder, isInside, startOf } from "./modules/modules.js"
import { workingDirectory } from "../settings/image-paths.js"
import { filesOfAllPackages, filesOfBuild } from "./packages/target-files.js"
import type { ProjectCode } from "./project-code.js"
import type { ProjectModules } from "./project-modules.js"
import type { ProjectView } from "./project-view.js"

/** Which files get into the image, and which ones a build needs. */
export interface ProjectFiles {
  assets: AssetSelection
  /** Those that have another place in the image. */
  copies: AssetCopy[]
  /** Undefined where a build needs all of the source. */
  buildFiles?: string[]
  moduleFiles?: string[]
}

export async function selectFiles(
  view: ProjectView,
  project: ProjectModules,
  code: ProjectCode,
  notices: Notice[],
): Promise<ProjectFiles> {
  const { source, given, survey, files, contents, descriptor, settings, isExcluded } = view
  const { assetRoot, appFiles, programs, dockerfile, at } = project
  const kindOf = await source.contentKinds()
  const { copies, below, isSecret } = selectCopies(view, project, code, kindOf)
  const { selection: assets, notices: ofAssets } = findProjectAssets(
    {
      survey,
      files,
      ownFiles: appFiles,
      frontendFiles: code.frontend.sources,
      assetRoot,
      embedded: await findEmbeddedFiles(source, {
        graph: code.graph,
        files,
        assetRoot,
        texts: textsThatNameFiles(contents.get(at("Procfile") ?? ""), dockerfile, settings),
      }),
      otherTargets: foldersOfOtherTargets(descriptor, programs, {
        target: given.target,
        compiled: code.graph.files,
      }),
      elsewhere: elsewhereOf(copies, below, workingDirectory),
      programs,
      packages: project.packages,
      contents,
      above: await source.above?.(),
      kindOf,
    },
    isExcluded,
    settings,
  )
  notices.push(...ofAssets, ...assetNotices(assets), ...copyNotices(copies, isSecret))
  return {
    assets,
    copies,
    buildFiles: buildFiles(view, project, code, [
      ...assets.kept,
      ...below.filter((file) => copies.some(({ path }) => isInside(file, path))),
    ]),
    moduleFiles: filesOfAllPackages({ files, ...project, frontendFiles: code.frontendFiles }),
  }
}

function selectCopies(
  { files, settings }: ProjectView,
  { assetRoot, hooks }: ProjectModules,
  { frontend }: ProjectCode,
  kindOf: (path: string) => ContentKind | undefined,
) {
  if (!settings.copy) return { copies: [], below: [], isSecret: () => false }
  const start = startOf(assetRoot)
  const below = FileIndex.of(files)
    .list(assetRoot)
    .map((file) => file.slice(start.length))
  const isSecret = (file: string) => hasSecretName(file) || kindOf(start + file) === "secret"
  const outputs = frontend.frontends.flatMap((each) =>
    each.outputs
      .filter(({ to }) => to.startsWith(start))
      .map(({ kind, to }) => ({ kind, path: to.slice(start.length) })),
  )
  const hasHooks = hooks.preCompile !== undefined || hooks.postCompile !== undefined
  const copies = findCopies(settings.copy, { files: below, isSecret, outputs, hasHooks })
  return { copies, below, isSecret }
}

function buildFiles(
  { files }: ProjectView,
  project: ProjectModules,
  { graph, frontendFiles }: ProjectCode,
  ofImage: readonly string[],
): string[] | undefined {
  const { legacy, hooks, packages, kodata, assetRoot } = project
  const parts = { files, ...project, frontendFiles }
  // What a hook reads is not known.
  if (legacy || hooks.preCompile || hooks.postCompile || packages.length === 0) {
    return filesOfAllPackages(parts)
  }
  if (kodata?.mayHaveLinks) return undefined
  const assets = ofImage.map((file) => inFolder(assetRoot, file))
  if (kodata) assets.push(...files.filter(kodataMatcher(kodata)))
  return filesOfBuild({ ...parts, graph, assets })
}
