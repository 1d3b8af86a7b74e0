import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { Command, InvalidArgumentError, Option } from "commander"
import { projectNames, type ProjectName } from "./projects.js"
import { situations } from "./situations.js"

export interface BenchRequest {
  /** Dockerfiles by the name of the contestant. */
  dockerfiles: Record<string, string>
  only?: string[]
  projects: ProjectName[]
  situations: string[]
  runs: number
  edits: number
  startup: boolean
  output?: string
}

const help = `
Compares, interleaved in one run and on one BuildKit of its own: go-image (script/build), the Dockerfiles
that are given, ko, and the bare \`go build\` on this machine. Cold means that modules, compiled packages
and steps are gone and base images are there; warm that the same project was built right before.

Needs what script/build needs to build by itself: Debian or a relative of it, as root, Node.js and Go.
Projects, ko and caches are kept in \${XDG_CACHE_HOME:-~/.cache}/go-image-bench.

Examples:
  bash script/bench --contestant depot=depot.Dockerfile --contestant migetpacks=migetpacks.Dockerfile
  bash script/bench --project hello-web --situation unchanged edit-main --runs 3 --edits 0 --no-startup
  bash script/bench --only go-image "go build" --output bench-results
`

export function parseBenchArguments(args: readonly string[]): BenchRequest {
  const names = situations.map(({ name }) => name)
  const program = new Command("script/bench")
    .description("Measure go-image beside others.")
    .option(
      "--contestant <name=dockerfile>",
      "a Dockerfile to compare with; the build argument PACKAGE is the package to build; repeatable",
      dockerfile,
      {},
    )
    .option("--only <contestants...>", "only these, e.g. go-image depot ko")
    .addOption(choice("--project <names...>", "projects", projectNames))
    .addOption(choice("--situation <names...>", "situations", names))
    .option("--runs <number>", "measured runs of each", positive, 5)
    .option("--edits <number>", "edits after which caches are measured; 0 for none", count, 20)
    .option("--no-startup", "leave out the measurements of go-image's own start")
    .option("-o, --output <folder>", "write results.txt, .md, .json and .svg there")
    .addHelpText("after", help)
    .configureHelp({ helpWidth: 110 })
    .parse(args, { from: "user" })
  const flags = program.opts<{
    contestant: Record<string, string>
    only?: string[]
    project: ProjectName[]
    situation: string[]
    runs: number
    edits: number
    startup: boolean
    output?: string
  }>()
  return {
    dockerfiles: flags.contestant,
    only: flags.only,
    projects: flags.project,
    situations: flags.situation,
    runs: flags.runs,
    edits: flags.edits,
    startup: flags.startup,
    output: flags.output === undefined ? undefined : resolve(flags.output),
  }
}

function choice(flags: string, what: string, names: readonly string[]): Option {
  return new Option(flags, `only these ${what}`).choices([...names]).default([...names])
}

function dockerfile(text: string, before: Record<string, string>): Record<string, string> {
  const equals = text.indexOf("=")
  const file = resolve(text.slice(equals + 1))
  if (equals < 1 || !existsSync(file)) {
    throw new InvalidArgumentError("Write NAME=FILE, with a Dockerfile that exists.")
  }
  return { ...before, [text.slice(0, equals)]: file }
}

function count(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("Give a number.")
  return Number(text)
}

function positive(text: string): number {
  if (count(text) === 0) throw new InvalidArgumentError("Give a number above 0.")
  return Number(text)
}
