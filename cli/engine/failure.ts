import { InternalError, UserError } from "../../src/errors.js"
import { BuildFailed, EngineLost } from "./engine.js"
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
    return new UserError(`the image was built but not delivered (${name}): ${error}`, {
      hint: /401|403|unauthorized|denied|authentication/i.test(error)
        ? "Log in to the registry first, e.g. with `docker login`."
        : undefined,
    })
  }
  // Before a new builder's first build; its image is fetched by Docker.
  if (name.includes("booting buildkit")) {
    return new UserError(`BuildKit could not be started in Docker: ${error}`, {
      hint: "Turn on Docker's containerd image store, which needs no BuildKit besides Docker's own.",
    })
  }
  const exitCode = /exit code: (\d+)$/.exec(error)?.[1]
  // A step without a program, such as COPY, has only BuildKit's own words to show.
  if (exitCode === undefined) return new BuildFailed(name, withoutReference(error), undefined)
  return new BuildFailed(name, output, Number(exitCode))
}

/** What COPY says of a missing file, without BuildKit's name for the snapshot. */
function withoutReference(error: string): string {
  return error.replace(/^.*failed to calculate checksum of ref \S+: /, "")
}

/** The image that a step is about, where it is one that fetches an image. */
function baseImage(step: string): string | undefined {
  return /^\[[^\]]*\] (?:load metadata for|FROM|resolve) (\S+)/.exec(step)?.[1]
}

function explainPull(image: string, error: string): UserError {
  const found = `the base image ${image} cannot be had: ${lastReason(error)}`
  if (/not found|does not exist|manifest unknown|no match for platform/i.test(error)) {
    return new UserError(found, {
      hint: "Check its name, its tag, and the platforms it exists for.",
    })
  }
  if (/401|403|unauthorized|denied|authorization/i.test(error)) {
    return new UserError(found, {
      hint: "Its registry wants you to log in, e.g. with `docker login`.",
    })
  }
  return new UserError(found, { hint: "Check that its registry can be reached from here." })
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
  if (/code = Unavailable|connection refused|error reading from server|no such host/.test(reason)) {
    return new EngineLost(`${engine} does not answer: ${reason}`)
  }
  if (/dockerfile parse error|unknown instruction/i.test(reason)) {
    return new InternalError(`BuildKit does not understand the Dockerfile: ${reason}`)
  }
  return new UserError(`${engine} refused the build: ${reason || "no reason given"}`)
}
