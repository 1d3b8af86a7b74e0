import { CommandFailed, onPath, run } from "./command.js"

/** A command line program that is there may have nothing to talk to, or something that does not answer. */
const patience = 5000

/** Version of the Docker engine, where one answers. */
export async function dockerEngineVersion(signal?: AbortSignal): Promise<string | undefined> {
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

async function ask(command: string[], signal?: AbortSignal): Promise<string | undefined> {
  if (!onPath("docker")) return undefined
  try {
    const answer = await run(command, { signal, timeout: patience })
    return answer.trim() || undefined
  } catch (error) {
    if (error instanceof CommandFailed) return undefined
    throw error
  }
}
