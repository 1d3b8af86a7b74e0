import { readFileSync } from "node:fs"
import { Command } from "commander"
import type { Results } from "../../bench/samples.js"
import { costsOf } from "./model.js"
import { buildsOf, simulate, strategies, type Organisation, type Outcome } from "./simulation.js"

const program = new Command("script/simulate")
  .description(
    "Simulate a day's builds of an organisation over its engines, and print what each way of sharing costs.",
  )
  .option("--results <file>", "what script/bench wrote: results.json", "docs/scale-figures.json")
  .option("--services <number>", "services", Number, 2000)
  .option("--builds <number>", "builds a day", Number, 40_000)
  .option("--engines <number>", "engines", Number, 8)
  .option("--cores <number>", "cores of an engine", Number, 8)
  .option(
    "--room <number>",
    "services whose layers and packages an engine's disk has room for",
    Number,
    1000,
  )
  .option("--dependency-changes <percent>", "of the builds, those that change go.mod", Number, 3)
  .option("--seed <number>", "the same seed gives the same day", Number, 1)
  .option("--json", "print JSON")

interface Options {
  results: string
  services: number
  builds: number
  engines: number
  cores: number
  room: number
  dependencyChanges: number
  seed: number
  json?: boolean
}

const options = program.parse().opts<Options>()
const costs = costsOf(JSON.parse(readFileSync(options.results, "utf8")) as Results)
const organisation: Organisation = { ...options, coresOfEngine: options.cores }
const builds = buildsOf(organisation, costs)
const outcomes = strategies.map((strategy) => simulate(organisation, builds, strategy))
process.stdout.write(options.json ? `${JSON.stringify(outcomes, undefined, 2)}\n` : table(outcomes))
for (const { project, estimated } of costs) {
  if (estimated.length > 0) {
    process.stderr.write(
      `${project}: ${estimated.join(", ")} not measured: reckoned from another project's\n`,
    )
  }
}

function table(found: readonly Outcome[]): string {
  const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(0)
  const rows = found.map(({ name, waited, received, sent, cold, busy }) =>
    [
      name,
      (waited.total / 3600).toFixed(0),
      waited.median.toFixed(1),
      waited.most.toFixed(1),
      String(cold),
      gigabytes(received),
      gigabytes(sent),
      busy > 0 ? `${(busy * 100).toFixed(0)} %` : "–",
    ].join(" | "),
  )
  return [
    "|  | waited, h | median, s | 99 of 100 below, s | cold builds | received, GB | sent, GB | cores busy |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...rows.map((row) => `| ${row} |`),
    "",
  ].join("\n")
}
