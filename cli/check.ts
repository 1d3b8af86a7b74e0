import type { Detected } from "../src/detect/detect.js"
import {
  currentHour,
  formatTask,
  lintTask,
  testTask,
  tidyTask,
  vetTask,
  vulncheckTask,
  vulnerabilityDatabase,
} from "../src/plan/tasks.js"
import type { Task } from "../src/plan/types.js"
import { renderTaskDockerfile } from "../src/render/dockerfile.js"
import { Builder, type BuilderOptions } from "./builder.js"

/** The checks of the Dagger module, by their names; undefined where there is nothing to check. */
const checks = {
  test: (project) => testTask(project, { packages: ["./..."] }),
  vet: vetTask,
  lint: lintTask,
  format: formatTask,
  tidy: tidyTask,
  vulncheck: (project) =>
    vulncheckTask(project, { database: vulnerabilityDatabase, asOf: currentHour() }),
} satisfies Record<string, (project: Detected) => Task | undefined>

export type CheckName = keyof typeof checks

export const checkNames = Object.keys(checks) as CheckName[]

/** Of `lint`, the only one that needs something of the project. */
const skipped = "skipped, golangci-lint is not configured (.golangci.yml, .yaml, .toml or .json)"

/** `--check`: one after the other, until one fails. */
export async function check(
  project: Detected,
  names: readonly CheckName[],
  options: BuilderOptions,
): Promise<void> {
  const { terminal } = options
  // First all that can be said without an engine.
  const tasks = names.map((name) => [name, checks[name](project)] as const)
  const planned = tasks.flatMap(([, task]) => task ?? [])
  const checkAll = async (build: (task: Task) => Promise<unknown>) => {
    for (const [name, task] of tasks) {
      if (task) await build(task)
      terminal.say(`${name}: ${task ? "passed" : skipped}`)
    }
  }
  // Where everything is skipped, no engine is needed.
  if (planned.length === 0) return checkAll(() => Promise.resolve())
  await Builder.with(options, planned, (builder) =>
    checkAll((task) => {
      const render = (known: string[]) => renderTaskDockerfile(task, known)
      return builder.build(task, render, { type: "none" })
    }),
  )
}
