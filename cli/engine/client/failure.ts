import { InternalError, UserError } from "../../../src/errors.js"
import { registryAnswer, type RegistryAnswer } from "../../../src/registry-answer.js"
import { SetupError, TemporaryFailure } from "../../errors.js"
import { programName } from "../../program-name.js"
import { diskFull, machineFault } from "../../system/system-error.js"
import { BuildFailed, EngineLost, NotDelivered } from "../engine.js"
import type { FailedStep } from "./progress.js"

/** What went wrong with a build, in words for the person who can change it. */
export function explainFailure(
  failed: FailedStep | undefined,
  complaints: string[],
  engine: string,
): Error {
  return failed ? explainStep(failed) : explainComplaints(complaints, engine)
}

function explainStep({ name, error, output }: FailedStep): Error {
  const image = baseImage(name)
  if (image) return explainPull(image, error)
  if (/^(exporting|pushing|sending tarball)/.test(name)) {
    return machineFault(error) ? engineFault(error) : explainDelivery(name, error)
  }
  // Before a new builder's first build; its image is fetched by Docker.
  if (name.includes("booting buildkit")) {
    return new UserError(`BuildKit could not be started in Docker: ${error}`, {
      hint: "Turn on Docker's containerd image store: it then needs only Docker's own BuildKit.",
    })
  }
  const exitCode = /exit code: (\d+)$/.exec(error)?.[1]
  // A step without a program, such as COPY, has only BuildKit's own words to show.
  if (exitCode === undefined) {
    return machineFault(error)
      ? engineFault(error)
      : new BuildFailed(name, withoutReference(error), undefined)
  }
  const full = diskFull(output)
  return full === undefined
    ? (explainDownload(output) ?? new BuildFailed(name, output, Number(exitCode)))
    : engineFault(full, `${output.trimEnd()}\n\nfailed: ${name}`)
}

/** What the go command says of a module that it could not fetch, where another time it may. */
function explainDownload(output: string): TemporaryFailure | undefined {
  const line = output.split("\n").find((each) => failedDownload.test(each))
  const answer = line === undefined ? undefined : registryAnswer(line)
  if (line === undefined || (answer !== "unreachable" && answer !== "temporary")) return undefined
  const found = line.replace(/^.*?(\S+@v\S+: )/, "$1")
  return new TemporaryFailure(`a module could not be downloaded: ${found}`, {
    hint: "The engine downloads it: check that it can reach the proxy of --build-environment GOPROXY or the module's host, and try again.",
  })
}

const failedDownload =
  /^(?:go: |\S+\.go:\d+:\d+: ).*?\S+@v\S+: .*(?:\bGet "https?:|\breading https?:|\bgit \S+ )/

/** What is wrong is on the machine that builds. */
function engineFault(fault: string, details?: string): SetupError {
  const advice = /space|quota/.test(fault)
    ? "Free space on the disk with the engine's state (`docker system df`, or $XDG_CACHE_HOME/go-image)."
    : undefined
  return new SetupError(`the machine that builds reports: ${fault}`, {
    hint: [details, advice].filter(Boolean).join("\n") || undefined,
  })
}

const again: ReadonlySet<RegistryAnswer | undefined> = new Set([
  "temporary",
  "unreachable",
  "limit",
])

function explainDelivery(step: string, error: string): NotDelivered {
  const answer = registryAnswer(error)
  const hints: Partial<Record<RegistryAnswer, string>> = {
    login: "Log in to the registry first, e.g. with `docker login`, as a user who may push there.",
    limit: "The registry limits requests: try again later.",
    temporary: "This may be temporary: try again.",
    unreachable: "Check the image's name, and that the registry can be reached from the engine.",
  }
  const what = step.startsWith("exporting cache")
    ? "the build's cache could not be exported"
    : "the image was built but not delivered"
  return new NotDelivered(what, error, {
    temporary: again.has(answer),
    retry: answer === "temporary",
    hint: answer && hints[answer],
  })
}

/** What COPY says of a missing file, without BuildKit's name for the snapshot. */
function withoutReference(error: string): string {
  return error.replace(/^.*failed to calculate checksum of ref \S+: /, "")
}

/** The image that a step is about, where it is one that fetches an image. */
function baseImage(step: string): string | undefined {
  return /^\[[^\]]*\] (?:load metadata for|FROM|resolve) (\S+)/.exec(step)?.[1]
}

function explainPull(image: string, error: string, kind = "base image"): UserError {
  const found = `the ${kind} ${image} is not available: ${lastReason(error)}`
  switch (registryAnswer(error)) {
    case "missing":
      return new UserError(found, {
        hint: image.includes("@")
          ? `Its registry does not have this digest. If it is from go-image.lock, \`${programName} lock\` writes the current one.`
          : "Check its name, its tag, and the platforms it exists for.",
      })
    case "login":
      return new UserError(found, {
        hint: "Log in to its registry, e.g. with `docker login`.",
      })
    case "limit":
      return new TemporaryFailure(found, {
        hint: "The registry limits requests: log in, or try again later.",
      })
    case "temporary":
      return new TemporaryFailure(found, { hint: "This may be temporary: try again.", retry: true })
    case "unreachable":
    case undefined:
      if (machineFault(error)) return engineFault(error)
      return new TemporaryFailure(found, {
        hint: "Check that its registry can be reached from here.",
      })
  }
}

/** BuildKit wraps reasons, outermost first, and repeats the image's name. */
function lastReason(error: string): string {
  return error
    .replace(/^.*failed to resolve source metadata for \S+: /, "")
    .replace(/^.*failed to do request: \w+ "[^"]*": /, "")
}

function explainComplaints(complaints: string[], engine: string): Error {
  const line = complaints.findLast((line) => /^error: /i.test(line)) ?? complaints.at(-1) ?? ""
  const reason = line.replace(/^error: (?:failed to solve: )?/i, "")
  const [, frontend] =
    /failed to resolve source metadata for (?:docker\.io\/)?(\S+): /.exec(reason) ?? []
  if (frontend) return explainPull(frontend, reason, "Dockerfile frontend")
  if (/code = Unavailable|connection refused|error reading from server|no such host/.test(reason)) {
    return new EngineLost(`${engine} does not answer: ${reason}`)
  }
  if (/dockerfile parse error|unknown instruction/i.test(reason)) {
    return new InternalError(`BuildKit does not understand the Dockerfile: ${reason}`)
  }
  if (machineFault(reason)) return engineFault(reason)
  return new UserError(`${engine} refused the build: ${reason || "no reason given"}`)
}
