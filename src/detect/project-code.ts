import type { Notice } from "../found.js"
import { parseFrontend } from "../settings/frontend.js"
import { findTestImports } from "./code/test-imports.js"
import { walkImports, type ImportGraph } from "./code/import-graph.js"
import { compiledInto, detectListens, noListens, type Listens } from "./listen/listen-ports.js"
import { findFrontends } from "./frontend/frontend.js"
import { frontendMatcher } from "./frontend/source-files.js"
import { silentPrograms } from "./listen/silent.js"
import { findMissing } from "./packages/missing-code.js"
import type { Missing } from "./packages/missing-files.js"
import { graphInput, importedFiles } from "./packages/target-files.js"
import type { ProjectModules } from "./project-modules.js"
import type { ProjectView } from "./project-view.js"

/** What the Go code of the programs says, and the front ends that it embeds. */
export interface ProjectCode {
  graph: ImportGraph
  frontend: Awaited<ReturnType<typeof findFrontends>>
  /** Files of the front ends. */
  frontendFiles: string[]
  missing: Missing[]
}

export async function readProjectCode(
  view: ProjectView,
  project: ProjectModules,
  notices: Notice[],
): Promise<ProjectCode> {
  const { source, files, survey, folder, settings, sourceExclude, isExcluded, descriptor } = view
  const { modules, packages, tags, assetRoot, legacy, hooks } = project
  const graph = await walkImports(source, graphInput({ files, ...project }, packages, tags))
  const request = parseFrontend(settings.frontend)
  const links = survey.links ?? []
  const frontend = await findFrontends(source, { files, links, graph, request, folder, assetRoot })
  notices.push(...frontend.notices)
  // A hook may make what lacks.
  const missing =
    legacy || hooks.preCompile
      ? []
      : await findMissing(source, { files, modules, graph }, frontend, {
          files: sourceExclude.length === 0 ? [] : survey.files.filter(isExcluded),
          descriptor,
          text: view.read.get(descriptor.file) ?? "",
        })
  const frontendFiles =
    frontend.frontends.length > 0 ? files.filter(frontendMatcher(frontend.frontends)) : []
  return { graph, frontend, frontendFiles, missing }
}

/** Where the programs listen, unless somebody has said it. */
export async function findListens(
  { source, contents, settings }: ProjectView,
  project: ProjectModules,
  { graph }: ProjectCode,
): Promise<Listens> {
  const { modules, ownFiles, assetRoot, programs, dockerfile, tags } = project
  const isOfDockerfile = dockerfile?.run && dockerfile.ports.length > 0 && !dockerfile.hasPortOfCode
  // A Dockerfile says it of the program that it runs itself.
  const isOther = settings.process ?? settings.command
  if (settings.port || (isOfDockerfile && !isOther)) return noListens
  const folders = modules.map(({ folder }) => folder)
  const mains = programs.mainPackages.filter(({ module }) => folders.includes(module))
  const own = {
    files: ownFiles,
    root: assetRoot,
    imported: importedFiles(graph.files, ownFiles, assetRoot),
  }
  const all = await detectListens(source, contents, own, mains, tags)
  const silent = silentPrograms(graph, project.packages, project.module.goMod.module.value)
  return { ...compiledInto(graph.files, all), ...(silent.length > 0 && { silent }) }
}

/** What the tests of the main module import, where they are to have dependencies of their own. */
export async function testImportsOf(
  { source, files, settings, given }: ProjectView,
  project: ProjectModules,
): Promise<string[] | undefined> {
  if (!settings.dependencyLayer?.value || !given.withTests || project.legacy) return undefined
  const input = graphInput({ files, ...project }, [], project.tags)
  return findTestImports(source, input, project.module)
}
