import type { Plan } from "../../src/plan/types.js"
import type { DoneStep } from "../engine/engine.js"

/** What went into a build, and what ran in it: enough to say later why. Nothing of the project's contents is in it. */
export interface BuildRecord {
  /** Of this format: others are not read. */
  version: 1
  /** When it was made, in milliseconds since 1970. */
  time: number
  /** Folder of the project in the source; empty for the root. */
  folder: string
  target?: string
  /** For people: the same name may be another engine's. */
  engine: string
  /** Its results were not to be used. */
  noCache: boolean
  /** Older records have no image. */
  plan: Pick<Plan, "stages" | "decisions"> & Partial<Pick<Plan, "image">>
  /** Import paths and folders of programs. */
  binaries: { package: string; importPath: string }[]
  /** Digests of base images, as far as they are known. */
  bases: Record<string, string>
  /** That were sent, by their paths. */
  files: Record<string, FileState>
  packages: Record<string, PackageRecord>
  /** What go.mod requires, in which version, and what stands for it. */
  modules: Record<string, string>
  /** The `go` line of each go.mod, by the folder of its module: the version of the language. */
  languages: Record<string, string>
  /** As Go names it. */
  architecture: string
  tags: readonly string[]
  /** As BuildKit told of them. */
  steps: DoneStep[]
}

export interface FileState {
  /** Of its content and whether it can be executed. */
  hash: string
  /** The same of a Go file, but for its comments. */
  code?: string
  /** Of a Go file, its `//go:build` line. */
  constraint?: string
  /** By which it is known that it need not be read again. */
  stat: string
}

export interface PackageRecord {
  files: readonly string[]
  /** Folders of own packages. */
  imports: readonly string[]
  /** Import paths of others. */
  foreign: readonly string[]
  /** Patterns of files, relative to the source's root. */
  embeds: readonly string[]
}
