import type { FrontendRequest } from "../../settings/frontend.js"
import type { FrontendInputs } from "./inputs.js"
import type { ImportGraph } from "../code/import-graph.js"
import type { Need } from "../packages/missing-files.js"
import type { PackageManager } from "./package-manager.js"
import type { Found, Notice } from "../../found.js"
import type { FrontendOutput } from "./output.js"

/** A front end that is built before the Go code: its folder and its tools. All paths are relative to the source's root. */
export interface Frontend extends FrontendInputs {
  /** Where its package.json is, and its build runs. */
  folder: string
  manager: PackageManager
  node?: Found<string>
  /** The one of package.json that is its build. */
  script: string
  /** A line for a shell, instead of that. */
  command?: string
  outputs: FrontendOutput[]
  /** What says that it is built. */
  from: string
}

export interface FrontendSearch {
  files: readonly string[]
  /** Those of the files that are links. */
  links: readonly string[]
  graph: ImportGraph
  request: FrontendRequest
  /** The project's folder. */
  folder: string
  assetRoot: string
}

export interface FoundFrontends {
  frontends: Frontend[]
  /** What no front end makes. */
  missing: Need[]
  /** Folders that may make it: one of them has to be named. */
  candidates: string[]
  /** Files that nothing but their builds needs. */
  sources: ReadonlySet<string>
  notices: Notice[]
}
