import type { Plan, Stage, Step, Task } from "../plan/types.js"
import { exact, instruction, renderBase, renderImageConfig, renderStep } from "./instructions.js"
import { argumentsOfImage } from "./release-arguments.js"
import { quote } from "./words.js"

/**
 * The plan as a Dockerfile: an instruction for each step, nothing decided here. For BuildKit 0.25 (Docker 28.5) or newer,
 * the first with `COPY --exclude`.
 *
 * Build arguments are seen by the programs of the steps, and are not part of the image: stages that it is made of have none,
 * since its history would tell them, and be another one on another machine. What a release is called is another matter: the
 * image's labels have it, and its history is that of a Dockerfile that is kept, where it is an argument.
 */
export function renderDockerfile(plan: Plan, buildArguments: readonly string[] = []): string {
  const ofImage = stagesOfImage(plan.stages)
  const stages = plan.stages.map((stage) =>
    renderStage(stage, ofImage.has(stage.name) ? [] : buildArguments),
  )
  const given = argumentsOfImage(plan.image, plan.arguments).map(
    ({ name, value }) => `${name}=${quote(value)}`,
  )
  const config = [
    ...(given.length > 0 ? [instruction(`ARG ${given.join(" ")}`)] : []),
    renderImageConfig(plan.image),
  ]
  return `${[...stages, config.join("\n")].join("\n\n")}\n`
}

/** The last one, and those that it begins with. */
function stagesOfImage(stages: readonly Stage[]): Set<string> {
  const names = new Set<string>()
  for (let stage = stages.at(-1); stage && !names.has(stage.name);) {
    names.add(stage.name)
    const { from } = stage
    stage = "stage" in from ? stages.find(({ name }) => name === from.stage) : undefined
  }
  return names
}

/**
 * A task in the same way: its command is the last step, and there is no image to configure.
 *
 * @param report Folder that alone is the output.
 */
export function renderTaskDockerfile(
  task: Task,
  buildArguments: readonly string[] = [],
  report?: string,
): string {
  const last = task.stages.length - 1
  const stages = task.stages.map((stage, index) =>
    renderStage(stage, buildArguments, index === last ? [task.command] : []),
  )
  const from = { stage: task.stages[last]?.name ?? "" }
  const output: Stage[] =
    report === undefined
      ? []
      : [
          {
            name: "report",
            from: { scratch: true },
            steps: [{ type: "copy", kind: "directory", from, path: report, to: "/" }],
          },
        ]
  const all = [...stages, ...output.map((stage) => renderStage(stage, []))]
  return `${all.join("\n\n")}\n`
}

/** Of Docker Hub: what makes a build of a Dockerfile. */
export const dockerfileFrontend = "docker/dockerfile:1"

/** For a builder that may be older than this Dockerfile: it fetches a frontend that reads it. */
export function withSyntax(dockerfile: string, frontend = dockerfileFrontend): string {
  return `# syntax=${frontend}\n${dockerfile}`
}

function renderStage(
  { name, from, steps: own }: Stage,
  buildArguments: readonly string[],
  further: readonly Step[] = [],
): string {
  const steps = [...own, ...further]
  const runs = steps.some(({ type }) => type === "run")
  return [
    instruction(`FROM ${renderBase(from)} AS ${name}`),
    ...(runs ? buildArguments.map((argument) => instruction(`ARG ${argument}`)) : []),
    ...steps.map((step) => renderStep(step, exact)),
  ].join("\n")
}
