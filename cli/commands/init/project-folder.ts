import { existsSync, readFileSync } from "node:fs"
import { join, relative, resolve } from "node:path"
import { legacyFiles } from "../../../src/detect/modules/legacy.js"
import { targetsInside } from "../../../src/detect/project/descriptor.js"
import { UserError } from "../../../src/errors.js"
import type { Options } from "../../../src/options.js"
import { parseProjectToml } from "../../../src/settings/descriptor/project-toml.js"
import { asTyped } from "../../program-name.js"
import { findTargetsFolder, findUp, isNobodys, workTree } from "../../source/find-root.js"
import { settingLines } from "./project-toml.js"

/** The nearest folder that has a module or its settings: what a build of a folder below it belongs to. */
export function projectFolder(asked: string): string {
  const folder = resolve(asked)
  const limit = workTree(folder)
  const files = ["project.toml", "go.mod", "go.work", ...legacyFiles]
  const isProject = (each: string) => files.some((file) => existsSync(join(each, file)))
  const found = findUp(folder, limit, isProject)
  return found === undefined || (limit === undefined && isNobodys(found)) ? folder : found
}

/** A folder above that has targets. */
export interface TargetsAbove {
  folder: string
  /** Those of the project that was asked for. */
  targets: string[]
}

/** Where a project without settings of its own is a target of a folder above it. */
export function targetsAbove(project: string): TargetsAbove | undefined {
  if (existsSync(join(project, "project.toml"))) return undefined
  const folder = findTargetsFolder(project)
  if (folder === project) return undefined
  const descriptor = parseProjectToml(readFileSync(join(folder, "project.toml"), "utf8"))
  const targets = targetsInside(descriptor, relative(folder, project))
  return targets.length > 0 ? { folder, targets } : undefined
}

/** In the table of all targets, they would be for others, too. */
export function checkNoSettings(options: Options, { folder, targets }: TargetsAbove): void {
  const lines = settingLines(options)
  if (lines.length === 0) return
  const file = asTyped(join(folder, "project.toml"))
  throw new UserError(
    `settings of one target are written by hand: ${targets.join(", ")} in ${file}`,
    {
      hint: `Below its name = "...": ${lines.join("; ")}`,
    },
  )
}
