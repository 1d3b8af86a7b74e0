import type { Database } from "./database.js"
import type { Terminal } from "../../terminal/terminal.js"
import type { DetectedProject } from "../../../src/detect/detect.js"
import type { Request } from "../../request.js"

export interface VulncheckRequest {
  /** Of what an image or an SBOM is of; undefined where nobody is to look at it. */
  source?: string
  database: Database
  request: Request
  terminal: Terminal
  catchSignals: () => AbortSignal
}

export interface Source {
  project: DetectedProject
  /** Absolute path. */
  folder: string
  neverSent: string[]
  /** Import paths of the programs. */
  packages: string[]
  remove: () => void
}
