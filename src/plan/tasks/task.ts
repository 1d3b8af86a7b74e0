import type { Settings } from "../../settings/resolve.js"
import { slowPackagesScript, tellSlowPackages } from "../go/slow-packages.js"
import { startedBy } from "../go/started-by.js"
import type { DetectedProject } from "../../detect/detect.js"
import { copySource } from "../stages/builder-stage.js"
import { formatNotice, sourceExclude } from "../assemble.js"
import { chooseCgo } from "../go/cgo.js"
import { chooseBuilder } from "../bases/choose-builder.js"
import { frontendStages } from "../stages/frontend-stage.js"
import { goCommand, type GoCommand } from "../go/go-command.js"
import { builtTool } from "../go/go-tool.js"
import { chooseOsPackages } from "../stages/os-packages.js"
import type { RuntimeBase } from "../bases/runtimes.js"
import {
  changeGoMod,
  compileForProjectCode,
  compileStandardLibrary,
  enteredProjectCode,
  enterProjectCode,
  prepareProjectCode,
  runProjectCode,
} from "../stages/project-code.js"
import { onMirrors } from "../bases/registry-mirror.js"
import type { RunStep, Step, Task } from "../types.js"
import { validateTask } from "../validate.js"
import { lacksGoLine, prepareModules, provideModule } from "../go/downloads.js"
import { enterModule, modulesOf } from "../go/modules.js"
import { imageTimes } from "../image/labels.js"
import type { Facts } from "../../detect/facts.js"
import type { GoVersion } from "../go/version/go-version.js"
import {
  chooseDependencyLayer,
  dependenciesOfPrograms,
  type Compiled,
  type DependencyLayer,
} from "../stages/dependencies/dependency-stage.js"
import { copyFromLayer, copyTool, toolOfLayer, toolStage, type TaskTool } from "./task-tools.js"

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
  /** Written after what is compiled, which does not depend on them. */
  commandFiles?: Step[]
  /** Commands before it; where one of them fails, that is the end. */
  before?: string[][]
  /** False where it does not look at embedded files, so that no front end is built for it. */
  compiles?: false
  /** What it compiles with the flags of the image's programs, or of tests, can come from a layer. */
  dependencies?: "vet" | "lint" | TestDependencies
  /** The command downloads further modules, and runs nothing of the project. */
  downloads?: boolean
  /** Where it runs code of the project, or lets the project say where it writes. */
  ofProject?: ProjectCode
}

/** What tests are compiled from, and the tools that run them: on another machine, none of these is compiled again. */
export interface TestDependencies extends Omit<Compiled, "copies" | "modules"> {
  tools: Readonly<Record<string, TaskTool>>
}

interface ProjectCode {
  /** A go command that compiles what it needs, and runs nothing of it. */
  compile?: string[]
  /** Where it writes besides among the project's files. */
  writes?: string[]
  /** Go commands of the project's choice are a part of it. */
  runsGo?: true
  /** The container is handed on with the command left to others. */
  entered?: true
}

/** The project's own files on its own Go, with modules and tools in place. */
export function assembleTask(
  { facts: all, settings }: DetectedProject,
  request: TaskRequest | ((runtime: RuntimeBase) => TaskRequest),
): Task {
  const { version, runtime } = chooseBuilder(all, settings)
  const asked = typeof request === "function" ? request(runtime) : request
  const facts = asked.compiles === false ? { ...all, frontends: undefined } : all
  const cgo = chooseCgo(facts, settings, runtime, undefined)
  const osPackages = chooseOsPackages(withoutRuntimePackages(settings), runtime, cgo)
  const goWithout = goCommand(settings, version, runtime, undefined, cgo, osPackages.builder)
  const layer = dependenciesOf(asked, facts, settings, version, goWithout)
  const go = layer ? { ...goWithout, dependencies: layer.use } : goWithout
  const { name, environment = {}, tools = {}, files = [], before = [], ofProject } = asked
  const { commandFiles = [] } = asked
  const task: Task = {
    stages: [
      ...osPackages.stages(go.from),
      ...Object.entries({ ...layer?.tools, ...tools }).map(([tool, how]) =>
        toolStage(tool, how, goWithout),
      ),
      ...(layer?.stages ?? []),
      ...frontendStages(facts, settings, undefined),
      {
        name,
        from: go.from,
        steps: [
          ...go.packages,
          ...go.environment,
          ...(ofProject?.compile ? [slowPackagesScript] : []),
          // With the layer, modules come from there, and vendor/ was checked for it.
          ...(layer ? enterModule(facts) : prepareModules(facts, version, go)),
          ...Object.entries(tools).map(([tool, how]) =>
            layer?.tools[tool] ? copyFromLayer(tool) : copyTool(tool, how),
          ),
          ...files,
          ...go.dependencies.steps,
          ...(layer?.of === "tests" ? loadDependencies(facts, go) : []),
          ...(ofProject || facts.hooks.preCompile
            ? prepareProjectCode(facts, go, { folders: ofProject?.writes })
            : []),
          ...(ofProject?.runsGo || facts.hooks.preCompile
            ? [compileStandardLibrary(go.mounts)]
            : []),
          ...copySource(facts, go),
          ...go.cEnvironment,
          // Not before: nothing of what precedes depends on it.
          ...Object.entries(environment).map(([name, value]) => setVariable(name, value)),
          ...(ofProject?.compile
            ? [startedBy(compileAndTell(ofProject.compile, go), go.dependencies)]
            : []),
          ...(ofProject?.entered ? enterProjectCode(go) : []),
          ...commandFiles,
          ...before.map((args) => run(args, asked, go)),
        ],
      },
    ],
    ...(layer && { dependencies: layer.of, image: imageTimes(settings) }),
    command: ofProject ? command(asked, go) : startedBy(command(asked, go), go.dependencies),
    sourceExclude: sourceExclude(facts, facts.moduleFiles),
    notices: [...facts.notices.map(formatNotice), ...version.notices, ...cgo.notices],
  }
  task.stages = onMirrors(task.stages, settings.registryMirror)
  validateTask(task)
  return task
}

interface TaskLayer extends DependencyLayer {
  of: NonNullable<Task["dependencies"]>
  /** That it has. */
  tools: Readonly<Record<string, TaskTool>>
}

/** That of the image is for the machine that builds; for another platform, packages are compiled otherwise. */
function dependenciesOf(
  { dependencies }: TaskRequest,
  facts: Facts,
  settings: Settings,
  version: GoVersion,
  go: GoCommand,
): TaskLayer | undefined {
  if (dependencies === undefined) return undefined
  if (dependencies === "vet" || dependencies === "lint") {
    if (settings.platform !== undefined) return undefined
    // `go vet` reads all packages and their tests, whose imports are known where tests were read; lint reads whole modules.
    const read = dependencies === "vet" ? facts.testImports : undefined
    const form = read ? "sources" : "archives"
    const layer = dependenciesOfPrograms(facts, settings, version, go, undefined, form, read)
    return layer && { ...layer, of: dependencies, tools: {} }
  }
  // The go command adds a line to such a go.mod while it downloads, and the layer is of go.mod as it is.
  if (modulesOf(facts).some((module) => lacksGoLine(facts, module))) return undefined
  const { tools, ...how } = dependencies
  const copies = Object.keys(tools).map((tool): Step => ({
    type: "copy",
    kind: "file",
    from: { stage: tool },
    path: builtTool(tool),
    to: toolOfLayer(tool),
  }))
  const compiled: Compiled = { ...how, modules: "archives", copies }
  const layer = chooseDependencyLayer(facts, settings, version, go, undefined, compiled)
  return layer && { ...layer, of: "tests", tools }
}

/** What took long is told, though what does not compile is left to the command that comes after. */
function compileAndTell(command: string[], { mounts }: GoCommand): RunStep {
  const step = compileForProjectCode(command, mounts)
  return { ...step, args: tellSlowPackages(step.args) }
}

/** Into the shared volumes, before code of the project gets its modules from there. */
function loadDependencies(facts: Facts, { mounts, dependencies }: GoCommand): Step[] {
  const { copies, mounts: files } = provideModule(facts, facts)
  const nothing: RunStep = { type: "run", args: ["true"], mounts: [...mounts, ...files] }
  return [...copies, startedBy(nothing, dependencies)]
}

/** The project's own tests run in the builder. */
function withoutRuntimePackages(settings: Settings): Settings {
  return { ...settings, osPackages: undefined }
}

function run(args: string[], { ofProject }: TaskRequest, go: GoCommand): RunStep {
  return ofProject ? runProjectCode(args, go) : { type: "run", args, mounts: go.mounts }
}

function command(request: TaskRequest, go: GoCommand): RunStep {
  const { args, ofProject, downloads } = request
  if (ofProject?.entered) return enteredProjectCode(args, go)
  if (!downloads) return run(args, request, go)
  return ofProject
    ? changeGoMod(args, go)
    : startedBy({ type: "run", args, mounts: go.mounts }, go.access)
}

function setVariable(name: string, value: string): Step {
  return { type: "environment", name, value }
}
