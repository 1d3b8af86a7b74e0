import type { Command } from "../measure.js"

/** One image to be built, or programs alone. */
export interface Build {
  /** The contestant's own working copy of the project. */
  source: string
  /** Main packages, as the go command takes them. */
  packages: string[]
  /** One or more; undefined for the machine's own. Then there is no base image, since it would be needed for each. */
  platforms?: string[]
  /** Where a cache comes from and goes to; undefined where there is none. */
  cache?: string
  /** An empty folder, for the output. */
  output: string
}

export interface Contestant {
  name: string
  /** Version and the like, for the report. */
  about: string
  /** Whether the engine's share of CPU and memory is the contestant's. */
  usesEngine: boolean
  /** Why it cannot build this; undefined where it can. */
  obstacle(build: Build): string | undefined
  /** What a person would type, one after the other. */
  commands(build: Build): Command[]
  /** Image archives or layouts that the commands leave. */
  images(build: Build): string[]
  /** After a build with a cache elsewhere: leaves there what a CI provider's cache step saves. */
  saveCache?(build: Build): Promise<void>
  /** Its own caches, apart from the engine's. */
  clearCaches(): Promise<void>
  cacheBytes(): Promise<number>
}

/** File name of a package's program. */
export function programName(packagePath: string): string {
  return packagePath === "." ? "app" : (packagePath.split("/").at(-1) ?? "app")
}
