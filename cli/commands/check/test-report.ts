import { copyFileSync, existsSync, mkdirSync } from "node:fs"
import { join } from "node:path"

import { exitCodeFile } from "../../../src/plan/tasks/test-tasks.js"
import type { Task } from "../../../src/plan/types.js"
import type { Builder } from "../../build/builder.js"
import { reportFile, runReport } from "../../build/task-report.js"
import { BuildFailed, type ProgressEvent } from "../../engine/engine.js"
import { SetupError } from "../../errors.js"
import { testCounts } from "./test-counts.js"

/** What CI providers read. */
const junitFile = "junit.xml"
const files = [junitFile, "coverage.out"]

/** @returns How many tests ran. */
export async function test(
  task: Task,
  builder: Builder,
  see: (event: ProgressEvent) => void,
): Promise<string> {
  return runReport(task, builder, countsOf, { see })
}

function countsOf(report: string): string {
  return testCounts(reportFile(junitFile)(report))
}

/**
 * Runs the tests and writes their results to a folder, whether they pass or fail.
 *
 * @param task With its exit code in the report.
 * @returns How many tests ran.
 */
export async function testWithReport(
  task: Task,
  builder: Builder,
  folder: string,
  see: (event: ProgressEvent) => void,
): Promise<string> {
  const printed = new Printed()
  const { exitCode, counts } = await runReport(
    task,
    builder,
    (report) => {
      write(report, folder)
      const exitCode = Number(reportFile(exitCodeFile)(report))
      return { exitCode, counts: exitCode === 0 ? countsOf(report) : "" }
    },
    {
      see: (event) => {
        printed.see(event)
        see(event)
      },
    },
  )
  if (exitCode !== 0) throw new BuildFailed(printed.step, printed.text, exitCode)
  return counts
}

function write(report: string, folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    // Where a package does not compile, there may be no coverage.
    for (const file of files.filter((each) => existsSync(join(report, each)))) {
      copyFileSync(join(report, file), join(folder, file))
    }
  } catch (error) {
    throw new SetupError(
      `the results could not be written (--test-report): ${(error as Error).message}`,
    )
  }
}

/** What the tests print; it was shown only where `--verbose` asks for it. */
class Printed {
  step = "test"
  text = ""
  private id: string | undefined

  see(event: ProgressEvent): void {
    if (event.type === "step-started" && event.name.includes(exitCodeFile)) {
      this.id = event.id
      this.step = event.name
    }
    if (event.type === "log" && event.id === this.id) this.text += event.text
  }
}
