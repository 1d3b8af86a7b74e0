import { readFileSync } from "node:fs"
import { expect, it } from "vitest"
import type { Results } from "../../../bench/samples.js"
import { costsOf } from "../../scale/model.js"
import {
  buildsOf,
  randomNumbers,
  simulate,
  strategies,
  type Organisation,
} from "../../scale/simulation.js"

const figures = JSON.parse(readFileSync("docs/scale-figures.json", "utf8")) as Results
const costs = costsOf(figures)
const organisation: Organisation = {
  services: 200,
  builds: 2000,
  dependencyChanges: 3,
  engines: 4,
  coresOfEngine: 8,
  room: 200,
  seed: 7,
}
const builds = buildsOf(organisation, costs)
const run = (name: string, changed: Partial<Organisation> = {}) => {
  const strategy = strategies.find((each) => each.name === name)!
  return simulate({ ...organisation, ...changed }, builds, strategy)
}

it("what was not measured of a project is reckoned from one that was", () => {
  expect(costs.map(({ project, estimated }) => [project, estimated])).toEqual([
    ["hello-web", []],
    ["middle", ["throwaway"]],
  ])
  const [small, middle] = costs
  expect(middle!.fetched.seconds).toBeCloseTo(1.35 + ((51.7 - 1.35) * (3.4 - 0.98)) / (20.47 - 0.98))
  expect(middle!.dependencies).toBeCloseTo((small!.dependencies * 51.7) / 20.47)
  expect(() => costsOf({ samples: [] })).toThrow("one project has to be measured")
})

it("a seed gives the same day, and another one another", () => {
  expect(buildsOf(organisation, costs)).toEqual(builds)
  expect(buildsOf({ ...organisation, seed: 8 }, costs)).not.toEqual(builds)
  const random = randomNumbers(1)
  const numbers = Array.from({ length: 10_000 }, random)
  expect(numbers.every((each) => each >= 0 && each < 1)).toBe(true)
  expect(numbers.reduce((sum, each) => sum + each) / numbers.length).toBeCloseTo(0.5, 1)
})

it("every build of the second day is waited for once, and new machines wait for nobody", () => {
  const found = run("new machines, no cache")
  const second = builds.filter(({ at }) => at >= 24 * 3600)
  expect(found.cold).toBe(second.length)
  const alone = second.reduce((sum, build) => sum + build.costs.cold.seconds, 0)
  expect(found.waited.total).toBeCloseTo(alone)
})

it("what is shared is waited for less, and what travels is moved", () => {
  const total = (name: string) => run(name).waited.total
  const [none, travelling, apart, shared, sticky, one] = strategies.map(({ name }) => total(name))
  expect(travelling).toBeLessThan(none!)
  expect(shared).toBeLessThan(apart!)
  expect(sticky).toBeLessThan(shared!)
  expect(one).toBeLessThan(shared!)
  expect(run("one big engine")).toMatchObject({ received: 0, sent: 0 })
  expect(run("engines, travelling cache").received).toBeGreaterThan(0)
})

it("with fewer cores, builds get in each other's way", () => {
  const few = run("one big engine", { engines: 1, coresOfEngine: 0.1 })
  expect(few.waited.total).toBeGreaterThan(5 * run("one big engine").waited.total)
  expect(few.busy).toBeGreaterThan(0.1)
  expect(few.busy).toBeLessThanOrEqual(1)
})

it("what a disk has no room for is built again", () => {
  expect(run("one big engine").cold).toBe(0)
  expect(run("one big engine", { room: 5 }).cold).toBeGreaterThan(100)
})
