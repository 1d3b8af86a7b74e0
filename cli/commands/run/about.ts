import { existsSync } from "node:fs"
import { join, posix } from "node:path"
import { folderOfPackage } from "../../../src/detect/packages/main-package.js"
import type { DockerfileVariable } from "../../../src/detect/dockerfile/dockerfile.js"
import { workingDirectory } from "../../../src/settings/image-paths.js"
import { settingNames, toKebabCase } from "../../../src/settings/table/table.js"
import type { Options } from "../../../src/options.js"
import type { DetectedProject } from "../../../src/detect/detect.js"
import { missingOfDockerfile } from "../../../src/plan/image/own-dockerfile/notices.js"
import type { Request } from "../../request.js"

/** Of the project, for what to type next where its program fails. */
export interface RunAbout {
  /** Paths of the modules that it is made of. */
  modules: readonly string[]
  /** What was typed for it: its folder, target and the like. */
  typed: readonly string[]
  /** A file that the program looks for is in the folder of its package: where that folder is in the image. */
  folderWith: (file: string) => string | undefined
  /** What to type for files that the image of its Dockerfile has at other paths. */
  elsewhere?: readonly string[]
  /** Of the environment that the image of its Dockerfile has. */
  variables?: readonly DockerfileVariable[]
}

export function aboutRun(project: DetectedProject, request: Request): RunAbout {
  const { source, target, options } = request
  return {
    modules: modulePaths(project),
    typed: [
      ...(source === "." ? [] : [source]),
      ...(target === undefined ? [] : ["--target", target]),
      ...typedOptions(options),
    ],
    folderWith: (file) => folderWith(file, project, source),
    elsewhere: missingOfDockerfile(project.facts, project.settings, []).flatMap(
      ({ setting, typed }) => (setting === "copy" || setting === "workingDirectory" ? [typed] : []),
    ),
    variables: project.facts.dockerfile?.variables,
  }
}

/** Settings that were typed, as they are typed again. */
export function typedOptions(options: Options): string[] {
  return settingNames.flatMap((name) => {
    const option = `--${toKebabCase(name)}`
    const value = options[name]
    if (value === undefined || value === false) return []
    if (value === true) return [option]
    return [value].flat().flatMap((each) => [option, each])
  })
}

function folderWith(file: string, { facts }: DetectedProject, source: string): string | undefined {
  const start = facts.assetRoot === "" ? "" : `${facts.assetRoot}/`
  const folders = facts.programs.mainPackages
    .map(({ path }) => folderOfPackage(path))
    .filter((folder) => folder !== facts.assetRoot && folder.startsWith(start))
  const found = folders.filter((folder) => existsSync(join(source, folder, file)))
  return found.length === 1
    ? posix.join(workingDirectory, found[0]!.slice(start.length))
    : undefined
}

/** Of its own modules, and of those that they require. */
export function modulePaths({ facts }: DetectedProject): string[] {
  const own = [facts, ...facts.furtherModules]
  return own.flatMap(({ goMod }) => [goMod.module.value, ...goMod.requires.map(({ path }) => path)])
}
