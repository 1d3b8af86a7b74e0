/** One measured run. */
export interface Sample {
  project: string
  situation: string
  contestant: string
  run: number
  seconds: number
  cpuSeconds: number
  peakBytes: number
  /** None where nothing was printed. */
  firstLineSeconds?: number
  /** Layers as they are compressed; none where no image is made. */
  imageBytes?: number
  beyondBaseBytes?: number
  /** Layers that the image before this run's change did not have. */
  pushedBytes?: number
  pushedLayers?: number
  /** To and from the cache in a registry, where there is one. */
  cacheSentBytes?: number
  cacheReceivedBytes?: number
  /** Of what was sent, what is no layer of the image. */
  beyondImageBytes?: number
}

export interface Missing {
  project: string
  situation: string
  contestant?: string
  why: string
}

/** Caches of a contestant before and after a number of edits. */
export interface Growth {
  project: string
  contestant: string
  /** Which of its caches. */
  where: "engine" | "registry"
  edits: number
  before: number
  after: number
}

/** Measurements of go-image alone. */
export interface Startup {
  what: string
  seconds: Spread
  peakBytes?: number
}

/** All that a run of the bench found out: this is the JSON file. */
export interface Results {
  date: string
  machine: string
  command: string
  contestants: { name: string; about: string }[]
  samples: Sample[]
  missing: Missing[]
  growth: Growth[]
  startup: Startup[]
}

export interface Spread {
  median: number
  least: number
  most: number
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  const at = (index: number) => sorted[index] ?? Number.NaN
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    least: at(0),
    most: at(sorted.length - 1),
  }
}

export type Figure = Exclude<keyof Sample, "project" | "situation" | "contestant" | "run">

/** Of one figure in one situation; undefined where it was not measured. */
export function figure(
  samples: readonly Sample[],
  name: Figure,
  where: { project: string; situation: string; contestant: string },
): Spread | undefined {
  const values = samples
    .filter(
      ({ project, situation, contestant }) =>
        project === where.project &&
        situation === where.situation &&
        contestant === where.contestant,
    )
    .flatMap((sample) => sample[name] ?? [])
  return values.length > 0 ? spread(values) : undefined
}
