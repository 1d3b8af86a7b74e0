import { existsSync, readFileSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { UserError } from "../../../src/errors.js"
import { CommandFailed, onPath, run } from "../../system/command.js"

/** A command line program that is there may have nothing to talk to, or something that does not answer. */
const answerTimeout = 5000

/** Version of the Docker engine, where one answers. */
export async function dockerEngineVersion(signal?: AbortSignal): Promise<string | undefined> {
  if (!isDockerExpected()) return undefined
  return ask(["docker", "version", "--format", "{{.Server.Version}}"], signal)
}

/** Version of Docker's buildx plugin, e.g. `0.30.1`. */
export async function buildxVersion(signal?: AbortSignal): Promise<string | undefined> {
  const answer = await ask(["docker", "buildx", "version"], signal)
  return /\bv?(\d+\.\d+\.\d+)/.exec(answer ?? "")?.[1]
}

/** Whether a version of buildctl or buildx has `--progress=rawjson`; both came to it with 0.13. */
export function tellsProgress(version: string | undefined): boolean {
  const [major = 0, minor = 0] = (version ?? "").split(".").map(Number)
  return major > 0 || minor >= 13
}

/** For people: why a buildx that does not tell its progress will not do. */
export function buildxLacks(version: string | undefined): string {
  return `Docker answers, but its buildx plugin ${version ? `is ${version}` : "is missing"}: install 0.13 or newer.`
}

/** For --load. */
export function nothingToLoadInto(lacking?: string): UserError {
  return new UserError(lacking ?? "Docker does not answer: --load needs it.", {
    hint: "Start Docker, or write an archive for another one: --output image.tar, then `docker load --input image.tar`.",
  })
}

/** To ask the program takes a tenth of a second, and many machines have it without any engine to talk to. */
function isDockerExpected(): boolean {
  if (process.platform !== "linux") return true
  const { DOCKER_HOST, DOCKER_CONTEXT, DOCKER_CONFIG } = process.env
  if (DOCKER_HOST || DOCKER_CONTEXT) return true
  return (
    existsSync("/var/run/docker.sock") || hasContext(DOCKER_CONFIG || join(homedir(), ".docker"))
  )
}

/** Chosen with `docker context use`. What cannot be read is for the program to judge. */
function hasContext(folder: string): boolean {
  try {
    const text = readFileSync(join(folder, "config.json"), "utf8")
    return Boolean((JSON.parse(text) as { currentContext?: string }).currentContext)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ENOENT"
  }
}

async function ask(command: string[], signal?: AbortSignal): Promise<string | undefined> {
  if (!onPath("docker")) return undefined
  try {
    const answer = await run(command, { signal, timeout: answerTimeout })
    return answer.trim() || undefined
  } catch (error) {
    if (error instanceof CommandFailed) return undefined
    throw error
  }
}
