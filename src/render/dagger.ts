import { dag, type Container, type Directory, type File, type Platform } from "@dagger.io/dagger"
import { InternalError } from "../errors.js"
import type {
  Base,
  CopyStep,
  ImageConfig,
  Mount,
  Origin,
  Plan,
  RunStep,
  Stage,
  Step,
} from "../plan/types.js"

/** The plan as containers: an operation for each step, nothing decided here. The last stage is the image. */
export interface Rendered {
  image: Container
  /** A stage by its name, without the image's configuration. */
  stage: (name: string) => Container
}

export function renderDagger(plan: Plan, source: Directory): Rendered {
  const stages = new Map<string, Container>()
  const stage = (name: string): Container => {
    const container = stages.get(name)
    if (!container) throw new InternalError(`no stage ${name} before its use`)
    return container
  }
  const context: Context = { source: source.filter({ exclude: plan.sourceExclude }), stage }
  let last = dag.container()
  for (const each of plan.stages) {
    last = renderStage(each, context)
    stages.set(each.name, last)
  }
  return { image: renderImageConfig(last, plan.image), stage }
}

interface Context {
  source: Directory
  stage: (name: string) => Container
}

function renderStage({ from, steps }: Stage, context: Context): Container {
  const base = renderBase(from, context)
  return steps.reduce((container, step) => renderStep(container, step, context), base)
}

function renderBase(from: Base, { stage }: Context): Container {
  if ("stage" in from) return stage(from.stage)
  const { platform } = from
  // An empty container is of the engine's platform, which is the machine that builds.
  const empty =
    platform === undefined || platform === "build"
      ? dag.container()
      : dag.container({ platform: platform.target as Platform })
  return "image" in from ? empty.from(from.image) : empty
}

function renderStep(container: Container, step: Step, context: Context): Container {
  switch (step.type) {
    case "environment":
      return container.withEnvVariable(step.name, step.value)
    case "working-directory":
      return container.withWorkdir(step.path)
    case "file":
      return container.withNewFile(step.path, step.content, {
        permissions: step.mode,
        owner: step.owner,
      })
    case "copy":
      return renderCopy(container, step, context)
    case "run":
      return renderRun(container, step, context)
  }
}

function renderCopy(
  container: Container,
  { kind, from, path, to, exclude, owner }: CopyStep,
  context: Context,
): Container {
  return kind === "file"
    ? container.withFile(to, file(from, path, context), { owner })
    : container.withDirectory(to, directory(from, path, context), { exclude, owner })
}

/** Mounts last for the step alone, as in a Dockerfile. */
function renderRun(container: Container, { args, mounts }: RunStep, context: Context): Container {
  const mounted = mounts.reduce((each, mount) => renderMount(each, mount, context), container)
  return mounts.reduce((each, { target }) => each.withoutMount(target), mounted.withExec(args))
}

function renderMount(container: Container, mount: Mount, context: Context): Container {
  if (mount.type === "cache")
    return container.withMountedCache(mount.target, dag.cacheVolume(mount.id))
  const { kind, from, path, target } = mount
  return kind === "file"
    ? container.withMountedFile(target, file(from, path, context))
    : container.withMountedDirectory(target, directory(from, path, context))
}

function directory(from: Origin, path: string, { source, stage }: Context): Directory {
  if ("source" in from) return path === "." ? source : source.directory(path)
  return path === "/" ? stage(from.stage).rootfs() : stage(from.stage).directory(path)
}

function file(from: Origin, path: string, { source, stage }: Context): File {
  return "source" in from ? source.file(path) : stage(from.stage).file(path)
}

function renderImageConfig(container: Container, image: ImageConfig): Container {
  let configured = container.withWorkdir(image.workingDirectory)
  for (const { name, value } of image.environment)
    configured = configured.withEnvVariable(name, value)
  for (const { name, value } of image.labels) configured = configured.withLabel(name, value)
  for (const port of image.ports) configured = configured.withExposedPort(port)
  configured = configured.withUser(image.user)
  configured =
    image.entrypoint.length > 0
      ? configured.withEntrypoint(image.entrypoint)
      : configured.withoutEntrypoint()
  return configured.withDefaultArgs(image.command)
}
