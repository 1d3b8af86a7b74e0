import { copyFileSync, existsSync, mkdirSync } from "node:fs"
import { join } from "node:path"

import { exitCodeFile } from "../../../src/plan/tasks/test-tasks.js"
import type { Task } from "../../../src/plan/types.js"
import type { Builder } from "../../build/builder.js"
import { reportFile, runReport } from "../../build/task-report.js"
import { BuildFailed, type ProgressEvent } from "../../engine/engine.js"
import { SetupError } from "../../errors.js"

/** What CI providers read. */
const files = ["junit.xml", "coverage.out"]

/**
 * Runs the tests and writes their results to a folder, whether they pass or fail.
 *
 * @param task With its exit code in the report.
 */
export async function testWithReport(task: Task, builder: Builder, folder: string): Promise<void> {
  const printed = new Printed()
  const see = (event: ProgressEvent) => {
    printed.see(event)
  }
  const exitCode = await runReport(
    task,
    builder,
    (report) => {
      write(report, folder)
      return Number(reportFile(exitCodeFile)(report))
    },
    { see },
  )
  if (exitCode !== 0) throw new BuildFailed(printed.step, printed.text, exitCode)
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
