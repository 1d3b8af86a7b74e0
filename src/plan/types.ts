import type { Port } from "../settings/ports.js"

/**
 * A plan: all decisions, ready to be carried out. Plain data, ordered, without secret values or timestamps, so that
 * printing it gives the same JSON for the same project. Each step maps one to one to an operation of a Dagger container
 * and to an instruction of a Dockerfile.
 */
export interface Plan {
  /** Of this format; it changes when a reader of older plans would go wrong. */
  version: 1
  /** In order; a stage uses only those before it. The last one is the image. */
  stages: Stage[]
  image: ImageConfig
  /** E.g. `linux/arm64`; the engine's own where it is undefined. */
  platform?: string
  /** What is another with each release, the longest value first: a Dockerfile has them as arguments. */
  arguments?: Argument[]
  /** What the builder stage makes, for those who want the programs without the image. */
  binaries: Binary[]
  /** Patterns of the source folder that are never sent to an engine. */
  sourceExclude: string[]
  /** Why the plan is as it is: one entry a decision. */
  decisions: Decision[]
  notices: string[]
  /** All files of those notices that name the first of them alone. */
  noticeFiles?: { notice: string; files: readonly string[] }[]
}

/** A command over the project, such as `go vet`: for what it says and writes, not for an image. */
export interface Task {
  /** In order; the command runs in the last one. */
  stages: Stage[]
  command: RunStep
  /** Whose dependencies are in a layer of their own: what the image's programs import, or what tests do. */
  dependencies?: "vet" | "lint" | "tests"
  /** With such a layer, which has the times of the image's: they are the same steps. */
  image?: Pick<ImageConfig, "sourceDateEpoch">
  /** As in a plan. */
  sourceExclude: string[]
  notices: string[]
}

export interface Stage extends Noted {
  /** Lower case, unique. */
  name: string
  from: Base
  steps: Step[]
}

/** For people who read a plan, or keep its Dockerfile. */
export interface Noted {
  /** One line; of a stage, what comes after its name. */
  about?: string
  /** It fails where the image would not work, and makes nothing of it: a stage like the one it begins with, or a step. */
  isCheck?: true
}

export type Base =
  | { image: string; platform?: StagePlatform }
  | { scratch: true; platform?: StagePlatform }
  | { stage: string }

/** Undefined in all stages of a plan for the engine's own platform. */
export type StagePlatform =
  /** The image's. */
  | { target: string }
  /** That of the machine that builds, where programs run that compile for the image's. */
  | "build"

export type Step = Noted & AnyStep

type AnyStep =
  | { type: "environment"; name: string; value: string }
  | { type: "working-directory"; path: string }
  /** Whom the programs of the steps after it run as: `uid:gid`. */
  | { type: "user"; user: string }
  | CopyStep
  | RunStep
  /** A new file with this content. */
  | { type: "file"; path: string; content: string; mode: number; owner?: string }

export interface CopyStep extends Noted {
  type: "copy"
  kind: "file" | "directory"
  from: Origin
  /** Relative to the source folder, or absolute in the stage. */
  path: string
  /** Absolute; of a folder, its contents end up below it. */
  to: string
  /** Patterns relative to `path`, for a folder only. */
  exclude?: string[]
  /** `uid:gid`; root's by default. */
  owner?: string
}

export interface RunStep extends Noted {
  type: "run"
  /** Executed as it is, without a shell. */
  args: string[]
  mounts: Mount[]
  /** `uid:gid`; root by default. */
  user?: string
}

export type Mount =
  /** A cache volume: kept between builds, shared by them, never part of a layer. */
  | { type: "cache"; id: string; target: string }
  /** An empty folder in memory, for as long as the program runs. */
  | { type: "tmpfs"; target: string }
  /** A file that whoever builds has by that name; not there where nobody gave it. Never part of a plan or a layer. */
  | { type: "secret"; id: string; target: string; mode?: number }
  /** The socket of an SSH agent that whoever builds has; not there where nobody gave it. */
  | { type: "ssh"; id: string; target: string }
  /** Files that the program sees while it runs, and that do not become part of a layer. */
  | { type: "bind"; kind: "file" | "directory"; from: Origin; path: string; target: string }

/** Where files come from: the project's source folder, or an earlier stage. */
export type Origin = { source: true } | { stage: string }

/** Of a Dockerfile's ARG. */
export interface Argument {
  name: string
  value: string
}

export interface Variable {
  name: string
  value: string
  /** What the base has by that name comes after it, separated by a colon. */
  beforeOwn?: true
}

/** https://github.com/opencontainers/image-spec/blob/main/config.md */
export interface ImageConfig {
  /** `uid:gid`, as numbers, so that Kubernetes can tell that it is not root. */
  user: string
  entrypoint: string[]
  command: string[]
  environment: Variable[]
  labels: { name: string; value: string }[]
  /** Of its manifest, and of its index where there is one. */
  annotations?: { name: string; value: string }[]
  /** When it is to say that it was made, in seconds since 1970, and all that is new in it; 0 where it is undefined. */
  sourceDateEpoch?: number
  /** That the program listens on: `8080/tcp`. */
  ports: Port[]
  /** Folders for data that outlives a container. */
  volumes?: string[]
  /** E.g. `SIGINT`; SIGTERM where it is undefined. */
  stopSignal?: string
  /** A program and its arguments, executed without a shell; it ends with 0 where all is well. */
  healthCheck?: string[]
}

export interface Binary {
  name: string
  /** Its package relative to the source's root, as the go command writes it: `.`, `./cmd/api`. */
  package: string
  /** E.g. `example.com/shop/cmd/api`. */
  importPath: string
  /** Folder of its module, relative to the source's root; empty for the root. */
  module: string
  /** In the builder stage. */
  built: string
  /** In the image. */
  installed: string
}

export interface Decision {
  /** What was decided, e.g. `Go version`. */
  what: string
  value: string
  /** Where that comes from, e.g. `go.mod:3`, `--go-version`, `default`. */
  from: string
}
