import { lockFileName } from "../lock/lock-file.js"
import type { Notice } from "../found.js"
import type { Settings, SettingSources } from "../settings/resolve.js"
import { findCgo } from "./code/cgo.js"
import type { Facts } from "./facts.js"
import { limitNotices } from "./found.js"
import { sourcePatterns, withOutputs } from "./frontend/source-files.js"
import { findGit } from "./git/git-facts.js"
import { modulePathOf } from "./modules/go-mod.js"
import { hasWorkspaceFile } from "./modules/workspace.js"
import { findAbout } from "./project/about.js"
import { detectMigrate } from "./project/migrate.js"
import { findListens, readProjectCode, testImportsOf, type ProjectCode } from "./project-code.js"
import { selectFiles, type ProjectFiles } from "./project-files.js"
import { findProjectModules, missingSumsOf, type ProjectModules } from "./project-modules.js"
import { viewProject, type ProjectView } from "./project-view.js"
import type { Source } from "./source.js"
import { findMakefileValues } from "./stamp/find-makefile-values.js"
import { findStampVariablesOf, type StampedProject } from "./stamp/find-stamp-variables.js"
import { rootFolders } from "./view.js"
import { dockerfileGo, goVersionFile, lock, procfile, toolVersions } from "./well-known-files.js"

/** What a project is, and what was asked of it. */
export interface DetectedProject {
  facts: Facts
  settings: Settings
}

/** Looks at a project and says what it is; reads text, never runs code. Mostly two round trips to the source. */
export async function detect(source: Source, given: SettingSources): Promise<DetectedProject> {
  const notices: Notice[] = []
  const view = await viewProject(source, given)
  const modules = await findProjectModules(view, notices)
  const code = await readProjectCode(view, modules, notices)
  const files = await selectFiles(view, modules, code, notices)
  const git = await findGit(
    given,
    view.settings,
    modulePathOf(view.contents.get("go.mod")),
    notices,
  )
  const facts: Facts = {
    ...(await moduleFacts(view, modules)),
    ...versionFacts(view, modules, notices),
    ...fileFacts(view, modules, code, files),
    ...frontendFacts(view, code),
    ...(await runFacts(view, modules, code)),
    ...about(view, modules),
    ...(git && {
      git,
      stampVariables: await findStampVariablesOf(source, { ...view, ...modules }),
    }),
    ...(await makefileFacts(source, { ...view, ...modules })),
    ...(await compileFacts(view, modules, code)),
    notices: limitNotices(notices),
  }
  return { facts, settings: view.settings }
}

async function moduleFacts(view: ProjectView, modules: ProjectModules) {
  const { module, furtherModules, localModules, workspace, vendored, legacy, programs } = modules
  return {
    ...module,
    vendored,
    furtherModules,
    localModules,
    workspace,
    withoutWorkspace: (!workspace && hasWorkspaceFile(module.folder, view.here)) || undefined,
    missingSums: await missingSumsOf(view, modules),
    legacy,
    programs,
    source: view.given.folder,
  }
}

async function makefileFacts(source: Source, project: StampedProject) {
  const linkerValues = await findMakefileValues(source, project)
  return linkerValues.length > 0 ? { linkerValues } : {}
}

/** What files beside go.mod say of versions, processes and images. */
function versionFacts(
  { contents, given }: ProjectView,
  { at, dockerfile }: ProjectModules,
  notices: Notice[],
) {
  return {
    goVersionFile: goVersionFile(at(".go-version"), contents, notices),
    toolVersions: toolVersions(at, contents, notices),
    dockerfileGo: dockerfileGo(at("Dockerfile"), contents),
    procfile: procfile(at("Procfile"), contents, notices),
    lock: given.unlocked ? undefined : lock(at(lockFileName), contents),
    dockerfile,
  }
}

function fileFacts(
  { sourceExclude }: ProjectView,
  { assetRoot, ownFiles, hooks, kodata }: ProjectModules,
  { frontend }: ProjectCode,
  { assets, copies, buildFiles, moduleFiles }: ProjectFiles,
) {
  return {
    assetRoot,
    rootFolders: rootFolders(ownFiles),
    sourceExclude,
    buildFiles,
    moduleFiles,
    assets: assets.groups,
    assetFolders: withOutputs(assets.folders, frontend.frontends, assetRoot),
    emptyAssetFolders: assets.emptyFolders.length > 0 ? assets.emptyFolders : undefined,
    assetExclude: assets.exclude,
    brokenLinks: assets.brokenLinks,
    copies: copies.length > 0 ? copies : undefined,
    hooks,
    kodata,
  }
}

function frontendFacts({ files }: ProjectView, { graph, frontend, missing }: ProjectCode) {
  const { frontends } = frontend
  return {
    frontends: frontends.length > 0 ? frontends : undefined,
    frontendSources: frontends.length > 0 ? sourcePatterns(frontend, files, graph) : undefined,
    missing: missing.length > 0 ? missing : undefined,
  }
}

/** What happens when the programs run. */
async function runFacts(view: ProjectView, modules: ProjectModules, code: ProjectCode) {
  return {
    migrate: await detectMigrate(view.source, modules.module.goMod),
    listens: await findListens(view, modules, code),
  }
}

async function compileFacts(view: ProjectView, modules: ProjectModules, { graph }: ProjectCode) {
  return {
    lintConfiguration: modules.lintConfiguration,
    imports:
      view.settings.dependencyLayer?.value || view.given.withImports ? graph.foreign : undefined,
    testImports: await testImportsOf(view, modules),
    cgo: await findCgo(view.source, graph.cCandidates),
  }
}

function about(
  { descriptor, contents }: ProjectView,
  { module, packages }: ProjectModules,
): Pick<Facts, "about"> {
  const found = findAbout(descriptor, module, packages, contents)
  return Object.keys(found).length === 0 ? {} : { about: found }
}
