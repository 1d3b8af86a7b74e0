import type { Stage, ImageConfig, Task } from "../../src/plan/types.js"
import type { OciLayout } from "../engine/engine.js"

/** What is built: a plan or a task. */
export interface Planned {
  stages: Stage[]
  sourceExclude: string[]
  /** Tells apart what is sent of the source for different programs. */
  sourceName?: string
  /** Of the image, one or more; the engine's own where there is none. */
  platforms?: string[]
  /** A command over the project: none of its steps is in an image. */
  isTask?: true
  /** As a task has it. */
  dependencies?: Task["dependencies"]
  /** What the image is to say of itself, apart from its configuration. */
  image?: Pick<ImageConfig, "annotations" | "sourceDateEpoch">
}

/**
 * What a build asks of a build cache elsewhere: its own is read, and that of a check written; a check that comes with an image
 * reads the image's; what was built a moment ago needs none.
 */
export type CacheUse = "own" | "image" | "none"

/** Those that nobody gave as a layout. */
export function baseImages({ stages }: Planned, layouts: Record<string, OciLayout>): string[] {
  return stages
    .flatMap(({ from }) => ("image" in from ? [from.image] : []))
    .filter((image) => !Object.hasOwn(layouts, image))
}

export function allBaseImages(planned: readonly Planned[], layouts: Record<string, OciLayout>) {
  return planned.flatMap((each) => baseImages(each, layouts))
}
