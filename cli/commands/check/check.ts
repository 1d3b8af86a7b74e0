import { randomUUID } from "node:crypto"

import { CheckName } from "../../../src/plan/tasks/check-name.js"
import type { DetectedProject } from "../../../src/detect/detect.js"
import {
  currentHour,
  formatTask,
  lintTask,
  tidyTask,
  vetTask,
  vulncheckReport,
  vulncheckReportTask,
  vulncheckTask,
  vulnerabilityDatabase,
  type VulncheckOptions,
} from "../../../src/plan/tasks/tasks.js"
import { testListFile, testListTask, testTask } from "../../../src/plan/tasks/test-tasks.js"
import type { Task } from "../../../src/plan/types.js"
import { renderTaskDockerfile } from "../../../src/render/dockerfile.js"
import { registryAnswer } from "../../../src/registry-answer.js"
import { databaseFailure } from "../../../src/plan/tasks/vulncheck-failure.js"
import { goModuleVersion, imageVersion } from "../../../src/plan/version/module-version.js"
import { openVex } from "../../../src/sbom/documents/openvex.js"
import { listSome } from "../../../src/list.js"
import { Failures } from "./failures.js"
import { test, testWithReport } from "./test-report.js"
import { readShardTimes } from "./shard-times.js"
import { writeResult } from "../../build/result-files.js"
import { reportFile, runReport } from "../../build/task-report.js"
import { Builder } from "../../build/builder.js"
import { BuildFailed, type ProgressEvent } from "../../engine/engine.js"
import { DoneSteps } from "../../record/done-steps.js"
import { slowestText, slowPackages } from "../../record/slow-packages.js"
import { modulePaths } from "../run/about.js"
import type { Terminal } from "../../terminal/terminal.js"
import { nameFromSource } from "../../build/name-from-source.js"
import { SetupError, TemporaryFailure } from "../../errors.js"
import type { Request } from "../../request.js"
import type { BuilderOptions } from "../../build/solver.js"

/** Undefined where there is nothing to check. */
const checks: Record<CheckName, (project: DetectedProject, request: Request) => Task | undefined> =
  {
    [CheckName.Test]: (project, request) =>
      testTask(project, {
        packages: ["./..."],
        shard: request.shard,
        shardTimes: readShardTimes(request),
        // What failed is done again, and what passed is in Go's own cache.
        ...(request.testReport !== undefined && { cacheKey: randomUUID(), reportsExitCode: true }),
      }),
    [CheckName.Vet]: vetTask,
    [CheckName.Lint]: lintTask,
    [CheckName.Format]: formatTask,
    [CheckName.Tidy]: tidyTask,
    [CheckName.Vulncheck]: (project, request) => vulncheckTask(project, vulncheckOptions(request)),
  }

function vulncheckOptions({ vulnerabilityDatabase: database }: Request): VulncheckOptions {
  return { database: database ?? vulnerabilityDatabase, cacheKey: currentHour() }
}

/** Of a check that failed: with names of files from the source on, and apart from what no change of the project mends. */
export function explain(
  name: CheckName,
  module: string,
  database = vulnerabilityDatabase,
): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof BuildFailed)) throw error
    const { output } = error
    const fault = name === CheckName.Vulncheck ? databaseFailure(output, database) : undefined
    if (fault === undefined) throw nameFromSource(error, module)
    const hint = `govulncheck asks ${database} from the engine's network.`
    throw registryAnswer(fault) === "temporary"
      ? new TemporaryFailure(fault, { hint: `${hint} Try again.` })
      : new SetupError(fault, { hint })
  }
}

/** Of `lint`, the only one that needs something of the project. */
const skipped = "skipped, golangci-lint is not configured (.golangci.yml, .yaml, .toml or .json)"

/** How checks went for which target: of programs of one module, most are the same. */
export type CheckedBefore = Map<string, { target: string | undefined; isPassed: boolean }>

/**
 * The same for two targets of which the check does the same. A report makes each run of the tests another one; what a build
 * cache has compiled, by each target's imports, makes it no other check.
 */
export function keyOf(
  name: CheckName,
  { facts, settings }: DetectedProject,
  request: Request,
): string {
  const project = { settings, facts: { ...facts, imports: undefined, testImports: undefined } }
  const task = checks[name](project, { ...request, testReport: undefined })
  return JSON.stringify([name, task && { ...task, notices: [] }])
}

/** Packages, as the go command names those that failed; a check is of all packages of the module, whichever target it came with. */
export function failedIn(output: string, module: string): string {
  const lines = output.matchAll(/^(?:FAIL\t|# )([^\s[]+)/gm)
  const packages = [...new Set([...lines].map(([, path = ""]) => path))]
  return packages.length > 0 ? listSome(packages) : `module ${module}`
}

/** @returns More about the result, for people. */
type BuildCheck = (
  task: Task,
  name: CheckName,
  see: (event: ProgressEvent) => void,
) => Promise<string | undefined>

/** As a build's summary has it, whether or not the check passed. */
function tellSlow(terminal: Pick<Terminal, "say">, steps: Pick<DoneSteps, "all">): void {
  const text = slowestText(slowPackages(steps.all), { withModules: true })
  if (text !== undefined) terminal.say(`slow to compile: ${text}`)
}

/** `--check`: one after the other, whether or not one before failed. */
export async function check(
  project: DetectedProject,
  names: readonly CheckName[],
  options: BuilderOptions,
  checked: CheckedBefore,
): Promise<void> {
  const { request, terminal } = options
  // First all that can be said without an engine.
  const explained = (name: CheckName) => (error: unknown) => {
    if (error instanceof BuildFailed) {
      terminal.say(`${name}: failed in ${failedIn(error.output, project.facts.goMod.module.value)}`)
    }
    return explain(name, project.facts.folder, request.vulnerabilityDatabase)(error)
  }
  const tasks = names.flatMap((name) => {
    const key = keyOf(name, project, request)
    const before = checked.get(key)
    if (before === undefined) return [{ name, key, task: checks[name](project, request) }]
    const result = before.isPassed ? "" : ", which failed"
    terminal.say(`${name}: the same as for target ${before.target}${result}`)
    return []
  })
  const planned = tasks.flatMap(({ task }) => task ?? [])
  const failures = new Failures()
  const checkAll = async (build: BuildCheck) => {
    for (const { name, key, task } of tasks) {
      await failures.try(name, async () => {
        checked.set(key, { target: request.target, isPassed: false })
        const steps = new DoneSteps(modulePaths(project))
        const see = (event: ProgressEvent) => {
          steps.see(event)
        }
        const counts =
          task &&
          (await build(task, name, see)
            .catch(explained(name))
            .finally(() => {
              tellSlow(terminal, steps)
            }))
        checked.set(key, { target: request.target, isPassed: true })
        terminal.say(`${name}: ${task ? "passed" : skipped}${counts ? ` (${counts})` : ""}`)
      })
    }
    failures.throwIfAny()
  }
  // Where everything is skipped, no engine is needed.
  if (planned.length === 0) return checkAll(() => Promise.resolve(undefined))
  await Builder.with(options, planned, async (builder) => {
    if (request.vex !== undefined) {
      const task = vulncheckReportTask(project, vulncheckOptions(request))
      await writeVex(project, request.vex, task, builder).catch(explained(CheckName.Vulncheck))
      terminal.say(`wrote ${request.vex}`)
    }
    await checkAll(async (task, name, see) => {
      if (name === CheckName.Test) {
        return request.testReport === undefined
          ? test(task, builder, see)
          : testWithReport(task, builder, request.testReport, see)
      }
      const render = (known: string[]) => renderTaskDockerfile(task, known)
      await builder.build({ ...task, isTask: true }, render, { type: "none" }, { see })
      return undefined
    })
  })
}

/** `--test-list`: the names of the tests, one a line. */
export async function listTests(
  project: DetectedProject,
  options: BuilderOptions,
): Promise<string> {
  const { shard } = options.request
  const shardTimes = readShardTimes(options.request)
  const task = testListTask(project, { packages: ["./..."], shard, shardTimes })
  return Builder.with(options, [task], (builder) =>
    runReport(task, builder, reportFile(testListFile)).catch(
      explain(CheckName.Test, project.facts.folder),
    ),
  )
}

/** First, since the check fails where there is most to say. */
async function writeVex(
  { facts }: DetectedProject,
  file: string,
  task: Task,
  builder: Builder,
): Promise<void> {
  const output = await runReport(task, builder, reportFile(vulncheckReport))
  const module = facts.goMod.module.value
  // As the programs say it themselves.
  const version =
    facts.git &&
    (goModuleVersion(facts.git, module) ??
      imageVersion(facts.git, { path: module, folder: facts.folder }))
  writeResult(file, openVex(output, { path: module, version }))
}
