import { lockFileName } from "../lock/lock-file.js"
import { tagsOfEnvironment } from "../settings/build-environment.js"
import { parseFrontend } from "../settings/frontend.js"
import { otherVariableNotices } from "../settings/other-variables.js"
import { resolveSettings, type SettingSources, type Settings } from "../settings/resolve.js"
import { findAbout } from "./project/about.js"
import { assetNotices } from "./assets/asset-notices.js"
import { surveyConfiguredModules } from "./modules/configured-modules.js"
import { readDescriptor } from "./project/descriptor.js"
import { findCgo } from "./code/cgo.js"
import type { Facts } from "./facts.js"
import { findFrontends } from "./frontend/frontend.js"
import { asSetting, limitNotices } from "./found.js"
import { findGit } from "./git/git-facts.js"
import { findStampVariablesOf } from "./stamp/find-stamp-variables.js"
import { modulePathOf } from "./modules/go-mod.js"
import { findMissingSums } from "./modules/go-sum.js"
import { toExclusions } from "./assets/hidden-embeds.js"
import { hookFiles } from "./project/hooks.js"
import { findKodata, kodataMatcher } from "./assets/kodata.js"
import { checkLinkerSymbols } from "./code/linker-symbols.js"
import { compiledInto, detectListens, noListens } from "./code/listen-ports.js"
import { detectMigrate } from "./project/migrate.js"
import { findMissing } from "./packages/missing-code.js"
import { inFolder } from "./modules/modules.js"
import { setOf } from "./once.js"
import { matchPatterns } from "../patterns/patterns.js"
import { foldersOfOtherTargets } from "./assets/other-targets.js"
import { findEmbeddedFiles, textsThatNameFiles } from "./assets/embedded-files.js"
import { findProjectAssets } from "./assets/project-assets.js"
import type { Source } from "./source.js"
import { walkImports } from "./code/import-graph.js"
import { findTestImports } from "./code/test-imports.js"
import {
  assetRootOf,
  filesOfAllPackages,
  filesOfBuild,
  filesOfModules,
  graphInput,
  importedFiles,
} from "./packages/target-files.js"
import { readWellKnown, rootFolders, viewOf } from "./view.js"
import {
  findLocalModules,
  findWorkspace,
  goWorkNotices,
  hasWorkspaceFile,
} from "./modules/workspace.js"
import type { Notice } from "../found.js"
import { frontendMatcher, sourcePatterns, withOutputs } from "./frontend/source-files.js"
import {
  wellKnownFiles,
  lintConfigurations,
  nearest,
  hook,
  toolVersion,
  dockerfileGo,
  goVersionFile,
  lock,
  procfile,
} from "./well-known-files.js"

/** What a project is, and what was asked of it. */
export interface DetectedProject {
  facts: Facts
  settings: Settings
}

/** Looks at a project and says what it is; reads text, never runs code. Mostly two round trips to the source. */
export async function detect(source: Source, given: SettingSources): Promise<DetectedProject> {
  const survey = await source.survey()
  const folder = given.folder?.value ?? ""
  const read = await readWellKnown(source, survey, folder, wellKnownFiles)

  const notices: Notice[] = []
  const descriptor = readDescriptor(folder, read)
  const settings = resolveSettings(given, descriptor)
  const sourceExclude = toExclusions(descriptor)
  const isExcluded = matchPatterns(sourceExclude)
  const { files, mainCandidates, contents } = viewOf(survey, read, sourceExclude)
  const here = setOf(files)

  const { ofModule } = given
  const targets = [...descriptor.targets.keys()]
  const repository = await surveyConfiguredModules(
    { files, contents, mainCandidates, folder, ofModule, targets, settings },
    notices,
  )
  const { programs, module, furtherModules, packages, legacy, install, dockerfile } = repository
  settings.buildTags ??= install.buildTags ?? asSetting(dockerfile?.buildTags)
  notices.push(...otherVariableNotices(descriptor, given.environment))
  notices.push(...repository.notices, ...install.notices)
  notices.push(...goWorkNotices(settings.goWork))
  const workspace =
    legacy || settings.goWork?.value === "off"
      ? undefined
      : findWorkspace(module.folder, contents, here, notices)
  const vendored = module.vendored || workspace?.vendored === true
  const modules = [module, ...furtherModules]
  const assetRoot = assetRootOf(modules)
  const ownFiles = filesOfModules(modules, files)
  notices.push(...(await checkLinkerSymbols(source, settings, module, programs.mainPackages)))
  const kodata = findKodata(packages, files, survey)
  const ofAnyProgram = findKodata(programs.mainPackages, files, survey)
  const isOfAnyProgram = kodataMatcher(ofAnyProgram)
  const forApp = ofAnyProgram
    ? ownFiles.filter((file) => !isOfAnyProgram(inFolder(assetRoot, file)))
    : ownFiles
  const at = (name: string) => nearest(name, [module.folder, ""], here)
  const hooks = {
    preCompile: hook(inFolder(module.folder, hookFiles.preCompile), contents),
    postCompile: hook(inFolder(module.folder, hookFiles.postCompile), contents),
  }
  const lintConfiguration = lintConfigurations.map(at).find((file) => file !== undefined)
  const localModules = findLocalModules(modules, workspace, here)
  const tags = [
    ...(settings.buildTags?.value ?? []),
    ...tagsOfEnvironment(settings.buildEnvironment),
  ]
  const graph = await walkImports(
    source,
    graphInput({ files, modules, localModules }, packages, tags),
  )
  const request = parseFrontend(settings.frontend)
  const links = survey.links ?? []
  const found = await findFrontends(source, { files, links, graph, request, folder, assetRoot })
  notices.push(...found.notices)
  // A hook may make what lacks.
  const missing =
    legacy || hooks.preCompile
      ? []
      : await findMissing(source, { files, modules, graph }, found, {
          files: sourceExclude.length === 0 ? [] : survey.files.filter(isExcluded),
          descriptor,
          text: read.get(descriptor.file) ?? "",
        })
  const frontendFiles =
    found.frontends.length > 0 ? files.filter(frontendMatcher(found.frontends)) : []
  const parts = { files, modules, localModules, workspace, lintConfiguration, frontendFiles }
  const { selection: assets, notices: ofAssets } = findProjectAssets(
    {
      survey,
      files,
      ownFiles: forApp,
      frontendFiles: found.sources,
      assetRoot,
      embedded: await findEmbeddedFiles(source, {
        graph,
        files,
        assetRoot,
        texts: textsThatNameFiles(contents.get(at("Procfile") ?? ""), dockerfile, settings),
      }),
      otherTargets: foldersOfOtherTargets(descriptor, programs, {
        target: given.target,
        compiled: graph.files,
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
  // None are needed in a vendor/. A hook may write them.
  const missingSums = async () => {
    const hooked = modules.some(({ folder }) => here.has(inFolder(folder, hookFiles.preCompile)))
    if (legacy || vendored || hooked) return undefined
    const project = { files, tags, workspace }
    const { mainPackages } = programs
    const found = await Promise.all(
      modules.map((each) => findMissingSums(source, each, mainPackages, project)),
    )
    return found.some((each) => each.length > 0) ? found.flat() : undefined
  }
  const kept = assets.kept.map((file) => inFolder(assetRoot, file))
  const git = await findGit(given, settings, modulePathOf(contents.get("go.mod")), notices)
  const facts: Facts = {
    ...module,
    vendored,
    furtherModules,
    localModules,
    workspace,
    withoutWorkspace: (!workspace && hasWorkspaceFile(module.folder, here)) || undefined,
    missingSums: await missingSums(),
    legacy,
    programs,
    source: given.folder,
    goVersionFile: goVersionFile(at(".go-version"), contents, notices),
    toolVersion: toolVersion(at, contents, notices),
    dockerfileGo: dockerfileGo(at("Dockerfile"), contents),
    procfile: procfile(at("Procfile"), contents, notices),
    lock: given.unlocked ? undefined : lock(at(lockFileName), contents),
    dockerfile,
    assetRoot,
    rootFolders: rootFolders(ownFiles),
    sourceExclude,
    buildFiles:
      // What a hook reads is not known.
      legacy || hooks.preCompile || hooks.postCompile || packages.length === 0
        ? filesOfAllPackages(parts)
        : kodata?.mayHaveLinks
          ? undefined
          : filesOfBuild({
              ...parts,
              graph,
              assets: kodata ? [...kept, ...files.filter(kodataMatcher(kodata))] : kept,
            }),
    moduleFiles: filesOfAllPackages(parts),
    assets: assets.groups,
    assetFolders: withOutputs(assets.folders, found.frontends, assetRoot),
    emptyAssetFolders: assets.emptyFolders.length > 0 ? assets.emptyFolders : undefined,
    assetExclude: assets.exclude,
    brokenLinks: assets.brokenLinks,
    hooks,
    kodata,
    frontends: found.frontends.length > 0 ? found.frontends : undefined,
    frontendSources: found.frontends.length > 0 ? sourcePatterns(found, files, graph) : undefined,
    missing: missing.length > 0 ? missing : undefined,
    migrate: await detectMigrate(source, module.goMod),
    listens:
      settings.port || (dockerfile?.run && dockerfile.ports.length > 0)
        ? noListens
        : compiledInto(
            graph.files,
            await detectListens(
              source,
              contents,
              {
                files: ownFiles,
                root: assetRoot,
                imported: importedFiles(graph.files, ownFiles, assetRoot),
              },
              programs.mainPackages.filter((each) =>
                modules.some((of) => of.folder === each.module),
              ),
              tags,
            ),
          ),
    ...nonEmpty("about", findAbout(descriptor, module, packages, contents)),
    ...(git && {
      git,
      stampVariables: await findStampVariablesOf(source, { files, contents, modules, packages }),
    }),
    lintConfiguration,
    imports: settings.dependencyLayer?.value ? graph.foreign : undefined,
    testImports:
      settings.dependencyLayer?.value && given.withTests && !legacy
        ? await findTestImports(
            source,
            graphInput({ files, modules, localModules }, [], tags),
            module,
          )
        : undefined,
    cgo: await findCgo(source, graph.cCandidates),
    notices: limitNotices(notices),
  }
  return { facts, settings }
}

function nonEmpty<Name extends string, T extends object>(name: Name, value: T) {
  return Object.keys(value).length === 0 ? {} : ({ [name]: value } as Record<Name, T>)
}
