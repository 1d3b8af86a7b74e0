import { readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { reportPath } from "../../src/plan/tasks/test-tasks.js"
import type { Task } from "../../src/plan/types.js"
import { renderTaskDockerfile } from "../../src/render/dockerfile.js"
import type { ProgressEvent } from "../engine/engine.js"
import type { Builder } from "./builder.js"
import { makeWorkFolder } from "../system/work-folder.js"
import type { CacheUse } from "./planned.js"

/**
 * Runs a task that leaves a report.
 *
 * @returns What is read of the report's folder.
 */
export async function runReport<T>(
  task: Task,
  builder: Builder,
  read: (folder: string) => T,
  how: { cache?: CacheUse; see?: (event: ProgressEvent) => void } = {},
): Promise<T> {
  const folder = makeWorkFolder(tmpdir(), "go-image-")
  try {
    const path = join(folder.path, "report")
    const render = (known: string[]) => renderTaskDockerfile(task, known, reportPath)
    await builder.build({ ...task, isTask: true }, render, { type: "local", path }, how)
    return read(path)
  } finally {
    folder.remove()
  }
}

/** One file of a report. */
export function reportFile(name: string): (folder: string) => string {
  return (folder) => readFileSync(join(folder, name), "utf8")
}
