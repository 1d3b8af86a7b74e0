import content from "./collect-dependencies.sh" with { type: "text" }
import { slowPackagesScript } from "../../go/slow-packages.js"
import type { Step } from "../../types.js"

/** Where the stage has what it made, and where others see it. */
export const dependenciesPath = "/dependencies"

/** Where the stage of the project's own packages has what it made. */
export const ownPackagesPath = "/own-packages"

const collectPath = "/collect-dependencies.sh"

/**
 * How modules go with compiled packages: as archives, which fill the volume of modules for any go command, or as the source
 * files of the packages, a fraction of that. Those are enough to compile programs, as `-trimpath` makes the same of them
 * wherever they are.
 */
export type ModuleForm = "archives" | "sources"

export const collectScripts: readonly Step[] = [
  slowPackagesScript,
  { type: "file", path: collectPath, content, mode: 0o755 },
]

export function importsFile(imports: readonly string[]): Step {
  return {
    type: "file",
    path: "/imports.txt",
    content: imports.map((path) => `${path}\n`).join(""),
    mode: 0o644,
  }
}

/** @param source Folder with all go.sum files. */
export function collectDependencies(
  form: ModuleForm,
  source: string,
  flags: readonly string[],
): string[] {
  return ["/bin/sh", collectPath, form, dependenciesPath, source, ...flags]
}

/** Of what the packages of the list need, the project's own ones. */
export function collectOwnPackages(source: string, flags: readonly string[]): string[] {
  return ["/bin/sh", collectPath, "own", ownPackagesPath, source, ...flags]
}
