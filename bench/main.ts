import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { cpus, totalmem } from "node:os"
import { join } from "node:path"
import { buildkitModule } from "../cli/system/folders.js"
import { Registry } from "../test/conformance/registry.js"
import { UserError } from "../src/errors.js"
import { parseBenchArguments, type BenchRequest } from "./arguments.js"
import type { Contestant } from "./contestants/contestant.js"
import { dockerfile } from "./contestants/dockerfile.js"
import { goImage } from "./contestants/go-image.js"
import { goBuild } from "./contestants/host-go.js"
import { ko } from "./contestants/ko.js"
import { runtimeImage, startEngine, type BenchEngine } from "./engine.js"
import { moveCache, workFolder } from "./folders.js"
import { baseLayers } from "./image-size.js"
import { makeProject } from "./projects.js"
import { serveBase, type BaseRegistry } from "./registry.js"
import { markdownReport, textReport } from "./report/text.js"
import { svgPlot } from "./report/svg.js"
import { slowLink } from "./slow-link.js"
import { Runner } from "./runner.js"
import type { Missing, Results, Startup } from "./samples.js"
import { growingCaches, situations } from "./situations.js"
import { measureStartup } from "./startup.js"

/** The checkout: of it, the engine's pin is found wherever this runs from. */
const root = join(buildkitModule(), "../../../..")

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

async function runAll(request: BenchRequest): Promise<Results> {
  moveCache()
  const engine = await startEngine(say)
  const layout = engine.layouts[runtimeImage]
  const registry = layout && (await serveBase(layout))
  const caches = await Registry.start()
  const link = await slowLink(caches.host)
  const folder = workFolder()
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  try {
    const missing: Missing[] = []
    const contestants = await enter(request, engine, registry, missing)
    const base = baseLayers(layout)
    // All names of a cache begin with it, and lead past the link.
    const cacheBytes = (cache: string) => caches.bytesBehind(cache.slice(cache.indexOf("/") + 1))
    const options = { contestants, engine, link, cacheBytes, base, folder, runs: request.runs, say }
    const runner = new Runner(options)
    const growing = growingCaches.filter(({ name }) => request.situations.includes(name))
    for (const name of request.projects) {
      say(`making the project ${name}`)
      const project = await makeProject(name, root)
      for (const situation of situations) {
        if (request.situations.includes(situation.name)) await runner.run(project, situation)
      }
      for (const each of request.edits > 0 ? growing : []) {
        await runner.cacheGrowth(project, each, request.edits)
      }
    }
    const startup: Startup[] = request.startup
      ? await measureStartup(root, folder, request.runs)
      : []
    const { samples, growth } = runner
    missing.push(...runner.missing)
    const names = contestants.map(({ name, about }) => ({ name, about }))
    return { ...about(), contestants: names, samples, missing, growth, startup }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await registry?.close()
    await link.close()
    await caches.stop()
    await engine.close()
  }
}

/** The contestants that were asked for; why not, where one cannot take part at all. */
async function enter(
  { dockerfiles, only }: BenchRequest,
  engine: BenchEngine,
  registry: BaseRegistry | undefined,
  missing: Missing[],
): Promise<Contestant[]> {
  const makers: Record<string, () => Contestant | Promise<Contestant>> = {
    "go-image": () => goImage(engine, root),
  }
  for (const [name, file] of Object.entries(dockerfiles)) {
    makers[name] = () => dockerfile(engine, name, file)
  }
  makers.ko = () => {
    if (!registry) throw new Error("its base image would come from another registry than here")
    return ko(registry, say)
  }
  makers["go build"] = () => goBuild()
  const contestants: Contestant[] = []
  for (const [name, make] of Object.entries(makers)) {
    if (only && !only.includes(name)) continue
    try {
      contestants.push(await make())
    } catch (error) {
      const why = (error as Error).message
      missing.push({ project: "all", situation: "all", contestant: name, why })
      say(`not measured: ${name}: ${why}`)
    }
  }
  return contestants
}

function about(): Pick<Results, "date" | "machine" | "command"> {
  const [cpu] = cpus()
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} × ${cpu?.model ?? "CPU"}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    command: `bash script/bench ${process.argv.slice(2).join(" ")}`.trim(),
  }
}

// The engine ends by itself once nobody uses it; see cli/engine/embedded/daemon.ts.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    rmSync(workFolder(), { recursive: true, force: true })
    process.exit(130)
  })
}

async function main(): Promise<void> {
  const request = parseBenchArguments(process.argv.slice(2))
  try {
    const results = await runAll(request)
    process.stdout.write(`${textReport(results)}\n`)
    if (request.output !== undefined) {
      mkdirSync(request.output, { recursive: true })
      const write = (name: string, content: string) => {
        writeFileSync(join(request.output ?? "", name), content)
      }
      write("results.txt", `${textReport(results)}\n`)
      write("results.md", `${markdownReport(results)}\n`)
      write("results.json", `${JSON.stringify(results, null, 2)}\n`)
      write("results.svg", svgPlot(results))
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    say(error.message)
    process.exitCode = 4
  }
}

void main()
