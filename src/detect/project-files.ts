import type { Notice } from "../found.js"
import { assetNotices } from "./assets/asset-notices.js"
import { findEmbeddedFiles, textsThatNameFiles } from "./assets/embedded-files.js"
import { kodataMatcher } from "./assets/kodata.js"
import { foldersOfOtherTargets } from "./assets/other-targets.js"
import { findProjectAssets } from "./assets/project-assets.js"
import type { AssetSelection } from "./assets/assets.js"
import { inFolder } from "./modules/modules.js"
import { filesOfAllPackages, filesOfBuild } from "./packages/target-files.js"
import type { ProjectCode } from "./project-code.js"
import type { ProjectModules } from "./project-modules.js"
import type { ProjectView } from "./project-view.js"

/** Which files get into the image, and which ones a build needs. */
export interface ProjectFiles {
  assets: AssetSelection
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
      programs,
      contents,
      above: await source.above?.(),
      kindOf: await source.contentKinds(),
    },
    isExcluded,
    settings,
  )
  notices.push(...ofAssets, ...assetNotices(assets))
  return {
    assets,
    buildFiles: buildFiles(view, project, code, assets),
    moduleFiles: filesOfAllPackages({ files, ...project, frontendFiles: code.frontendFiles }),
  }
}

function buildFiles(
  { files }: ProjectView,
  project: ProjectModules,
  { graph, frontendFiles }: ProjectCode,
  { kept }: AssetSelection,
): string[] | undefined {
  const { legacy, hooks, packages, kodata, assetRoot } = project
  const parts = { files, ...project, frontendFiles }
  // What a hook reads is not known.
  if (legacy || hooks.preCompile || hooks.postCompile || packages.length === 0) {
    return filesOfAllPackages(parts)
  }
  if (kodata?.mayHaveLinks) return undefined
  const assets = kept.map((file) => inFolder(assetRoot, file))
  if (kodata) assets.push(...files.filter(kodataMatcher(kodata)))
  return filesOfBuild({ ...parts, graph, assets })
}
