import { UserError } from "../../src/errors.js"
import type { Report } from "../terminal/report.js"
import { buildctlEngine } from "./client/buildctl.js"
import { buildxEngine } from "./docker/buildx.js"
import { CommandFailed, onPath, run } from "../system/command.js"
import {
  buildxLacks,
  buildxVersion,
  dockerEngineVersion,
  nothingToLoadInto,
  tellsProgress,
} from "./docker/docker.js"
import { versionsOfInfo } from "./dockerfile-frontend.js"
import type { Engine } from "./engine.js"
import { buildTools, hasTool, toolPath } from "./embedded/tools.js"

/** The BuildKit at an address as BUILDKIT_HOST has it, e.g. `tcp://buildkit.example.com:1234`. */
export async function connectRemote(
  address: string,
  { report, signal, load }: { report: Report; signal?: AbortSignal; load: boolean },
): Promise<Engine> {
  if (load) return connectToLoad(address, report, signal)
  const buildctl = await findBuildctl(signal)
  if (buildctl !== undefined) return connectByBuildctl(buildctl, address, signal)
  if (tellsProgress(await buildxVersion(signal))) return connectByBuildx(address, report, signal)
  if (!onPath("go")) {
    throw new UserError(
      "BUILDKIT_HOST is set, but there is neither buildctl, nor docker buildx, nor Go to build buildctl with.",
      { hint: "Install one of them; buildctl and buildx in version 0.13 or newer." },
    )
  }
  await buildTools(["buildctl"], report, signal)
  return connectByBuildctl(toolPath("buildctl"), address, signal)
}

/** Only buildx has a way from there into the Docker engine. */
async function connectToLoad(
  address: string,
  report: Report,
  signal?: AbortSignal,
): Promise<Engine> {
  if ((await dockerEngineVersion(signal)) === undefined) throw nothingToLoadInto()
  const buildx = await buildxVersion(signal)
  if (tellsProgress(buildx)) return connectByBuildx(address, report, signal)
  throw nothingToLoadInto(buildxLacks(buildx))
}

export async function findBuildctl(signal?: AbortSignal): Promise<string | undefined> {
  if (onPath("buildctl")) {
    const answer = await run(["buildctl", "--version"], { signal })
    if (tellsProgress(/\bv?(\d+\.\d+\.\d+)/.exec(answer)?.[1])) return "buildctl"
  }
  return hasTool("buildctl") ? toolPath("buildctl") : undefined
}

async function connectByBuildctl(
  program: string,
  address: string,
  signal?: AbortSignal,
): Promise<Engine> {
  const info = await mustAnswer([program, "--addr", address, "debug", "info"], address, signal)
  return buildctlEngine({
    name: `BuildKit at ${address}`,
    embedded: false,
    versions: versionsOfInfo(info),
    program,
    address,
    extra: [],
    buildArgs: {},
    close: () => Promise.resolve(),
  })
}

async function connectByBuildx(
  address: string,
  report: Report,
  signal?: AbortSignal,
): Promise<Engine> {
  const builder = `go-image-${process.pid}`
  const remove = () => run(["docker", "buildx", "rm", "--force", builder]).then(() => undefined)
  await run(["docker", "buildx", "create", "--name", builder, "--driver", "remote", address], {
    signal,
  })
  try {
    await mustAnswer(["docker", "buildx", "inspect", "--bootstrap", builder], address, signal)
  } catch (error) {
    await remove()
    throw error
  }
  let removed: Promise<void> | undefined
  return buildxEngine({
    name: `BuildKit at ${address}`,
    canLoad: (await dockerEngineVersion(signal)) !== undefined,
    builder,
    buildArgs: {},
    say: (line) => {
      report.say(line)
    },
    close: () => (removed ??= remove()),
  })
}

async function mustAnswer(
  command: string[],
  address: string,
  signal?: AbortSignal,
): Promise<string> {
  try {
    return await run(command, { signal, timeout: 20_000 })
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error
    throw new UserError(
      `BUILDKIT_HOST is ${address}, but no BuildKit answers there: ${error.output.trim() || error.why}`,
      { hint: "Start it, correct BUILDKIT_HOST, or unset it." },
    )
  }
}
