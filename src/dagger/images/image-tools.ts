import type { DetectedProject } from "../../detect/detect.js"
import type { GitAnswer } from "../../git-state.js"
import type { Options } from "../../options.js"
import type { Plan } from "../../plan/types.js"
import type { SbomFacts } from "../../sbom/facts.js"
import type { SbomFormat } from "../../sbom/documents/format-of.js"
import type { BuildFacts } from "../../sbom/documents/provenance.js"

/**
 * What reads images, and talks to registries: the command line's own code (cli/dagger/main.ts). All that is below src/ is
 * loaded, and looked at for types, at each call; this only where a function needs it.
 */
export interface ImageTools {
  /** What an SBOM says of an image in an archive. `ownLayers` are the last ones, which are not of the base. */
  readFacts: (archive: string, name: string | undefined, ownLayers: number) => Promise<SbomFacts>
  /** Pushes SBOM and provenance as referrers of an image that a registry has. */
  attach: (reference: string, facts: SbomFacts, options: AttachOptions) => Promise<void>
  /** Reads what an image says of itself: how it is built again, and how far the result is the same. */
  openImage: (archive: string) => Promise<ReadImage>
}

export interface AttachOptions {
  build: BuildFacts
  format: SbomFormat
  /** Without them, whoever reads may push. */
  credentials?: { username: string; password: string }
}

export interface ReadImage {
  /** Commit that it is of, as far as it says one. */
  revision?: string
  /** The plan that gives it again. */
  plan: (
    options: Options,
    look: (options: Options, git: AdaptGit) => Promise<DetectedProject>,
  ) => Promise<Rebuild>
  /** Undefined where the other one is the same; else what differs first, and what explains it, a line each. */
  compare: (
    rebuild: Rebuild,
    archive: string,
    doubt: string | undefined,
  ) => Promise<string[] | undefined>
}

/** What Git says of the source; without one, what the image says of itself. */
export type AdaptGit = (answer: GitAnswer) => GitAnswer

export interface Rebuild extends DetectedProject {
  plans: [Plan, ...Plan[]]
}

export async function imageTools(): Promise<ImageTools> {
  // Not as a literal: what looks for types in src/ would follow it.
  const file: string = "../../../cli/dagger/main.js"
  const { tools } = (await import(file)) as { tools: ImageTools }
  return tools
}
