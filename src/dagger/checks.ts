import { dag, type Container, type Directory } from "@dagger.io/dagger"
import { CheckName } from "../plan/tasks/check-name.js"
import type { DetectedProject } from "../detect/detect.js"
import { UserError } from "../errors.js"
import { fromSource } from "../plan/tasks/module-output.js"
import {
  benchTask,
  currentHour,
  formatTask,
  lintTask,
  tidyTask,
  vetTask,
  vulncheckTask,
  vulnerabilityDatabase,
  type BenchOptions,
} from "../plan/tasks/tasks.js"
import {
  reportPath,
  testListFile,
  testListTask,
  testTask,
  type TestOptions,
} from "../plan/tasks/test-tasks.js"
import type { Task } from "../plan/types.js"
import type { Project } from "./project.js"
import { describeVulncheck } from "../plan/tasks/vulncheck-failure.js"
import type { Request } from "./request.js"

/** What a command left behind. */
export interface ExecResult {
  exitCode: number
  /** All that it printed, standard output first. */
  output: string
}

export async function execResult(container: Container): Promise<ExecResult> {
  const [exitCode, stdout, stderr] = await Promise.all([
    container.exitCode(),
    container.stdout(),
    container.stderr(),
  ])
  return {
    exitCode,
    output: [stdout, stderr]
      .map((text) => text.trim())
      .join("\n")
      .trim(),
  }
}

/** A command over one module, and what it means where it fails. */
export interface Check {
  /** Undefined where there is nothing to check by. */
  task: (module: DetectedProject, request: Request) => Task | undefined
  failure: string
  /** Said where there is no task. */
  nothing?: string
  /** Says more than the exit code does. */
  describe?: (
    finished: ExecResult,
    request: Request,
  ) => { failure: string; output: string } | undefined
}

export function testCheck(options: TestOptions): Check {
  return {
    // What a service holds is in no cache key.
    task: (module, { services }) =>
      testTask(module, {
        ...options,
        ...(services.length > 0 && { cacheKey: new Date().toISOString() }),
      }),
    failure: "tests failed",
  }
}

export function benchCheck(options: Omit<BenchOptions, "cacheKey">): Check {
  const cacheKey = new Date().toISOString()
  return {
    task: (module) => benchTask(module, { ...options, cacheKey }),
    failure: "benchmarks failed",
  }
}

/** As it runs where nobody says more. */
export function namedCheck(name: CheckName): Check {
  switch (name) {
    case CheckName.Test:
      return testCheck({ packages: ["./..."] })
    case CheckName.Vet:
      return { task: vetTask, failure: "go vet found problems" }
    case CheckName.Lint:
      return {
        task: lintTask,
        failure: "golangci-lint found problems",
        nothing: "no .golangci.yml, .yaml, .toml or .json: nothing to lint",
      }
    case CheckName.Format:
      return {
        task: formatTask,
        failure: "some files are not formatted; `fix` formats them",
      }
    case CheckName.Tidy:
      return { task: tidyTask, failure: "go.mod and go.sum are not tidy; `fix` tidies them" }
    case CheckName.Vulncheck:
      return {
        task: (module, request) =>
          vulncheckTask(module, { database: databaseOf(request), cacheKey: currentHour() }),
        failure: "govulncheck failed",
        describe: (finished, request) => describeVulncheck(finished, databaseOf(request)),
      }
  }
}

function databaseOf({ vulnerabilityDatabase: asked }: Request): string {
  return asked ?? vulnerabilityDatabase
}

/** What a check says of one module. */
interface Finding {
  /** Its folder. */
  module: string
  /** Undefined where it passes. */
  failure?: string
  output: string
}

/** Fails where one of the modules does: the message has what was found, as only that reaches the caller of a function. */
export async function mustPass(project: Project, check: Check): Promise<void> {
  failWhereOneFails(await runCheck(project, check))
}

/** What it says, where it passes. */
export async function passingText(project: Project, check: Check): Promise<string> {
  const findings = await runCheck(project, check)
  failWhereOneFails(findings)
  return printFindings(findings)
}

/** All that a check says, whether or not it passes. */
export async function textOf(project: Project, check: Check): Promise<string> {
  return printFindings(await runCheck(project, check))
}

function failWhereOneFails(findings: readonly Finding[]): void {
  const failed = findings.filter(({ failure }) => failure !== undefined)
  const [first, another] = failed
  if (!first) return
  if (findings.length === 1) throw new UserError(first.failure ?? "", { hint: first.output })
  const names = failed.map(({ module }) => module || ".").join(", ")
  throw new UserError(
    another
      ? `failed in ${failed.length} of ${findings.length} modules: ${names}`
      : `${names}: ${first.failure}`,
    { hint: another ? failed.map(printFinding).join("\n\n") : first.output },
  )
}

function printFindings(findings: readonly Finding[]): string {
  const [only, another] = findings
  const text =
    only && !another
      ? [only.failure, only.output].filter(Boolean).join("\n")
      : findings.map(printFinding).join("\n\n")
  return text && `${text}\n`
}

/** Side by side; how much of it at once, the engine decides. */
async function runCheck(project: Project, check: Check): Promise<Finding[]> {
  const modules = await project.modules()
  return Promise.all(modules.map((module) => checkModule(project, module, check)))
}

async function checkModule(project: Project, module: string, check: Check): Promise<Finding> {
  let task: Task | undefined
  try {
    task = check.task(await project.detect(module), project.request)
  } catch (error) {
    // What is wrong with one module is no reason not to check the others.
    if (!(error instanceof UserError)) throw error
    const [failure, ...output] = error.message.split("\n")
    return { module, failure, output: output.join("\n") }
  }
  if (!task) return { module, output: check.nothing ?? "nothing to check" }
  const finished = await execResult(project.run(task))
  if (finished.exitCode === 0) return { module, output: finished.output }
  const { failure = `${check.failure} (exit code ${finished.exitCode})`, output } =
    check.describe?.(finished, project.request) ?? { output: finished.output }
  return { module, failure, output: fromSource(output, module) }
}

/** What tests leave behind, whether or not they pass; of several modules, in a folder each. */
export async function testReport(project: Project, check: Check): Promise<Directory> {
  const modules = await project.modules()
  const reports = await Promise.all(
    modules.map(async (module) => {
      const task = check.task(await project.detect(module), project.request)
      if (!task) return dag.directory()
      const tested = project.run(task)
      const { exitCode, output } = await execResult(tested)
      return tested
        .directory(reportPath)
        .withNewFile("output.txt", `${output}\n`)
        .withNewFile("exit-code.txt", `${exitCode}\n`)
    }),
  )
  const [only = dag.directory(), another] = reports
  if (!another) return only
  return modules.reduce(
    (all, module, index) => all.withDirectory(module || ".", reports[index] ?? dag.directory()),
    dag.directory(),
  )
}

/** The names of the tests, of all modules, one a line. */
export async function testList(project: Project, options: TestOptions): Promise<string> {
  const modules = await project.modules()
  const lists = await Promise.all(
    modules.map(async (module) => {
      const listed = project.run(testListTask(await project.detect(module), options))
      const { exitCode, output } = await execResult(listed)
      if (exitCode === 0) return listed.file(`${reportPath}/${testListFile}`).contents()
      throw new UserError("tests could not be listed", { hint: fromSource(output, module) })
    }),
  )
  return lists.join("")
}

function printFinding({ module, failure = "passed", output }: Finding): string {
  return [`${module || "."}: ${failure}`, ...(output ? [output] : [])].join("\n")
}
