import type { GitState } from "../../../src/git-state.js"
import type { Place } from "../../../src/errors.js"
import type { Decision, ImageConfig } from "../../../src/plan/types.js"

/** What the look at a project depends on, besides the project: as few things as can be, since each is a part of its cache key. */
export interface Look {
  /** File that was given to `docker build --file`, in the folder of definitions. */
  filename: string
  /** Where that file is in the context, where that is known. */
  folder?: string
  /** Those that are settings. */
  buildArguments: Readonly<Record<string, string>>
  /** Names of those that are nobody's. */
  unknownArguments: string[]
  target?: string
  platform?: string
  git?: GitState
  /** Whether a build cache is imported. */
  hasCache: boolean
  /** Build arguments that the Dockerfile must know. */
  rendered: string[]
  /** The context is from elsewhere, and nothing can be left out of it. */
  isRemote: boolean
  /** BuildKit is too old for our Dockerfile without one. */
  needsSyntax: boolean
}

/** What came of it. */
export interface Seen {
  plan?: {
    decisions: Decision[]
    notices: string[]
    sourceExclude: string[]
    /** Tells apart what is sent of the source for different programs. */
    name: string
    platforms: string[]
    annotations: ImageConfig["annotations"]
    sourceDateEpoch: number
  }
  /** By their names, as people write them. */
  settings?: Record<string, string>
  /** Names of project.toml's targets. */
  targets?: string[]
  /** Patterns of what is not part of the source. */
  neverSent?: string[]
  /** Something is wrong with the project, or with what was asked. */
  failure?: { message: string; place?: Place; text?: string }
}

export const requestVariable = "GO_IMAGE_LOOK"

/** In the container of the look. */
export const places = { context: "/context", definition: "/definition", output: "/seen" }

export const outputs = { seen: "seen.json", dockerfile: "Dockerfile" }
