import type { Cost, Costs } from "./model.js"

/** A day's builds of an organisation, over its engines. */
export interface Organisation {
  services: number
  builds: number
  /** Of 100 builds, those that change go.mod. */
  dependencyChanges: number
  engines: number
  coresOfEngine: number
  /** Services whose layers and packages an engine's disk has room for. */
  room: number
  seed: number
}

export interface Strategy {
  name: string
  /** Machines that keep nothing, one for each build, instead of engines. */
  throwaway?: true
  /** One engine with the cores and the disk of all. */
  one?: true
  /** A service is always built on the same engine. */
  sticky?: true
  /** What one has compiled, another one fetches. */
  travels?: true
}

export const strategies: readonly Strategy[] = [
  { name: "new machines, no cache", throwaway: true },
  { name: "new machines, travelling cache", throwaway: true, travels: true },
  { name: "engines, nothing shared" },
  { name: "engines, travelling cache", travels: true },
  { name: "engines, each service on its own", sticky: true },
  { name: "one big engine", one: true },
]

export interface Outcome {
  name: string
  /** Seconds from the push of a commit to its image. */
  waited: { total: number; median: number; most: number }
  received: number
  sent: number
  cold: number
  /** Part of the engines' cores that was at work, over both days. */
  busy: number
}

/** mulberry32: the same numbers on each machine. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Build {
  at: number
  service: number
  costs: Costs
  /** How often go.mod has changed by then. */
  version: number
  changes: boolean
}

/** Of an office: weights of the hours of a day. */
const hours = [1, 1, 1, 1, 1, 1, 2, 4, 8, 12, 13, 13, 9, 11, 13, 13, 12, 9, 5, 3, 2, 2, 1, 1]
const day = 24 * 3600

/** Two days, of which the second one counts: engines are not new each morning. */
export function buildsOf(organisation: Organisation, costs: readonly Costs[]): Build[] {
  const random = randomNumbers(organisation.seed)
  const { services, builds, dependencyChanges } = organisation
  const all = hours.reduce((sum, weight) => sum + weight, 0)
  const times = Array.from({ length: 2 * builds }, (_, i) => {
    let at = random() * all
    const hour = hours.findIndex((weight) => (at -= weight) < 0)
    return (i < builds ? 0 : day) + (Math.max(0, hour) + random()) * 3600
  }).sort((a, b) => a - b)
  const version = new Array<number>(services).fill(0)
  const kinds = Array.from({ length: services }, () => costs[Math.floor(random() * costs.length)]!)
  return times.map((at) => {
    // A few services are built often, and many now and then.
    const service = Math.floor(services * random() ** 2)
    const changes = random() * 100 < dependencyChanges
    if (changes) version[service]! += 1
    return { at, service, costs: kinds[service]!, version: version[service]!, changes }
  })
}

/** What builds on the same cores; each has its share of them. */
class Engine {
  private readonly running: { left: number; seconds: number; cores: number; begun: number }[] = []
  private now = 0
  busy = 0
  /** Version of the dependencies of each service, the one that was not used for longest first. */
  readonly known = new Map<number, number>()

  constructor(
    readonly cores: number,
    private readonly room: number,
    private readonly done: (waited: number, begun: number) => void,
  ) {}

  get load(): number {
    return this.running.reduce((sum, { cores }) => sum + cores, 0)
  }

  start(at: number, { seconds, cpuSeconds }: Cost): void {
    this.advance(at)
    this.running.push({ left: seconds, seconds, cores: cpuSeconds / seconds, begun: at })
  }

  advance(to: number): void {
    while (this.running.length > 0 && this.now < to) {
      const speed = Math.min(1, this.cores / this.load)
      const first = this.running.reduce((a, b) => (a.left <= b.left ? a : b))
      const step = Math.min(first.left / speed, to - this.now)
      const counted = Math.max(0, Math.min(this.now + step, 2 * day) - this.now)
      this.now += step
      this.busy += counted * Math.min(this.cores, this.load)
      for (const each of this.running) each.left -= step * speed
      for (let i = this.running.length - 1; i >= 0; i--) {
        if (this.running[i]!.left > 1e-9) continue
        const [ended] = this.running.splice(i, 1)
        this.done(this.now - ended!.begun, ended!.begun)
      }
    }
    this.now = Math.max(this.now, to)
  }

  remember(service: number, version: number): void {
    this.known.delete(service)
    this.known.set(service, version)
    if (this.known.size > this.room) this.known.delete(this.known.keys().next().value!)
  }
}

export function simulate(
  organisation: Organisation,
  builds: readonly Build[],
  strategy: Strategy,
): Outcome {
  const { engines, coresOfEngine, room } = organisation
  const waits: number[] = []
  const done = (waited: number, begun: number) => {
    if (begun >= day) waits.push(waited)
  }
  const count = strategy.one ? 1 : engines
  const all = Array.from(
    { length: count },
    () => new Engine((engines * coresOfEngine) / count, (engines * room) / count, done),
  )
  /** Of each service, the version of the dependencies that the cache in the registry has. */
  const cached = new Map<number, number>()
  const moved = { received: 0, sent: 0, cold: 0 }
  for (const build of builds) {
    const { at, service, costs, version } = build
    const engine = strategy.throwaway ? undefined : choose(all, at, service, strategy)
    const has = engine?.known.get(service)
    const isThere = has === version
    const isCached = strategy.travels === true && cached.get(service) === version
    const cost = isThere
      ? costs.edit
      : isCached
        ? costs.fetched
        : has !== undefined
          ? costs.dependency
          : costs.cold
    if (at >= day) {
      if (!isThere && isCached) moved.received += costs.dependencies
      if (strategy.travels) moved.sent += costs.program + (isCached ? 0 : costs.dependencies)
      if (cost === costs.cold) moved.cold++
    }
    cached.set(service, version)
    engine?.remember(service, version)
    if (engine) engine.start(at, cost)
    // Nobody else is there.
    else done(cost.seconds, at)
  }
  for (const engine of all) engine.advance(Infinity)
  return { name: strategy.name, waited: summary(waits), ...moved, busy: busyOf(all) }
}

function choose(engines: Engine[], at: number, service: number, { sticky }: Strategy): Engine {
  if (sticky) return engines[service % engines.length]!
  for (const engine of engines) engine.advance(at)
  return engines.reduce((a, b) => (a.load <= b.load ? a : b))
}

function busyOf(engines: readonly Engine[]): number {
  const cores = engines.reduce((sum, engine) => sum + engine.cores, 0)
  return engines.reduce((sum, { busy }) => sum + busy, 0) / (cores * 2 * day)
}

function summary(waits: number[]): Outcome["waited"] {
  waits.sort((a, b) => a - b)
  const at = (part: number) =>
    waits[Math.min(waits.length - 1, Math.floor(waits.length * part))] ?? 0
  return { total: waits.reduce((sum, each) => sum + each, 0), median: at(0.5), most: at(0.99) }
}
