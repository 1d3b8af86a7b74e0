import type { Notice } from "../found.js"
import { tagsOfEnvironment } from "../settings/build-environment.js"
import { otherVariableNotices } from "../settings/other-variables.js"
import { findKodata, kodataMatcher, type Kodata } from "./assets/kodata.js"
import { checkLinkerSymbols } from "./code/linker-symbols.js"
import { asSetting } from "./found.js"
import { surveyConfiguredModules } from "./modules/configured-modules.js"
import { findMissingSums, type MissingSum } from "./modules/go-sum.js"
import { inFolder, type Module } from "./modules/modules.js"
import type { Repository } from "./modules/repository.js"
import {
  findLocalModules,
  findWorkspace,
  goWorkNotices,
  type LocalModule,
  type Workspace,
} from "./modules/workspace.js"
import { assetRootOf, filesOfModules } from "./packages/target-files.js"
import { hookFiles, type Hook } from "./project/hooks.js"
import type { ProjectView } from "./project-view.js"
import { hook, lintConfigurations, nearest } from "./well-known-files.js"

/** The modules that one build is about, and what stands beside their go.mod. */
export interface ProjectModules extends Repository {
  /** The main module and the further ones. */
  modules: Module[]
  localModules: LocalModule[]
  workspace?: Workspace
  vendored: boolean
  tags: string[]
  assetRoot: string
  /** The modules' own files, relative to the asset root. */
  ownFiles: readonly string[]
  hooks: { preCompile?: Hook; postCompile?: Hook }
  /** Data of the chosen programs. */
  kodata?: Kodata
  /** Own files without the data of any program. */
  appFiles: readonly string[]
  lintConfiguration?: string
  /** A file of this name: the main module's, else the root's. */
  at: (name: string) => string | undefined
}

export async function findProjectModules(
  view: ProjectView,
  notices: Notice[],
): Promise<ProjectModules> {
  const { source, given, survey, files, mainCandidates, contents, folder, descriptor } = view
  const { settings, here } = view
  const { ofModule } = given
  const targets = [...descriptor.targets.keys()]
  const repository = await surveyConfiguredModules(
    { files, contents, mainCandidates, folder, ofModule, targets, settings },
    notices,
  )
  const { programs, module, furtherModules, packages, legacy, install, dockerfile } = repository
  settings.buildTags ??= install.buildTags ?? asSetting(dockerfile?.buildTags)
  notices.push(...otherVariableNotices(descriptor, given.environment))
  notices.push(...repository.notices, ...install.notices, ...goWorkNotices(settings.goWork))
  const workspace =
    legacy || settings.goWork?.value === "off"
      ? undefined
      : findWorkspace(module.folder, contents, here, notices)
  const modules = [module, ...furtherModules]
  const assetRoot = assetRootOf(modules)
  const ownFiles = filesOfModules(modules, files)
  notices.push(...(await checkLinkerSymbols(source, settings, module, programs.mainPackages)))
  const dataOfAny = findKodata(programs.mainPackages, files, survey)
  const isDataOfAny = kodataMatcher(dataOfAny)
  const at = (name: string) => nearest(name, [module.folder, ""], here)
  return {
    ...repository,
    modules,
    localModules: findLocalModules(modules, workspace, here),
    workspace,
    vendored: module.vendored || workspace?.vendored === true,
    tags: [...(settings.buildTags?.value ?? []), ...tagsOfEnvironment(settings.buildEnvironment)],
    assetRoot,
    ownFiles,
    hooks: {
      preCompile: hook(inFolder(module.folder, hookFiles.preCompile), contents),
      postCompile: hook(inFolder(module.folder, hookFiles.postCompile), contents),
    },
    kodata: findKodata(packages, files, survey),
    appFiles: dataOfAny
      ? ownFiles.filter((file) => !isDataOfAny(inFolder(assetRoot, file)))
      : ownFiles,
    lintConfiguration: lintConfigurations.map(at).find((file) => file !== undefined),
    at,
  }
}

/** Undefined where none are missing. None are needed in a vendor/, and a hook may write them. */
export async function missingSumsOf(
  { source, files, here }: ProjectView,
  { modules, legacy, vendored, tags, workspace, programs }: ProjectModules,
): Promise<MissingSum[] | undefined> {
  const hooked = modules.some(({ folder }) => here.has(inFolder(folder, hookFiles.preCompile)))
  if (legacy || vendored || hooked) return undefined
  const found = await Promise.all(
    modules.map((each) =>
      findMissingSums(source, each, programs.mainPackages, { files, tags, workspace }),
    ),
  )
  return found.some((each) => each.length > 0) ? found.flat() : undefined
}
