import type { Base, Plan, Step } from "../../../src/plan/types.js"
import type { Instruction } from "./dockerfile-reader.js"

/** The instructions that a plan stands for, as the reader gives them. */
export function instructionsOf({ stages, image }: Plan): Instruction[] {
  return [
    ...stages.flatMap(({ name, from, steps }) => [
      {
        FROM: "image" in from ? from.image : "stage" in from ? from.stage : "scratch",
        as: name,
        ...platformOf(from),
      },
      ...steps.flatMap(instructionsOfStep),
    ]),
    ...together(
      "ENV",
      // The reader expands variables in an empty environment.
      image.environment.map(({ name, value, beforeOwn }) => [
        name,
        beforeOwn ? `${value}:` : value,
      ]),
    ),
    ...together(
      "LABEL",
      image.labels.map(({ name, value }) => [name, value]),
    ),
    ...image.ports.map((port) => ({ EXPOSE: [port.replace("/tcp", "")] })),
    { USER: image.user },
    { ENTRYPOINT: image.entrypoint, shell: false },
    ...(image.command.length > 0 ? [{ CMD: image.command, shell: false }] : []),
  ]
}

function together(name: string, pairs: [string, string][]): Instruction[] {
  return pairs.length > 0 ? [{ [name]: pairs }] : []
}

function instructionsOfStep(step: Step): Instruction[] {
  const instruction = instructionOf(step)
  return step.type === "run" && step.user !== undefined
    ? [{ USER: step.user }, instruction, { USER: "root" }]
    : [instruction]
}

function instructionOf(step: Step): Instruction {
  switch (step.type) {
    case "environment":
      return { ENV: [[step.name, step.value]] }
    case "working-directory":
      return { WORKDIR: step.path }
    case "user":
      return { USER: step.user }
    case "file":
      return {
        COPY: null,
        to: step.path,
        chmod: step.mode.toString(8).padStart(4, "0"),
        content: step.content,
        ...(step.owner === undefined ? {} : { chown: step.owner }),
      }
    case "copy":
      return {
        COPY: [step.path],
        // A folder's name ends in a slash.
        to: step.kind === "directory" ? step.to.replace(/\/?$/, "/") : step.to,
        ...(step.owner === undefined ? {} : { chown: step.owner }),
        ...("stage" in step.from ? { from: step.from.stage } : {}),
        ...(step.exclude && step.exclude.length > 0 ? { exclude: step.exclude.map(inAscii) } : {}),
      }
    case "run":
      return {
        RUN: step.args,
        shell: false,
        mounts: step.mounts.map((mount) =>
          mount.type === "bind"
            ? {
                type: "bind",
                ...("stage" in mount.from ? { from: mount.from.stage } : {}),
                source: mount.path,
                target: mount.target,
              }
            : mount,
        ),
      }
  }
}

function platformOf(from: Base): Instruction {
  const platform = "stage" in from ? undefined : from.platform
  if (platform === undefined) return {}
  return { platform: platform === "build" ? "$BUILDPLATFORM" : platform.target }
}

/** Other letters cannot be in a flag: a pattern has any letter in their place. */
function inAscii(pattern: string): string {
  return pattern.replace(/[^ -~]/gu, "?")
}
