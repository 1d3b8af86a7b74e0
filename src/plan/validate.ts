import { InternalError } from "../errors.js"
import { portNumber } from "../settings/ports.js"
import type { Origin, Plan, Stage, Step, Task } from "./types.js"

/** Checks what the types cannot say, so that a renderer meets only plans that it can carry out. */
export function validatePlan(plan: Plan): void {
  validateStages(plan.stages)
  const { image } = plan
  require(/^\d+:\d+$/.test(image.user), `user ${image.user}: expected uid:gid`)
  for (const { name, value } of image.environment) requireVariable(name, value)
  for (const { name, value } of [...image.labels, ...(image.annotations ?? [])]) {
    requireOneLine(name, value)
  }
  for (const port of image.ports) {
    require(/^[1-9]\d{0,4}\/(?:tcp|udp)$/.test(port) &&
      portNumber(port) < 65536, `port ${String(port)}`)
  }
  for (const volume of image.volumes ?? []) requireAbsolute(volume)
  require(/^SIG[A-Z0-9+-]+$/.test(image.stopSignal ?? "SIGTERM"), `signal ${image.stopSignal}`)
  require(image.entrypoint.length + image.command.length > 0, "an image that runs nothing")
}

export function validateTask({ stages, command }: Task): void {
  validateStep(command, validateStages(stages))
}

function validateStages(stages: readonly Stage[]): ReadonlySet<string> {
  require(stages.length > 0, "a plan without stages")
  const earlier = new Set<string>()
  for (const stage of stages) {
    validateStage(stage, earlier)
    earlier.add(stage.name)
  }
  return earlier
}

function validateStage({ name, from, steps }: Stage, earlier: ReadonlySet<string>): void {
  require(/^[a-z][a-z0-9-]*$/.test(name), `stage name ${name}`)
  require(!earlier.has(name), `a second stage ${name}`)
  if ("stage" in from)
    require(earlier.has(from.stage), `${name} starts from ${from.stage}, which is not before it`)
  if ("image" in from) {
    require(/^[a-z0-9][\w.:/@+-]*$/i.test(from.image), `image reference ${from.image}`)
  }
  for (const step of steps) validateStep(step, earlier)
}

function validateStep(step: Step, earlier: ReadonlySet<string>): void {
  const requireOrigin = (origin: Origin, path: string) => {
    if ("stage" in origin) {
      require(earlier.has(origin.stage), `a copy from ${origin.stage}, which is not before it`)
      requireAbsolute(path)
    } else {
      requirePath(!path.startsWith("/"), path)
    }
  }
  switch (step.type) {
    case "environment":
      return requireVariable(step.name, step.value)
    case "working-directory":
      return requireAbsolute(step.path)
    case "user":
      return requireOwner(step.user)
    case "file":
      requireOwner(step.owner)
      requireAbsolute(step.path)
      require(!/\s/.test(
        step.path,
      ), `path ${step.path}: a Dockerfile cannot write a file with blanks in its name`)
      return require(/^$|\n$/.test(step.content), `file ${step.path}: its last line has no end`)
    case "copy":
      requireOrigin(step.from, step.path)
      requireAbsolute(step.to)
      requireOwner(step.owner)
      return require(step.exclude === undefined ||
        step.kind === "directory", "a file copied with exclusions")
    case "run":
      require(step.args.length > 0, "a run step without a program")
      requireOwner(step.user)
      for (const mount of step.mounts) {
        requireAbsolute(mount.target)
        requireAscii(mount.target)
        if (mount.type === "bind") requireAscii(mount.path)
        if (mount.type === "bind") requireOrigin(mount.from, mount.path)
        else if (mount.type !== "tmpfs")
          require(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(mount.id), `${mount.type} ${mount.id}`)
      }
      return
  }
}

function requireOwner(owner: string | undefined): void {
  require(owner === undefined || /^\d+:\d+$/.test(owner), `owner ${owner}: expected uid:gid`)
}

function requireAbsolute(path: string): void {
  requirePath(path.startsWith("/"), path)
}

function requirePath(isGood: boolean, path: string): void {
  require(isGood && !path.split("/").includes(".."), `path ${path}`)
  require(!/[\n\r\0]/.test(path), `path ${JSON.stringify(path)}`)
}

/** BuildKit reads the flags of an instruction byte by byte. */
function requireAscii(path: string): void {
  require(/^[\t -~]*$/.test(path), `a mount of ${path}: a Dockerfile cannot have it in a flag`)
}

function requireVariable(name: string, value: string): void {
  require(/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name), `variable ${JSON.stringify(name)}`)
  requireOneLine(name, value)
}

function requireOneLine(name: string, value: string): void {
  require(name !== "" && !/[\n\r\0=]/.test(name), `${JSON.stringify(name)} as a name`)
  require(!/[\n\r\0]/.test(value), `${name}: expected one line`)
}

function require(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new InternalError(`invalid plan: ${otherwise}`)
}
