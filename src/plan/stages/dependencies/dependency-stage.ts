import type { Facts } from "../../../detect/facts.js"
import { startedBy } from "../../go/started-by.js"
import type { Settings } from "../../../settings/resolve.js"
import {
  collectDependencies,
  collectScripts,
  dependenciesPath,
  importsFile,
  type ModuleForm,
} from "./collect.js"
import { useDependencies, useScript } from "./use.js"
import { programTags, type GoCommand, type UseOfDependencies } from "../../go/go-command.js"
import type { GoVersion } from "../../go/version/go-version.js"
import { sourcePath } from "../../go/modules.js"
import type { TargetPlatform } from "../../bases/platform.js"
import type { RunStep, Stage, Step } from "../../types.js"
import { compileFlags } from "../../go/compile-flags.js"
import { prepareModules, provideModule } from "../../go/downloads.js"

/*
 * What programs import of other modules and of the standard library, compiled in a layer of its own: it depends on go.mod,
 * go.sum and the list of imports alone, and goes where layers go, to a build cache in a registry or a Dagger engine's. A
 * machine whose cache volumes are empty then compiles the project's own packages only. https://github.com/moby/buildkit/issues/1512
 */

/** Holds nothing else: what goes elsewhere is not on top of the builder's base image. */
export const dependenciesStageName = "dependencies"
const modulesStageName = "modules"
const compiledStageName = "compile-dependencies"

export interface DependencyLayer {
  stages: Stage[]
  use: UseOfDependencies
}

/** What is compiled, and how. */
export interface Compiled {
  imports?: readonly string[]
  modules: ModuleForm
  /** Besides the build tags. */
  flags: readonly string[]
  tags: readonly string[]
  /** Added to what the project is compiled with. */
  environment: readonly Step[]
  /** What goes with it. */
  copies: readonly Step[]
}

/**
 * Of the image's programs.
 *
 * @param modules Source files where only the go command reads them, to compile what imports those packages.
 * @param imports Of whatever else is compiled as programs are.
 */
export function dependenciesOfPrograms(
  facts: Facts,
  settings: Settings,
  version: GoVersion,
  go: GoCommand,
  platform: TargetPlatform | undefined,
  modules: ModuleForm,
  imports = facts.imports,
): DependencyLayer | undefined {
  const tags = programTags(settings, go)
  const how = { imports, modules, flags: compileFlags, tags, environment: [], copies: [] }
  return chooseDependencyLayer(facts, settings, version, go, platform, how)
}

export function chooseDependencyLayer(
  facts: Facts,
  settings: Settings,
  version: GoVersion,
  go: GoCommand,
  platform: TargetPlatform | undefined,
  how: Compiled,
): DependencyLayer | undefined {
  const { imports = [], tags, copies } = how
  if (facts.legacy || imports.length === 0) return undefined
  const modules: Stage = {
    name: modulesStageName,
    from: go.from,
    steps: [...go.packages, ...go.environment, ...prepareModules(facts, version, go)],
  }
  return {
    stages: [
      modules,
      compileImports(facts, imports, go, canEmbed(version) ? how : { ...how, modules: "archives" }),
      {
        name: dependenciesStageName,
        from: { scratch: true, ...(platform && { platform: "build" }) },
        steps: [
          {
            type: "copy",
            kind: "directory",
            from: { stage: compiledStageName },
            path: dependenciesPath,
            to: "/",
          },
          ...copies,
        ],
      },
    ],
    use: {
      steps: [useScript],
      args: useDependencies("all", tags),
      ownArgs: useDependencies("packages"),
      mounts: [
        {
          type: "bind",
          kind: "directory",
          from: { stage: dependenciesStageName },
          path: "/",
          target: dependenciesPath,
        },
      ],
    },
  }
}

/** From here, `go list` names the files that a package embeds, which go with source files. */
const firstThatEmbeds = 16

function canEmbed({ minor }: GoVersion): boolean {
  return minor === undefined || minor >= firstThatEmbeds
}

function compileImports(
  facts: Facts,
  imports: readonly string[],
  go: GoCommand,
  { modules, flags, tags, environment }: Compiled,
): Stage {
  const { targetEnvironment, cEnvironment, compileEnvironment, mounts, access } = go
  const { copies, mounts: files } = provideModule(facts, facts)
  const collect: RunStep = {
    type: "run",
    args: collectDependencies(modules, sourcePath(facts), [...flags, ...tags]),
    mounts: [...mounts, ...files],
  }
  return {
    name: compiledStageName,
    from: { stage: modulesStageName },
    steps: [
      ...copies,
      ...targetEnvironment,
      ...cEnvironment,
      ...environment,
      ...compileEnvironment,
      ...collectScripts,
      importsFile(imports),
      startedBy(collect, access),
    ],
  }
}
