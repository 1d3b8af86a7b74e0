import { parseProjectToml } from "../../settings/descriptor/project-toml.js"
import { folderOf, inFolder, isInside } from "../modules/modules.js"
import { folderOfPackage } from "../packages/main-package.js"
import type { Source } from "../source.js"
import { emptyDescriptor } from "../../settings/descriptor/descriptor.js"
import type { ProjectDescriptor } from "../../settings/descriptor/descriptor.js"

/** Where project.toml may be: with the project, else at the root of the source. */
export function descriptorFiles(folder: string): string[] {
  return [...new Set([folder, ""])].map((each) => inFolder(each, "project.toml"))
}

export function readDescriptor(
  folder: string,
  contents: ReadonlyMap<string, string>,
): ProjectDescriptor {
  for (const file of descriptorFiles(folder)) {
    const text = contents.get(file)
    if (text !== undefined) return parseProjectToml(text, file)
  }
  return emptyDescriptor
}

/** Names of the targets that project.toml has. */
export async function findTargets(source: Source, folder = ""): Promise<string[]> {
  return [...(await descriptorOf(source, folder)).targets.keys()]
}

/** Those of them that have a package in the folder; of the root of a source, that is all. */
export async function findTargetsIn(source: Source, folder = ""): Promise<string[]> {
  const descriptor = await descriptorOf(source, folder)
  return folder === folderOf(descriptor.file)
    ? [...descriptor.targets.keys()]
    : targetsInside(descriptor, folder)
}

/** Folders in the source that the packages of each target are in. */
export async function findTargetFolders(
  source: Source,
  folder = "",
): Promise<Map<string, readonly string[]>> {
  return targetFolders(await descriptorOf(source, folder))
}

function targetFolders({ targets, file }: ProjectDescriptor): Map<string, readonly string[]> {
  const own = folderOf(file)
  return new Map(
    [...targets].map(([name, table]) => {
      const { value } = table.get("packages") ?? {}
      const paths: unknown[] = Array.isArray(value) ? value : []
      const folders = paths.flatMap((path) =>
        typeof path === "string"
          ? [inFolder(own, folderOfPackage(path).replace(/\/?\.\.\.$/, ""))]
          : [],
      )
      return [name, folders.map((each) => (each === "." ? "" : each))]
    }),
  )
}

/** Names of those that have a package in a folder. */
export function targetsInside(descriptor: ProjectDescriptor, folder: string): string[] {
  return [...targetFolders(descriptor)].flatMap(([name, folders]) =>
    folders.some((each) => isInside(each, folder)) ? [name] : [],
  )
}

async function descriptorOf(source: Source, folder: string): Promise<ProjectDescriptor> {
  const { files } = await source.survey()
  const here = descriptorFiles(folder).filter((file) => files.includes(file))
  return readDescriptor(folder, await source.read(here))
}
