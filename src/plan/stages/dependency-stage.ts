import type { Facts } from "../../detect/facts.js"
import type { Settings } from "../../settings/resolve.js"
import {
  collectDependencies,
  collectScript,
  dependenciesPath,
  importsFile,
  useDependencies,
  useScript,
} from "./dependency-scripts.js"
import { downloading } from "../go/download-access.js"
import { programTags, type GoCommand, type UseOfDependencies } from "../go/go-command.js"
import type { GoVersion } from "../go/version/go-version.js"
import { sourcePath } from "../go/modules.js"
import type { TargetPlatform } from "../bases/platform.js"
import type { RunStep, Stage } from "../types.js"
import { compileFlags } from "../go/compile-flags.js"
import { prepareModules, provideModule } from "../go/downloads.js"

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

export function chooseDependencyLayer(
  facts: Facts,
  settings: Settings,
  version: GoVersion,
  go: GoCommand,
  platform: TargetPlatform | undefined,
): DependencyLayer | undefined {
  const { imports = [], legacy } = facts
  if (legacy || imports.length === 0) return undefined
  const tags = programTags(settings, go)
  const modules: Stage = {
    name: modulesStageName,
    from: go.from,
    steps: [...go.packages, ...go.environment, ...prepareModules(facts, version, go)],
  }
  return {
    stages: [
      modules,
      compileImports(facts, imports, go, tags),
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

function compileImports(
  facts: Facts,
  imports: readonly string[],
  go: GoCommand,
  tags: readonly string[],
): Stage {
  const { targetEnvironment, cEnvironment, compileEnvironment, mounts, access } = go
  const { copies, mounts: files } = provideModule(facts, facts)
  const collect: RunStep = {
    type: "run",
    args: collectDependencies(sourcePath(facts), [...compileFlags, ...tags]),
    mounts: [...mounts, ...files],
  }
  return {
    name: compiledStageName,
    from: { stage: modulesStageName },
    steps: [
      ...copies,
      ...targetEnvironment,
      ...cEnvironment,
      ...compileEnvironment,
      collectScript,
      importsFile(imports),
      downloading(collect, access),
    ],
  }
}
