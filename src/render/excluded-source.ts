import type { Mount, Origin, Plan, Stage, Step } from "../plan/types.js"

const sourceStageName = "source"

/**
 * A plan for whoever builds its Dockerfile with nothing beside it, such as a .dockerignore: what is not part of the source
 * is left out by a stage of its own. Of every project, that is version control (`neverSource`): the go command would say by
 * itself what it finds there, and a hook would see the passwords that a pipeline leaves in it.
 */
export function excludeInStage(plan: Plan, exclude: string[]): Plan {
  const stages = plan.stages.map((stage) => ({ ...stage, steps: stage.steps.map(fromStage) }))
  const copy: Step = {
    type: "copy",
    kind: "directory",
    from: { source: true },
    path: ".",
    to: "/",
    exclude,
  }
  const source: Stage = {
    name: sourceStageName,
    about: "is the project without the files that a build must not see",
    from: { scratch: true },
    steps: [copy],
  }
  return { ...plan, stages: [source, ...stages] }
}

function fromStage(step: Step): Step {
  if (step.type === "copy") return moved(step)
  return step.type === "run" ? { ...step, mounts: step.mounts.map(mountFromStage) } : step
}

function mountFromStage(mount: Mount): Mount {
  return mount.type === "bind" ? moved(mount) : mount
}

function moved<T extends { from: Origin; path: string }>(each: T): T {
  if (!("source" in each.from)) return each
  const path = each.path === "." ? "/" : `/${each.path}`
  return { ...each, from: { stage: sourceStageName }, path }
}
