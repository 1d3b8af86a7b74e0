import { chooseEngine } from "../../engine/choose.js"
import { CommandFailed, onPath, run } from "../../system/command.js"
import { buildxVersion, tellsProgress } from "../../engine/docker/docker.js"
import { findBuildctl } from "../../engine/remote.js"
import { hasTool, pinnedVersion } from "../../engine/embedded/tools.js"
import type { Finding } from "./findings.js"

/** An address may have nothing behind it that answers. */
const timeout = 5000

const name = "engine"

const installDocker = "start Docker (https://docs.docker.com/engine/install), or set BUILDKIT_HOST"

/** What a build would use, asked as a build asks it. */
export async function findEngine(): Promise<Finding> {
  const choice = await chooseEngine()
  switch (choice.kind) {
    case "remote":
      return remote(choice.address)
    case "docker":
      return {
        ...{ name, state: "ok" },
        found: `Docker ${choice.docker} with buildx ${choice.buildx}, because it answers and BUILDKIT_HOST is not set`,
      }
    case "embedded":
      return embedded(choice.lacking)
    case "none":
      return {
        ...{ name, state: "missing" },
        found:
          choice.lacking ??
          `no Docker, no BUILDKIT_HOST; go-image cannot start its own BuildKit here, ${choice.obstacle}`,
        fix: installDocker,
      }
  }
}

async function remote(address: string): Promise<Finding> {
  const found = `BuildKit at ${address} (BUILDKIT_HOST)`
  const buildctl = await findBuildctl()
  if (buildctl === undefined) return withoutBuildctl(found)
  try {
    const command = [buildctl, "--addr", address, "debug", "workers"]
    await run(command, { timeout })
    return { name, state: "ok", found }
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error
    const why =
      error.output
        .trim()
        .split("\n")
        .at(-1)
        ?.replace(/^.*desc = /, "") || error.why
    return {
      ...{ name, state: "missing", found: `${found}: it does not answer (${why})` },
      fix: "start it, or unset BUILDKIT_HOST to use Docker or go-image's own BuildKit",
    }
  }
}

async function withoutBuildctl(found: string): Promise<Finding> {
  if (tellsProgress(await buildxVersion())) {
    return {
      name,
      state: "ok",
      found: `${found}; through docker buildx; the connection was not tested`,
    }
  }
  if (onPath("go")) {
    return { name, state: "note", found: `${found}; the first build compiles buildctl with Go` }
  }
  return {
    ...{
      name,
      state: "missing",
      found: `${found}; buildctl, docker buildx and Go are missing`,
    },
    fix: "install buildctl or docker buildx, 0.13 or newer",
  }
}

function embedded(lacking: string | undefined): Finding {
  const why = lacking ?? "BUILDKIT_HOST is not set and no Docker answers"
  const found = `go-image's own BuildKit ${pinnedVersion()}: ${why}`
  const first = [
    ...(onPath("runc") ? [] : ["installs runc (apt-get)"]),
    ...(hasTool("buildkitd") ? [] : ["compiles BuildKit with Go, a minute or two"]),
  ]
  if (first.length === 0) return { name, state: "ok", found }
  return { name, state: "note", found: `${found}; the first build ${first.join(" and ")}` }
}
