import type { CacheLocation } from "../cache/cache-location.js"
import { UserError } from "../../src/errors.js"
import type { SlowPackage } from "../../src/plan/go/slow-packages.js"
import { TemporaryFailure } from "../errors.js"
import type { Descriptor } from "../image/oci.js"

/** A BuildKit that builds a Dockerfile: in Docker, remote, or one that we started ourselves. */
export interface Engine {
  /** For people, e.g. `BuildKit v0.26.3 (started by go-image)`. */
  readonly name: string
  /** What can be done with an image here, besides writing it to a file. */
  readonly canLoad: boolean
  /**
   * Started by us on this machine, with its network: the registries that answer here are those that answer there, and
   * images that none serves may be made here. Any other engine may have mirrors and images that we cannot know of.
   */
  readonly embedded: boolean
  /** BuildKit's state folder, where that is on this machine and ours to read. */
  readonly state?: string
  /**
   * Builds, and resolves when the output is written. Rejects with BuildFailed where a step failed, with UserError where
   * the request cannot be met, e.g. a base image that does not exist, with TemporaryFailure where it may be met later, and with the signal's reason where it was aborted.
   * On any rejection no output is left behind.
   */
  build(request: BuildRequest): Promise<BuildResult>
  /** Stops what was started for this engine. Idempotent. */
  close(): Promise<void>
}

export interface BuildResult {
  /** Empty where the output is not an image. */
  metadata: ImageMetadata
}

/** Of an image, as `--metadata-file` of buildctl and of docker buildx has it. */
export interface ImageMetadata {
  /** `sha256:…` of the image's manifest (or index). */
  "containerimage.digest"?: string
  "containerimage.config.digest"?: string
  "containerimage.descriptor"?: Descriptor
  "image.name"?: string
}

export interface BuildRequest {
  /** Dockerfile text; it reaches the engine without being written into the project. */
  dockerfile: string
  /** What reads it where the BuildKit is too old for it: an image in a registry. */
  frontend?: string
  /** Absolute path of the local folder that is the build context. */
  context: string
  /** What of the context it is for: for each name, the engine keeps what it was sent. By default, all are one. */
  contextName?: string
  /** Lines of a .dockerignore; the project's own .dockerignore file is not used. */
  ignore: string[]
  /** Stage to stop at; the last one by default. */
  target?: string
  /** E.g. `linux/arm64`; the engine's own by default. */
  platforms?: string[]
  /** Image references (as the Dockerfile has them) that come from a local OCI layout instead of a registry. */
  layouts: Record<string, OciLayout>
  /** Further local folders, absolute, under the name that the Dockerfile has for them, as in `COPY --from=name`. */
  folders?: Record<string, string>
  /** Local files, absolute, under the names that the Dockerfile has for the secrets in them. */
  secrets?: Record<string, string>
  /** Socket of an SSH agent, or a key, absolute. */
  ssh?: string
  /** Values for the Dockerfile's ARG instructions. */
  buildArgs?: Record<string, string>
  output: Output
  /** Of the image's manifest, and of its index where it has one. */
  annotations?: Record<string, string>
  /** Where steps' results come from, for machines that keep no cache. */
  cacheFrom?: CacheLocation[]
  /** Where they go: those of the steps that are layers of the result. */
  cacheTo?: CacheLocation
  onProgress: (event: ProgressEvent) => void
  /** Aborting cancels the build. */
  signal?: AbortSignal
}

export interface OciLayout {
  /** Absolute path of the folder with index.json. */
  path: string
  /** `sha256:…` of the manifest (or index) in it. */
  digest: string
}

export type Output =
  /** Nothing: that the build works is all that somebody wants to know. */
  | { type: "none" }
  /** An OCI archive, one tar file. */
  | { type: "oci"; path: string; tags: string[] }
  /** Into the Docker engine's own image store. */
  | { type: "load"; tags: string[] }
  | { type: "push"; tags: string[] }
  /** The files of the target stage, into a folder. */
  | { type: "local"; path: string }
  /** Only into the engine's own store of images, which is in its `state`. */
  | { type: "store" }
  /** Into a folder that is an OCI layout, besides the images that it has; layers are not compressed. */
  | { type: "layout"; path: string }

/** A step may start again after it was done: BuildKit looks at it first, e.g. for its cache key, and then runs it. */
export type ProgressEvent =
  /** There is such a step; whether it has to run is not known yet. */
  | { type: "step-known"; id: string; name: string }
  | { type: "step-started"; id: string; name: string }
  | TransferEvent
  | {
      type: "step-done"
      id: string
      name: string
      cached: boolean
      /** Milliseconds since 1970. */
      startedAt: number
      seconds: number
      /** Why it, or the whole build, has failed. */
      error?: string
    }
  /** Output of a step's program; may hold several lines or a part of one. */
  | { type: "log"; id: string; text: string }

/** A step that was done, or was in the cache. */
export interface DoneStep extends Pick<
  Extract<ProgressEvent, { type: "step-done" }>,
  /** As BuildKit has it. */
  "name" | "startedAt" | "seconds" | "cached"
> {
  /** What took long in it, the longest first. */
  slow?: SlowPackage[]
}

/** Something of a step has moved on, e.g. bytes of a layer. */
export interface TransferEvent {
  type: "transfer"
  id: string
  what: string
  /** Bytes. */
  current: number
  /** Of so many, where that is known. */
  total?: number
}

/** The engine went away during a build: it ended, or the way to it did. */
export class EngineLost extends TemporaryFailure {
  override name = "EngineLost"
  constructor(found: string, hint = "If it happens again, its own log may tell why.") {
    super(found, { hint })
  }
}

/** All was built, but does not get where it was to go: a registry or the Docker engine refuses it. */
export class NotDelivered extends UserError {
  override name = "NotDelivered"
  /** As with a TemporaryFailure. */
  readonly temporary: boolean
  readonly retry: boolean
  /** What the registry says, and what to do. */
  readonly explanation: string

  constructor(
    what: string,
    reason: string,
    {
      temporary = false,
      retry = false,
      hint,
    }: { temporary?: boolean; retry?: boolean; hint?: string } = {},
  ) {
    super(`${what}: ${reason}`, { hint })
    this.explanation = [reason, hint].filter(Boolean).join("\n")
    this.temporary = temporary
    this.retry = retry
  }
}

/** A step of the build failed: its program's own output is what a person needs first. */
export class BuildFailed extends Error {
  override name = "BuildFailed"
  constructor(
    /** The step's name as BuildKit has it. */
    readonly step: string,
    /** All that the failed step's program printed. */
    readonly output: string,
    /** The program's exit code, where it ran at all. */
    readonly exitCode: number | undefined,
  ) {
    super(`failed: ${step}`)
  }
}

/** What went wrong with a build is somebody's to know, and no bug of ours. */
export function isToldAlone(error: unknown): error is UserError | BuildFailed {
  return error instanceof UserError || error instanceof BuildFailed
}
