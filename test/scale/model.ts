import type { Results, Sample } from "../../bench/samples.js"

/** What a build of a project costs, by what is there of it; from the bench's figures. */
export interface Costs {
  project: string
  cold: Cost
  /** A new machine, with the dependencies from a cache. */
  fetched: Cost
  edit: Cost
  dependency: Cost
  /** Bytes of the dependencies in a cache, and of the program, which each build sends. */
  dependencies: number
  program: number
  /** Situations that were not measured for it, and are reckoned from another project's. */
  estimated: string[]
}

/** Seconds alone on the machine that it was measured on, and of processors. */
export interface Cost {
  seconds: number
  cpuSeconds: number
}

const situationOf = {
  cold: "cold",
  fetched: "throwaway",
  edit: "edit-main",
  dependency: "dependency",
} as const

type Kind = keyof typeof situationOf

/** Of each project that was measured cold and after an edit. */
export function costsOf(results: Pick<Results, "samples">): Costs[] {
  const own = results.samples.filter(({ contestant }) => contestant === "go-image")
  const projects = [...new Set(own.map(({ project }) => project))]
  const whole = projects.find((project) => medianOf(own, project, "fetched"))
  const pattern = whole === undefined ? undefined : measured(own, whole)
  if (!pattern?.cold || !pattern.edit || !pattern.fetched) {
    throw new Error("one project has to be measured in the situations cold, edit-main, throwaway")
  }
  const reference = { ...pattern, cold: pattern.cold, edit: pattern.edit, fetched: pattern.fetched }
  return projects.flatMap((project) => costs(project, measured(own, project), reference))
}

type Measured = Partial<Record<Kind, Sample>>

function costs(
  project: string,
  { cold, edit, fetched, dependency }: Measured,
  reference: Measured & Record<"cold" | "edit" | "fetched", Sample>,
): Costs[] {
  if (!cold || !edit) return []
  // What lies between an edit and a cold build is the dependencies: of them, the same part is saved.
  const part = (of: Sample, key: keyof Cost) =>
    edit[key] +
    ((cold[key] - edit[key]) * (of[key] - reference.edit[key])) /
      (reference.cold[key] - reference.edit[key])
  const like = (of: Sample | undefined): Cost =>
    of
      ? { seconds: part(of, "seconds"), cpuSeconds: part(of, "cpuSeconds") }
      : { seconds: (cold.seconds + edit.seconds) / 2, cpuSeconds: cold.cpuSeconds / 2 }
  const bytes = fetched?.cacheReceivedBytes
  const size = (reference.fetched.cacheReceivedBytes ?? 0) * (cold.seconds / reference.cold.seconds)
  return [
    {
      project,
      cold,
      edit,
      fetched: fetched ?? like(reference.fetched),
      dependency: dependency ?? like(reference.dependency),
      dependencies: bytes ?? size,
      program: edit.pushedBytes ?? reference.fetched.cacheSentBytes ?? 0,
      estimated: [...(fetched ? [] : ["throwaway"]), ...(dependency ? [] : ["dependency"])],
    },
  ]
}

function measured(samples: readonly Sample[], project: string): Measured {
  const entries = (Object.keys(situationOf) as Kind[]).map((kind) => [
    kind,
    medianOf(samples, project, kind),
  ])
  return Object.fromEntries(entries) as Measured
}

/** The run in the middle, by its time. */
function medianOf(samples: readonly Sample[], project: string, kind: Kind): Sample | undefined {
  const found = samples
    .filter((each) => each.project === project && each.situation === situationOf[kind])
    .sort((a, b) => a.seconds - b.seconds)
  return found[Math.floor(found.length / 2)]
}
