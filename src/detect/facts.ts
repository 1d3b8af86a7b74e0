import type { AssetGroup } from "./assets.js"
import type { GoMod } from "./go-mod.js"
import type { GoWork } from "./go-work.js"
import type { Hook } from "./hooks.js"
import type { Legacy } from "./legacy.js"
import type { MainPackage } from "./main-packages.js"
import type { Migrate } from "./migrate.js"
import type { Procfile } from "./procfile.js"
import type { Found, Notice } from "./found.js"

/** What a project says about how it must be built: plain data, each fact with the place where it stands. */
export interface Facts {
  goMod: GoMod
  goWork?: GoWork
  /** There is no go.mod: goMod then holds what a tool from before modules says instead. */
  legacy?: Legacy
  /** go.sum is there: module downloads are verified against it. */
  hasGoSum: boolean
  /** vendor/modules.txt is there: dependencies come from vendor/. */
  vendored: boolean
  goVersionFile?: Found<string>
  procfile?: Procfile
  /** Main packages for the target, sorted by path; without vendored ones and test data. */
  mainPackages: MainPackage[]
  /** Names of the folders at the project's root, sorted: a binary must not take one of them. */
  rootFolders: string[]
  /** Patterns of files that are not part of the source, as project.toml says. */
  sourceExclude: string[]
  /** Files that a program may read at run time, by their entry at the root. */
  assets: AssetGroup[]
  hooks: { preCompile?: Hook; postCompile?: Hook }
  migrate?: Migrate
  /** golangci-lint's, at the root. */
  lintConfiguration?: string
  /** Things worth telling that do not stop a build. */
  notices: Notice[]
}
