import type { Caches } from "./cache/cache-options.js"
import type { Options } from "../src/options.js"
import { CheckName } from "../src/plan/tasks/check-name.js"
import type { ProgressKind } from "./terminal/terminal.js"

/** What the command line was asked to do. */
export interface Request extends Caches {
  source: string
  options: Options
  /** Names of project.toml's targets, or `all`. */
  targets: string[]
  /** The one of them that this is about. */
  target?: string
  /** Print which targets have changed since this commit, instead of building. */
  affectedSince?: string
  /** Print it as JSON. */
  json: boolean
  /** `REFERENCE=FOLDER` each. */
  baseLayouts: string[]
  /** File with the passwords for private modules. */
  netrc?: string
  tokens: string[]
  ssh?: string
  caCertificates?: string
  /** Where the password for a registry of npm packages is. */
  npmToken?: string
  /** Check the project by these instead of building an image. */
  checks: CheckName[]
  /** Folder that the results of the tests are written to. */
  testReport?: string
  /** Print the names of the tests instead. */
  testList: boolean
  /** Of the tests, the part that these are about: `2/5`. */
  shard?: string
  /** Reports of earlier runs, and folders of them. */
  shardTimes: string[]
  /** Print this instead of building. */
  print?: "plan" | "dockerfile"
  /** The file that it is written to, and not to standard output. */
  dockerfile?: string
  output?: string
  /** Files that tell programs what was made. */
  metadataFile?: string
  digestFile?: string
  dotenvFile?: string
  /** Files that say what the image has in it, and how it was made. */
  sbom?: string
  provenance?: string
  /** File that says how the image was built, and why so. */
  explain?: string
  /** Who builds it, as the provenance has it: a URI. */
  builderId?: string
  /** File that says which known vulnerabilities the project's programs can reach. */
  vex?: string
  /** URL of the database that is asked for them. */
  vulnerabilityDatabase?: string
  /** How they are attached to an image that is pushed. */
  attest: Attest
  tags: string[]
  load: boolean
  push: boolean
  run: boolean
  cache: boolean
  /** Seconds without progress after which it is given up; 0 for never. */
  stallTimeout: number
  progress: ProgressKind
  /** What the programs of steps print is shown, too. */
  verbose: boolean
}

export type Attest = (typeof attestWays)[number]

/** See `--attest`. */
export const attestWays = ["referrers", "index", "both", "off"] as const
