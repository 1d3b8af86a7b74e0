import { InternalError } from "../errors.js"
import { shortPort } from "../settings/ports.js"
import type {
  Base,
  CopyStep,
  ImageConfig,
  Mount,
  Plan,
  Stage,
  StagePlatform,
  Step,
  Task,
} from "../plan/types.js"

/**
 * The plan as a Dockerfile: an instruction for each step, nothing decided here. For BuildKit 0.25 (Docker 28.5) or newer,
 * the first with `COPY --exclude`.
 *
 * Build arguments are seen by the programs of the steps, and are not part of the image: stages that it is made of have none,
 * since its history would tell them, and be another one on another machine.
 */
export function renderDockerfile(plan: Plan, buildArguments: readonly string[] = []): string {
  const ofImage = stagesOfImage(plan.stages)
  const stages = plan.stages.map((stage) =>
    renderStage(stage, ofImage.has(stage.name) ? [] : buildArguments),
  )
  return `${[...stages, renderImageConfig(plan.image)].join("\n\n")}\n`
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
    ...steps.map(renderStep),
  ].join("\n")
}

function renderBase(from: Base): string {
  if ("stage" in from) return from.stage
  return platformFlag(from.platform) + ("image" in from ? from.image : "scratch")
}

function platformFlag(platform: StagePlatform | undefined): string {
  if (platform === undefined) return ""
  return `--platform=${platform === "build" ? "$BUILDPLATFORM" : platform.target} `
}

function renderStep(step: Step): string {
  switch (step.type) {
    case "environment":
      return instruction(`ENV ${step.name}=${quote(step.value)}`)
    case "working-directory":
      return instruction(`WORKDIR ${quote(step.path)}`)
    case "user":
      return `USER ${step.user}`
    case "copy":
      return renderCopy(step)
    case "file": {
      const mode = step.mode.toString(8).padStart(4, "0")
      const marker = freeMarker(step.content)
      return [
        instruction(
          `COPY${ownerFlag(step.owner)} --chmod=${mode} <<"${marker}" ${quote(step.path)}`,
        ),
        step.content + marker,
      ].join("\n")
    }
    case "run": {
      const [first = "", ...more] = [
        ...step.mounts.map((mount) => `--mount=${renderMount(mount)}`),
        JSON.stringify(step.args),
      ]
      const run = instruction(`RUN ${first}`, ...more)
      return step.user === undefined ? run : `USER ${step.user}\n${run}\nUSER root`
    }
  }
}

function renderCopy({ kind, from, path, to, exclude = [], owner }: CopyStep): string {
  const flags = ("stage" in from ? ` --from=${from.stage}` : "") + ownerFlag(owner)
  // A folder's contents go below the target, a file becomes the target.
  const slash = kind === "directory" && !to.endsWith("/") ? "/" : ""
  const words = jsonWords([path, to + slash])
  if (exclude.length === 0) return instruction(`COPY${flags} ${words}`)
  const patterns = exclude.map((pattern) => `--exclude=${flagPattern(pattern)}`)
  return instruction(`COPY${flags}`, ...patterns, words)
}

/** A flag, in it a line of CSV, in its fields a word that is expanded: each has signs of its own. */
function renderMount(mount: Mount): string {
  const fields = [
    `type=${mount.type}`,
    ...("from" in mount && "stage" in mount.from ? [`from=${mount.from.stage}`] : []),
    ...("path" in mount ? [`source=${escape(mount.path)}`] : []),
    ...("id" in mount ? [`id=${mount.id}`] : []),
    `target=${escape(mount.target)}`,
    ...("mode" in mount ? [`mode=${mount.mode?.toString(8).padStart(4, "0")}`] : []),
  ]
  return flagValue(fields.map(csvField).join(","))
}

function renderImageConfig(image: ImageConfig): string {
  return [
    ...image.environment.map(
      ({ name, value, beforeOwn }) => `ENV ${name}=${quote(value)}${beforeOwn ? `:$${name}` : ""}`,
    ),
    ...image.labels.map(({ name, value }) => `LABEL ${quote(name)}=${quote(value)}`),
    ...image.ports.map((port) => `EXPOSE ${shortPort(port)}`),
    ...(image.volumes ? [`VOLUME ${JSON.stringify(image.volumes)}`] : []),
    ...(image.stopSignal ? [`STOPSIGNAL ${image.stopSignal}`] : []),
    ...(image.healthCheck ? [`HEALTHCHECK CMD ${JSON.stringify(image.healthCheck)}`] : []),
    `USER ${image.user}`,
    `ENTRYPOINT ${JSON.stringify(image.entrypoint)}`,
    ...(image.command.length > 0 ? [`CMD ${JSON.stringify(image.command)}`] : []),
  ]
    .map((line) => instruction(line))
    .join("\n")
}

/**
 * One instruction, on a line for each part. Nothing in a part ends its line, so that what a plan says is never an
 * instruction of its own; only the contents of files have lines.
 */
function instruction(...parts: string[]): string {
  for (const part of parts) {
    if (/[\n\r\0]/.test(part)) {
      throw new InternalError(`a line break in an instruction: ${JSON.stringify(part)}`)
    }
  }
  return parts.join(" \\\n    ")
}

function ownerFlag(owner: string | undefined): string {
  return owner === undefined ? "" : ` --chown=${owner}`
}

/** A word in which BuildKit expands nothing: quoted only where it has to be, so that the usual ones stay readable. */
function quote(value: string): string {
  return /^[\w./:@%+,=-]+$/.test(value) ? value : `"${value.replace(/["\\$]/g, "\\$&")}"`
}

/** The same without quotes around it, for places where blanks are no matter. */
function escape(value: string): string {
  return value.replace(/["'\\$]/g, "\\$&")
}

/** The words of COPY in JSON form are expanded after the JSON is read. */
function jsonWords(words: string[]): string {
  return JSON.stringify(words.map(escape))
}

/** A flag's value ends at the first blank that is not escaped. */
function flagValue(value: string): string {
  return value.replace(/[\s"'\\]/g, "\\$&")
}

/** BuildKit reads flags byte by byte, and a line is a line; in a pattern, any letter will do in a special one's place. */
function flagPattern(pattern: string): string {
  return flagValue(pattern.replace(/[^ -~]/gu, "?"))
}

/** Mounts are read as one line of CSV. */
function csvField(field: string): string {
  return /[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}

/** A heredoc's last line, which its content must not have. */
function freeMarker(content: string): string {
  const lines = new Set(content.split(/\r*\n/))
  let marker = "EOF"
  while (lines.has(marker)) marker += "_"
  return marker
}
