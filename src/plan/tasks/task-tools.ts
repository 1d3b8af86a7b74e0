import type { GoCommand } from "../go/go-command.js"
import { builtTool, goToolStage, type GoTool } from "../go/go-tool.js"
import { ownBuildProgramStage } from "../programs/own-program.js"
import { dependenciesStageName } from "../stages/dependencies/dependency-stage.js"
import type { Stage, Step } from "../types.js"

/** Compiled, of our own files or of a Go module, or taken from an image that has it. */
export type TaskTool =
  GoTool | { files: Readonly<Record<string, string>> } | { image: string; path: string }

const toolsFolder = "/usr/local/bin"

/** Makes a tool, under its name. */
export function toolStage(name: string, tool: TaskTool, go: GoCommand): Stage {
  if ("image" in tool) return { name, from: { image: tool.image }, steps: [] }
  // Its own go.mod says what it needs, which may be newer than the project's Go.
  const environment = go.environment.map((step) =>
    step.type === "environment" && step.name === "GOTOOLCHAIN" ? { ...step, value: "auto" } : step,
  )
  const compiler = { ...go, environment }
  return "files" in tool
    ? ownBuildProgramStage(name, `/${name}`, builtTool(name), tool.files, compiler)
    : goToolStage(name, name, tool, compiler)
}

/** Where a task finds a tool. */
export function taskToolPath(name: string): string {
  return `${toolsFolder}/${name}`
}

export function copyTool(name: string, tool: TaskTool): Step {
  return {
    type: "copy",
    kind: "file",
    from: { stage: name },
    path: "image" in tool ? tool.path : builtTool(name),
    to: taskToolPath(name),
  }
}

/** Where the layer of the tests has it. */
export function toolOfLayer(name: string): string {
  return `/tools/${name}`
}

export function copyFromLayer(name: string): Step {
  return {
    type: "copy",
    kind: "file",
    from: { stage: dependenciesStageName },
    path: toolOfLayer(name),
    to: taskToolPath(name),
  }
}
