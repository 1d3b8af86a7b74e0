import type { DetectedProject } from "../../detect/detect.js"
import { choosePackages } from "../../detect/packages/packages.js"
import { pathInModule } from "../../detect/packages/main-packages.js"
import type { Module } from "../../detect/modules/modules.js"
import { sourceExclude } from "../assemble.js"
import { chooseCgo } from "../go/cgo.js"
import { chooseBuilder } from "../bases/choose-builder.js"
import {
  collectOwnPackages,
  collectScripts,
  dependenciesPath,
  importsFile,
  ownPackagesPath,
} from "../stages/dependencies/collect.js"
import { useDependencies, useScript } from "../stages/dependencies/use.js"
import {
  dependenciesOfPrograms,
  dependenciesStageName,
} from "../stages/dependencies/dependency-stage.js"
import { frontendStages, projectStage } from "../stages/frontend-stage.js"
import { goCommand, programTags, type GoCommand } from "../go/go-command.js"
import { bindSource, enterModule, modulePath, sourcePath } from "../go/modules.js"
import { chooseOsPackages } from "../stages/os-packages.js"
import { parsePlatform, splitPlatforms } from "../bases/platform.js"
import { onMirrors } from "../bases/registry-mirror.js"
import type { Base, Mount, Plan, Stage, Step, Task } from "../types.js"
import { validatePlan, validateTask } from "../validate.js"
import { compileFlags } from "../go/compile-flags.js"
import { provideModule } from "../go/downloads.js"

/*
 * What a build has compiled, as an image: the layer of the dependencies, which is the same for all versions with the same
 * go.mod, and on it one with the project's own packages, as the last build read or made them, no more. An engine with empty
 * cache volumes takes both from there before it builds, and then compiles what has changed. It comes by its name in a
 * registry, not by the cache of an engine's steps, so that it works on engines that export none, such as Dagger's.
 */

const ownStageName = "own-packages"
const warmStageName = "compiled"

/** Undefined where nothing of it is compiled apart: a project without imports, or in GOPATH mode. */
export function warmImagePlan({ facts, settings }: DetectedProject): Plan | undefined {
  const { go, platform, version, osPackages } = compiler({ facts, settings })
  const layer = dependenciesOfPrograms(facts, settings, version, go, platform, "archives")
  if (!layer) return undefined
  const { packages } = choosePackages(facts.programs, settings)
  const tags = programTags(settings, go)
  // What a hook leaves is nowhere but in the builder stage.
  const hasHooks = facts.hooks.preCompile !== undefined || facts.hooks.postCompile !== undefined
  const packagesOf = (module: Module) => packages.filter((each) => each.module === module.folder)
  const modules = [facts, ...facts.furtherModules].filter((each) => packagesOf(each).length > 0)
  const own: Stage = {
    name: ownStageName,
    from: go.from,
    steps: [
      ...go.packages,
      ...go.environment,
      ...layer.use.steps,
      ...collectScripts,
      ...enterModule(facts),
      ...go.targetEnvironment,
      ...go.cEnvironment,
      ...go.compileEnvironment,
      ...modules.flatMap((module): Step[] => [
        { type: "working-directory", path: modulePath(facts, module) },
        importsFile(packagesOf(module).map(pathInModule)),
        {
          type: "run",
          args: [
            ...layer.use.args,
            ...collectOwnPackages(sourcePath(facts), [...compileFlags, ...tags]),
          ],
          mounts: [...go.mounts, bindSource("directory", ".", facts), ...layer.use.mounts],
        },
      ]),
    ],
  }
  const plan: Plan = {
    version: 1,
    stages: [
      ...osPackages.stages(go.from),
      ...frontendStages(facts, settings, platform && "build"),
      ...projectStage(facts, sourcePath(facts), platform && "build"),
      ...layer.stages,
      ...(hasHooks ? [] : [own]),
      {
        name: warmStageName,
        // Of the platform that it is for, so that one name has those of several.
        from: { scratch: true, ...(platform && { platform: { target: platform.reference } }) },
        steps: [
          copyFolder(dependenciesStageName, "/", "/"),
          ...(hasHooks ? [] : [copyFolder(ownStageName, ownPackagesPath, ownPackagesPath)]),
        ],
      },
    ],
    image: {
      user: "0:0",
      entrypoint: [],
      // It runs nothing.
      command: ["none"],
      environment: [],
      labels: [],
      ports: [],
    },
    platform: platform?.reference,
    binaries: [],
    sourceExclude: sourceExclude(facts, facts.buildFiles),
    decisions: [],
    notices: [],
  }
  plan.stages = onMirrors(plan.stages, settings.registryMirror)
  validatePlan(plan)
  return plan
}

function copyFolder(stage: string, path: string, to: string): Step {
  return { type: "copy", kind: "directory", from: { stage }, path, to }
}

/** Fills the cache volumes from such an image, as far as they lack what it has. */
export function warmUpTask(
  { facts, settings }: DetectedProject,
  reference: string,
): Task | undefined {
  // In GOPATH mode nothing of it is compiled apart.
  if (facts.legacy) return undefined
  const { go, platform, osPackages } = compiler({ facts, settings })
  const warm: Base = {
    image: reference,
    ...(platform && { platform: { target: platform.reference } }),
  }
  const tags = programTags(settings, go)
  const { copies, mounts } = provideModule(facts, facts)
  const use = (what: "all" | "packages", path: string) => ({
    args: [...useDependencies(what, tags), "true"],
    mounts: [
      ...go.mounts,
      ...mounts,
      {
        type: "bind",
        kind: "directory",
        from: { stage: warmStageName },
        path,
        target: dependenciesPath,
      } satisfies Mount,
    ],
  })
  const task: Task = {
    stages: [
      ...osPackages.stages(go.from),
      { name: warmStageName, from: warm, steps: [] },
      {
        name: "warm-up",
        from: go.from,
        steps: [
          ...go.packages,
          ...go.environment,
          useScript,
          ...enterModule(facts),
          ...copies,
          ...go.targetEnvironment,
          ...go.cEnvironment,
          { type: "run", ...use("all", "/") },
        ],
      },
    ],
    command: { type: "run", ...use("packages", ownPackagesPath) },
    sourceExclude: sourceExclude(facts, facts.buildFiles),
    notices: [],
  }
  task.stages = onMirrors(task.stages, settings.registryMirror)
  validateTask(task)
  return task
}

function compiler({ facts, settings }: DetectedProject) {
  const { version, runtime } = chooseBuilder(facts, settings)
  const platform = parsePlatform(splitPlatforms(settings.platform)[0])
  const cgo = chooseCgo(facts, settings, runtime, platform)
  const osPackages = chooseOsPackages(settings, runtime, cgo)
  const go: GoCommand = goCommand(settings, version, runtime, platform, cgo, osPackages.builder)
  return { go, platform, version, osPackages }
}
