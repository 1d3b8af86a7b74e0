import { readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { reportPath, vulncheckReport } from "../../src/plan/tasks.js"
import type { Task } from "../../src/plan/types.js"
import { renderTaskDockerfile } from "../../src/render/dockerfile.js"
import type { Builder } from "../builder.js"
import { makeWorkFolder } from "../work-folder.js"

/** Runs govulncheck, and gives back what it printed as JSON. */
export async function runReport(task: Task, builder: Builder): Promise<string> {
  const folder = makeWorkFolder(tmpdir(), "go-image-")
  try {
    const path = join(folder.path, "report")
    const render = (known: string[]) => renderTaskDockerfile(task, known, reportPath)
    await builder.build({ ...task, isTask: true }, render, { type: "local", path })
    return readFileSync(join(path, vulncheckReport), "utf8")
  } finally {
    folder.remove()
  }
}
