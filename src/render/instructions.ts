import { InternalError } from "../errors.js"
import { shortPort } from "../settings/ports.js"
import type {
  Base,
  CopyStep,
  ImageConfig,
  Mount,
  RunStep,
  StagePlatform,
  Step,
} from "../plan/types.js"
import { csvField, escape, flagPattern, flagValue, freeMarker, jsonWords, quote } from "./words.js"

/** How instructions are written; what they mean is the same. */
export interface Form {
  /** Of COPY. */
  paths: (words: string[]) => string
  /** What RUN runs: parts of its line, or a script below it. */
  run: (args: readonly string[]) => { words: string[]; heredoc?: string }
  isReadable: boolean
}

export const exact: Form = {
  paths: jsonWords,
  run: (args) => ({ words: [JSON.stringify(args)] }),
  isReadable: false,
}

export function renderBase(from: Base): string {
  if ("stage" in from) return from.stage
  return platformFlag(from.platform) + ("image" in from ? from.image : "scratch")
}

function platformFlag(platform: StagePlatform | undefined): string {
  if (platform === undefined) return ""
  return `--platform=${platform === "build" ? "$BUILDPLATFORM" : platform.target} `
}

export function renderStep(step: Step, form: Form): string {
  switch (step.type) {
    case "environment":
      return instruction(`ENV ${step.name}=${quote(step.value)}`)
    case "working-directory":
      return instruction(`WORKDIR ${quote(step.path)}`)
    case "user":
      return `USER ${step.user}`
    case "copy":
      return renderCopy(step, form)
    case "file": {
      const mode = step.mode.toString(8).padStart(4, "0")
      return withHeredoc(step.content, form, (marker) =>
        instruction(
          `COPY${ownerFlag(step.owner)} --chmod=${mode} <<"${marker}" ${quote(step.path)}`,
        ),
      )
    }
    case "run": {
      const run = renderRun(step, form)
      return step.user === undefined ? run : `USER ${step.user}\n${run}\nUSER root`
    }
  }
}

export function renderRun({ mounts, args }: RunStep, form: Form): string {
  const { words, heredoc } = form.run(args)
  const flags = mounts.map((mount) => `--mount=${renderMount(mount, form)}`)
  if (heredoc !== undefined) {
    return withHeredoc(heredoc, form, (marker) => {
      const last = [...flags.slice(-1), `<<${marker}`].join(" ")
      const [first = "", ...more] = [...flags.slice(0, -1), last]
      return instruction(`RUN ${first}`, ...more)
    })
  }
  const [first = "", ...more] = [...flags, ...words]
  return instruction(`RUN ${first}`, ...more)
}

/** hadolint 2.15 wants an empty line after it. */
export function withHeredoc(content: string, form: Form, line: (marker: string) => string): string {
  const marker = freeMarker(content)
  return [line(marker), content + marker + (form.isReadable ? "\n" : "")].join("\n")
}

function renderCopy({ kind, from, path, to, exclude = [], owner }: CopyStep, form: Form): string {
  const flags = ("stage" in from ? ` --from=${from.stage}` : "") + ownerFlag(owner)
  // A folder's contents go below the target, a file becomes the target.
  const slash = kind === "directory" && !to.endsWith("/") ? "/" : ""
  const words = form.paths([path, to + slash])
  if (exclude.length === 0) return instruction(`COPY${flags} ${words}`)
  const patterns = exclude.map((pattern) => `--exclude=${flagPattern(pattern)}`)
  return instruction(`COPY${flags}`, ...patterns, words)
}

/** A flag, in it a line of CSV, in its fields a word that is expanded: each has signs of its own. */
function renderMount(mount: Mount, { isReadable }: Form): string {
  const fields = [
    `type=${mount.type}`,
    ...("from" in mount && "stage" in mount.from ? [`from=${mount.from.stage}`] : []),
    ...("path" in mount && !(isReadable && /^[./]$/.test(mount.path))
      ? [`source=${escape(mount.path)}`]
      : []),
    ...("id" in mount && !(isReadable && mount.id === mount.target) ? [`id=${mount.id}`] : []),
    `target=${escape(mount.target)}`,
    ...("mode" in mount ? [`mode=${mount.mode?.toString(8).padStart(4, "0")}`] : []),
  ]
  return flagValue(fields.map(csvField).join(","))
}

export function renderImageConfig(image: ImageConfig): string {
  const several = (name: string, [first, ...more]: string[]) =>
    first === undefined ? [] : [instruction(`${name} ${first}`, ...more)]
  const lines = [
    ...several(
      "ENV",
      image.environment.map(
        ({ name, value, beforeOwn }) => `${name}=${quote(value)}${beforeOwn ? `:$${name}` : ""}`,
      ),
    ),
    ...several(
      "LABEL",
      image.labels.map(({ name, value }) => `${quote(name)}=${quote(value)}`),
    ),
    ...[
      ...image.ports.map((port) => `EXPOSE ${shortPort(port)}`),
      ...(image.volumes ? [`VOLUME ${JSON.stringify(image.volumes)}`] : []),
      ...(image.stopSignal ? [`STOPSIGNAL ${image.stopSignal}`] : []),
      ...(image.healthCheck ? [`HEALTHCHECK CMD ${JSON.stringify(image.healthCheck)}`] : []),
      `USER ${image.user}`,
      `ENTRYPOINT ${JSON.stringify(image.entrypoint)}`,
      ...(image.command.length > 0 ? [`CMD ${JSON.stringify(image.command)}`] : []),
    ].map((line) => instruction(line)),
  ]
  return lines.join("\n")
}

/**
 * One instruction, on a line for each part. Nothing in a part ends its line, so that what a plan says is never an
 * instruction of its own; only the contents of files have lines.
 */
export function instruction(...parts: string[]): string {
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
