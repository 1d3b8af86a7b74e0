import type { MainPackages } from "./main-packages.js"
import type { Found } from "../../found.js"
import type { DockerfilePrograms } from "../dockerfile/programs.js"
import type { MainPackage } from "./main-package.js"

/** Which programs are built, and what said so. */
export interface PackageChoice {
  packages: MainPackage[]
  from: string
  /** Main packages that are not built though nobody said so, and why. */
  left: { package: MainPackage; reason: string }[]
  notices: string[]
}

/** What programs are chosen from: those of all modules of the source. */
export interface Programs extends MainPackages {
  /** The module that is built where nothing names another one; undefined where the source has several and none at its root. */
  module?: { folder: string; path: string }
  /** What packages are relative to: a folder of the source; empty for the root. */
  folder: string
  /** `// +heroku install` of that module. */
  herokuInstall?: Found<string[]>
  /** Those of the Procfile. */
  commands?: { text: string; from: string }[]
  /** Names of project.toml's targets, where there are some. */
  targets?: string[]
  /** Those that the Dockerfile builds and runs. */
  dockerfile?: DockerfilePrograms
}
