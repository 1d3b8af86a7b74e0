import type { Settings } from "../settings/resolve.js"
import type { Detected } from "../detect/detect.js"
import { copySource } from "./builder-stage.js"
import { formatNotice, sourceExclude } from "./assemble.js"
import { chooseCgo } from "./cgo.js"
import { goCommand, type GoCommand } from "./go-command.js"
import { goToolStage, builtTool, type GoTool } from "./go-tool.js"
import { resolveGoVersion } from "./go-version.js"
import { prepareModules } from "./modules.js"
import { chooseOsPackages } from "./os-packages.js"
import { chooseRuntime, type RuntimeBase } from "./runtimes.js"
import type { Stage, Step, Task } from "./types.js"
import { validateTask } from "./validate.js"

/** A command over the project, and what it needs besides Go. */
export interface TaskRequest {
  /** Of the stage that it runs in. */
  name: string
  args: string[]
  environment?: Readonly<Record<string, string>>
  /** By the names that the command has for them. */
  tools?: Readonly<Record<string, TaskTool>>
  /** Written before the command runs. */
  files?: Step[]
  /** Commands before it; where one of them fails, that is the end. */
  before?: string[][]
  /** The command downloads further modules, and runs nothing of the project. */
  downloads?: boolean
}

/** Compiled, or taken from an image that has it. */
export type TaskTool = GoTool | { image: string; path: string }

const toolsFolder = "/usr/local/bin"

/** The project's own files on its own Go, with modules and tools in place. */
export function assembleTask(
  { facts, settings }: Detected,
  request: TaskRequest | ((runtime: RuntimeBase) => TaskRequest),
): Task {
  const version = resolveGoVersion(facts, settings.goVersion)
  const runtime = chooseRuntime(settings.runtime, version)
  const cgo = chooseCgo(facts, settings, runtime, undefined)
  const osPackages = chooseOsPackages(withoutRuntimePackages(settings), runtime, cgo)
  const go = goCommand(settings, version, runtime, undefined, cgo, osPackages.builder)
  const asked = typeof request === "function" ? request(runtime) : request
  const { name, args, environment = {}, tools = {}, files = [], before = [], downloads } = asked
  const task: Task = {
    stages: [
      ...osPackages.stages(go.from),
      ...Object.entries(tools).map(([tool, how]) => toolStage(tool, how, go)),
      {
        name,
        from: go.from,
        steps: [
          ...go.packages,
          ...go.environment,
          ...prepareModules(facts, version, go),
          ...Object.entries(tools).map(([tool, how]) => copyTool(tool, how)),
          ...files,
          ...copySource(facts, go),
          ...go.cEnvironment,
          // Not before: nothing of what precedes depends on it.
          ...Object.entries(environment).map(([name, value]) => setVariable(name, value)),
          ...before.map((args) => ({ type: "run" as const, args, mounts: go.mounts })),
        ],
      },
    ],
    command: {
      type: "run",
      args,
      mounts: downloads ? [...go.mounts, ...go.credentials] : go.mounts,
    },
    sourceExclude: sourceExclude(facts, facts.moduleFiles),
    notices: [...facts.notices.map(formatNotice), ...version.notices, ...cgo.notices],
  }
  validateTask(task)
  return task
}

/** The project's own tests run in the builder. */
function withoutRuntimePackages(settings: Settings): Settings {
  return { ...settings, osPackages: undefined }
}

function toolStage(name: string, tool: TaskTool, go: GoCommand): Stage {
  if ("image" in tool) return { name, from: { image: tool.image }, steps: [] }
  // Its own go.mod says what it needs, which may be newer than the project's Go.
  const environment = go.environment.map((step) =>
    step.type === "environment" && step.name === "GOTOOLCHAIN" ? { ...step, value: "auto" } : step,
  )
  return goToolStage(name, name, tool, { ...go, environment })
}

function copyTool(name: string, tool: TaskTool): Step {
  return {
    type: "copy",
    kind: "file",
    from: { stage: name },
    path: "image" in tool ? tool.path : builtTool(name),
    to: `${toolsFolder}/${name}`,
  }
}

function setVariable(name: string, value: string): Step {
  return { type: "environment", name, value }
}
