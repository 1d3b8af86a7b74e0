import {
  dag,
  NetworkProtocol,
  ReturnType,
  type Container,
  type Directory,
  type File,
  type Platform,
  type Secret,
  type Service,
  type Socket,
} from "@dagger.io/dagger"
import { InternalError } from "../errors.js"
import { isTcp, portNumber, type Port } from "../settings/ports.js"
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
  Task,
} from "../plan/types.js"

/** The caller's things that a plan has only names of. */
export interface Inputs {
  source: Directory
  /** Instead of what a registry has under these references. */
  bases?: Readonly<Record<string, Container>>
  /** A secret that is not here is not there in the build either. */
  secrets?: Readonly<Record<string, Secret | undefined>>
  /** What is no secret, and mounted like one. */
  files?: Readonly<Record<string, File | undefined>>
  /** Of an SSH agent. */
  ssh?: Socket
  /** For the command of a task, by their host names. */
  services?: readonly { name: string; service: Service }[]
  /** For the command of a task. */
  variables?: readonly { name: string; value: string }[]
}

export interface Rendered {
  image: Container
  /** A stage by its name, without the image's configuration. */
  stage: (name: string) => Container
}

/** The plan as containers: an operation for each step, nothing decided here. The last stage is the image. */
export function renderDagger(plan: Plan, inputs: Inputs): Rendered {
  const { last, stage } = renderStages(plan, inputs)
  return { image: renderImageConfig(last, plan.image), stage }
}

/** The container that a task's command runs in, with all that it needs in place. */
export function renderTaskContainer(task: Task, inputs: Inputs): Container {
  const { last, context } = renderStages(task, inputs)
  const { mounts } = task.command
  const mounted = mounts.reduce((each, mount) => renderMount(each, mount, context), last)
  const { services = [], variables = [] } = inputs
  const told = variables.reduce(
    (each, { name, value }) => each.withEnvVariable(name, value),
    asUser(mounted, task.command),
  )
  return services.reduce((each, { name, service }) => each.withServiceBinding(name, service), told)
}

/** The same once the command has run, whether or not it failed: what it wrote, and its exit code. */
export function renderTask(task: Task, inputs: Inputs): Container {
  const container = renderTaskContainer(task, inputs)
  return container.withExec(task.command.args, { expect: ReturnType.Any })
}

function renderStages(
  { stages: planned, sourceExclude }: Pick<Plan, "stages" | "sourceExclude">,
  inputs: Inputs,
) {
  const stages = new Map<string, Container>()
  const stage = (name: string): Container => {
    const container = stages.get(name)
    if (!container) throw new InternalError(`no stage ${name} before its use`)
    return container
  }
  const source = inputs.source.filter({ exclude: sourceExclude })
  const context: Context = { ...inputs, source, stage }
  let last = dag.container()
  for (const each of planned) {
    last = renderStage(each, context)
    stages.set(each.name, last)
  }
  return { last, stage, context }
}

interface Context extends Inputs {
  stage: (name: string) => Container
}

function renderStage({ from, steps }: Stage, context: Context): Container {
  const base = renderBase(from, context)
  return steps.reduce((container, step) => renderStep(container, step, context), base)
}

function renderBase(from: Base, { stage, bases = {} }: Context): Container {
  if ("stage" in from) return stage(from.stage)
  const given = "image" in from ? bases[from.image] : undefined
  if (given) return given
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
    case "user":
      return container.withUser(step.user)
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
function renderRun(container: Container, step: RunStep, context: Context): Container {
  const { args, mounts, user } = step
  const mounted = mounts.reduce((each, mount) => renderMount(each, mount, context), container)
  const ran = asUser(mounted, step).withExec(args)
  return mounts.reduce(
    (each, mount) => renderUnmount(each, mount, context),
    user === undefined ? ran : ran.withUser("root"),
  )
}

function asUser(container: Container, { user }: RunStep): Container {
  return user === undefined ? container : container.withUser(user)
}

function renderMount(container: Container, mount: Mount, context: Context): Container {
  if (mount.type === "cache")
    return container.withMountedCache(mount.target, dag.cacheVolume(mount.id))
  if (mount.type === "tmpfs") return container.withMountedTemp(mount.target)
  if (mount.type === "secret") {
    const secret = context.secrets?.[mount.id]
    const file = context.files?.[mount.id]
    if (file) return container.withMountedFile(mount.target, file)
    return secret ? container.withMountedSecret(mount.target, secret) : container
  }
  if (mount.type === "ssh") {
    return context.ssh ? container.withUnixSocket(mount.target, context.ssh) : container
  }
  const { kind, from, path, target } = mount
  return kind === "file"
    ? container.withMountedFile(target, file(from, path, context))
    : container.withMountedDirectory(target, directory(from, path, context))
}

function renderUnmount(container: Container, mount: Mount, context: Context): Container {
  // What nobody gave was not mounted.
  const { secrets, files, ssh } = context
  if (mount.type === "secret" && !secrets?.[mount.id] && !files?.[mount.id]) return container
  if (mount.type === "ssh") return ssh ? container.withoutUnixSocket(mount.target) : container
  return container.withoutMount(mount.target)
}

function directory(from: Origin, path: string, { source, stage }: Context): Directory {
  if ("source" in from) return path === "." ? source : source.directory(path)
  return path === "/" ? stage(from.stage).rootfs() : stage(from.stage).directory(path)
}

function file(from: Origin, path: string, { source, stage }: Context): File {
  return "source" in from ? source.file(path) : stage(from.stage).file(path)
}

/** What a Dagger engine has no operation for, and a Dockerfile has. */
export function notRendered({ volumes, stopSignal }: ImageConfig): string[] {
  return [...(volumes ? ["volumes"] : []), ...(stopSignal ? ["stop-signal"] : [])].map(
    (option) =>
      `--${option}: a Dagger engine cannot set it in an image; the Dockerfile that the function dockerfile writes has it`,
  )
}

function renderImageConfig(container: Container, image: ImageConfig): Container {
  let configured = container
  for (const { name, value, beforeOwn } of image.environment)
    configured = beforeOwn
      ? configured.withEnvVariable(name, `${value}:\${${name}}`, { expand: true })
      : configured.withEnvVariable(name, value)
  for (const { name, value } of image.labels) configured = configured.withLabel(name, value)
  for (const { name, value } of image.annotations ?? [])
    configured = configured.withAnnotation(name, value)
  for (const [index, port] of image.ports.entries())
    configured = configured.withExposedPort(portNumber(port), {
      protocol: protocol(port),
      // A service is waited for until it listens: on the first one, which a program opens in any case.
      experimentalSkipHealthcheck: index > 0 || !isTcp(port) || undefined,
    })
  if (image.healthCheck) configured = configured.withDockerHealthcheck(image.healthCheck)
  configured = configured.withUser(image.user)
  configured =
    image.entrypoint.length > 0
      ? configured.withEntrypoint(image.entrypoint)
      : configured.withoutEntrypoint()
  return configured.withDefaultArgs(image.command)
}

/** TCP is the engine's default. */
function protocol(port: Port): NetworkProtocol | undefined {
  return isTcp(port) ? undefined : NetworkProtocol.Udp
}
