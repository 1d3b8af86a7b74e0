import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Report } from "../../terminal/report.js"
import { installPackages } from "../../system/apt.js"
import { buildctlEngine } from "../client/buildctl.js"
import { environment, onPath } from "../../system/command.js"
import { joinDaemon } from "./daemon.js"
import { EngineLost, type Engine } from "../engine.js"
import { cacheFolder } from "../../system/folders.js"
import { proxyBuildArgs, proxyVariables } from "../../http/proxy.js"
import { runtimeFolder } from "./runtime-folder.js"
import { buildTools, hasTool, pinnedVersion, toolPath, type Tool } from "./tools.js"

/** Why BuildKit cannot be started by ourselves here, as the end of a sentence; undefined where it can. */
export function embeddedObstacle(): string | undefined {
  if (process.platform !== "linux") return `which needs Linux, and this is ${process.platform}`
  if (process.getuid?.() !== 0) return "which needs root"
  const missing = ["bash", "flock", "setpriv", "setsid", "unshare"].filter((name) => !onPath(name))
  if (missing.length > 0) return `which needs ${missing.join(", ")} on PATH`
  if (!onPath("runc") && !onPath("apt-get")) {
    return "which needs runc on PATH, and there is no apt-get to install it with"
  }
  if (!hasTools() && !onPath("go")) {
    return "which needs Go on PATH, to build BuildKit with"
  }
  return undefined
}

const tools: Tool[] = ["buildctl", "buildkitd"]

function hasTools(): boolean {
  return tools.every(hasTool)
}

/** Joins our own BuildKit on this machine, started and before that installed where necessary. */
export async function connectEmbedded(report: Report, signal?: AbortSignal): Promise<Engine> {
  if (!onPath("runc")) await installPackages(["runc"], report, signal)
  // Not waited for where they are there, so that the daemon is joined at once; see connect.
  if (!hasTools()) await buildTools(tools, report, signal)

  const folder = runtimeFolder()
  const socket = join(folder, "buildkitd.sock")
  const state = join(cacheFolder(), "buildkit")
  const config = join(state, "buildkitd.toml")
  const options = {
    name: "buildkitd",
    folder,
    socket,
    command: [...isolation, toolPath("buildkitd"), "--config", config],
    env: daemonEnvironment(state),
    prepare: () => {
      // A daemon that was killed has left the folders that it mounted things on.
      rmSync(join(state, "tmp"), { recursive: true, force: true })
      mkdirSync(join(state, "tmp"), { recursive: true, mode: 0o700 })
      writeFileSync(config, configuration(state, socket))
    },
  }
  report.begin?.("starting BuildKit")
  let daemon = await joinDaemon(options, signal)
  const engine = buildctlEngine({
    name: `BuildKit ${pinnedVersion()} (started by go-image)`,
    embedded: true,
    versions: [pinnedVersion()],
    program: toolPath("buildctl"),
    address: `unix://${socket}`,
    extra: hostNetwork,
    buildArgs: proxyBuildArgs(process.env),
    state,
    close: () => daemon.leave(),
  })
  return {
    ...engine,
    async build(request) {
      try {
        return await engine.build(request)
      } catch (error) {
        if (!(error instanceof EngineLost)) throw error
        // Ours to keep alive. Steps that were done are in its cache; what ends it twice would end it again.
        report.say(`BuildKit ended unexpectedly, and is started again:\n${daemon.lastOutput()}`)
        await daemon.leave()
        daemon = await joinDaemon(options, signal)
        return await engine.build(request)
      }
    },
  }
}

/**
 * With process ids and mounts of its own, and killed with its supervisor: whatever happens to the daemon, the kernel
 * then ends the programs of its build steps, and no mount of theirs is left on the machine.
 */
const isolation = [
  ...["setpriv", "--pdeathsig", "KILL"],
  ...["unshare", "--pid", "--fork", "--kill-child", "--mount", "--mount-proc"],
  // So that what is unmounted on the machine is unmounted for the daemon too.
  ...["--propagation", "slave"],
]

function daemonEnvironment(state: string): NodeJS.ProcessEnv {
  const here = environment()
  const inherited = ["PATH", "HOME", "SSL_CERT_FILE", "SSL_CERT_DIR", ...proxyVariables]
  return {
    ...Object.fromEntries(inherited.map((name) => [name, here[name]])),
    TMPDIR: join(state, "tmp"),
    // Steps print as much as they like: the end of a compiler's output matters most, and BuildKit cuts it at 2 MiB.
    BUILDKIT_STEP_LOG_MAX_SIZE: `${16 << 20}`,
    BUILDKIT_STEP_LOG_MAX_SPEED: "-1",
  }
}

/** Asked for by each build, or BuildKit would replace a resolver on a loopback address by a public one. */
const hostNetwork = ["--opt", "force-network-mode=host", "--allow", "network.host"]

/**
 * Filters of BuildKit's cache for what every build leaves: sources, and what steps made of them; an edit leaves two or three.
 * BuildKit reads all of them when it starts: 0.7 s of 3,700 (docs/bench-appendix.md). Not cache mounts and base images, which every
 * build needs again.
 */
export const madeByBuilds = [
  "type==source.local",
  "type==source.git.checkout",
  'description~="^([[]|mount |copy )"',
]

const gigabyte = 1e9

/** Of all of the cache folder. */
const mostSpace = 20 * gigabyte

/** What is kept beside it and base images: tools, and 1 GB each of unpacked images (cli/run) and of projects' last images. */
const spaceOfOthers = 2.1 * gigabyte

/** Of that, what is left free for the next builds. */
const spaceForNew = 4 * gigabyte

/** Bytes that BuildKit may have. With so many base images that little is left, builds come first. */
export function spaceForState(bases = join(cacheFolder(), "bases/blobs/sha256")): number {
  const blobs = existsSync(bases) ? readdirSync(bases) : []
  const sizes = blobs.map((name) => statSync(join(bases, name), { throwIfNoEntry: false })?.size)
  const taken = sizes.reduce<number>((sum, size = 0) => sum + size, spaceOfOthers)
  return Math.max(mostSpace - taken, 8 * gigabyte)
}

/** On a disk that is nearly full, the reserved space stays all the same. */
const limits = (space: number) => `    maxUsedSpace = ${space}
    reservedSpace = "6GB"
    minFreeSpace = "4GB"`

function configuration(state: string, socket: string): string {
  const text = JSON.stringify
  const space = spaceForState()
  return `# Written by go-image at every start.
root = ${text(state)}
insecure-entitlements = ["network.host"]

[grpc]
  address = [${text(`unix://${socket}`)}]

[otel]
  socketPath = ${text(`${socket}.otel`)}

[cdi]
  disabled = true

[worker.containerd]
  enabled = false

[worker.oci]
  # overlayfs where the file system can carry it, else native
  snapshotter = "auto"
  # A bridge would need CNI plugins and a firewall's consent; steps share the machine's network instead.
  networkMode = "host"
  gc = true

  [[worker.oci.gcpolicy]]
    filters = ${text(madeByBuilds)}
    keepDuration = "48h"
    maxUsedSpace = "1GB"

  # At its limit, BuildKit deletes first what was used least often: what was made right now. Before that, old steps go, then caches
  # and base images that nothing has used meanwhile. Caches that are in use go last: without them each build would be a cold one.
  [[worker.oci.gcpolicy]]
    filters = ${text(madeByBuilds)}
    keepDuration = "2h"
    maxUsedSpace = ${space - spaceForNew}

  [[worker.oci.gcpolicy]]
    all = true
    keepDuration = "2h"
    maxUsedSpace = ${space}

  [[worker.oci.gcpolicy]]
    filters = ${text(madeByBuilds)}
${limits(space)}

  [[worker.oci.gcpolicy]]
    all = true
${limits(space)}
`
}
