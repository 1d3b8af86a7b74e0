import { createHash } from "node:crypto"
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs"
import { dirname, join } from "node:path"
import { UserError } from "../../../src/errors.js"
import { SetupError } from "../../errors.js"
import type { Report } from "../../terminal/report.js"
import { machineFault } from "../../system/system-error.js"
import { CommandFailed, isExecutable, onPath, run } from "../../system/command.js"
import { buildkitModule, cacheFolder } from "../../system/folders.js"
import { FileLock } from "../../system/lock.js"

export type Tool = "buildctl" | "buildkitd"

/** Where the tool of the pinned version is, or will be, in the cache. */
export function toolPath(tool: Tool): string {
  return join(cacheFolder(), "tools", (key ??= pin()), tool)
}

let key: string | undefined

/** go.sum says exactly what the tools are made of, so a new pin gets a folder of its own. */
function pin(): string {
  const sums = readFileSync(join(buildkitModule(), "go.sum"))
  return createHash("sha256").update(sums).digest("hex").slice(0, 16)
}

export function hasTool(tool: Tool): boolean {
  return isExecutable(toolPath(tool))
}

/** The version of BuildKit that is pinned, e.g. `v0.26.3`. */
export function pinnedVersion(): string {
  const goMod = readFileSync(join(buildkitModule(), "go.mod"), "utf8")
  return /github\.com\/moby\/buildkit (v\S+)/.exec(goMod)?.[1] ?? "unknown"
}

/** Builds those of the tools that are not in the cache. Needs Go and its module proxy, and nothing else. */
export async function buildTools(
  tools: Tool[],
  report: Report,
  signal?: AbortSignal,
): Promise<void> {
  if (tools.every(hasTool)) return
  const folder = dirname(toolPath("buildctl"))
  mkdirSync(folder, { recursive: true })
  // flock(1) is there wherever a daemon may be started; elsewhere two builds at once only waste time.
  const onWait = () => {
    report.say("waiting for another go-image, which builds BuildKit")
  }
  const lock = onPath("flock")
    ? await FileLock.exclusive(join(folder, "lock"), { signal, onWait })
    : undefined
  try {
    // Of builds that were killed.
    if (lock) rmSync(join(folder, "build"), { recursive: true, force: true })
    const missing = tools.filter((tool) => !hasTool(tool))
    if (missing.length > 0) await build(missing, folder, report, signal)
  } finally {
    await lock?.release()
  }
}

async function build(
  tools: Tool[],
  target: string,
  report: Report,
  signal?: AbortSignal,
): Promise<void> {
  const version = pinnedVersion()
  const names = tools.join(" and ")
  report.say(`building ${names} ${version} with Go; a minute or two, once, then cached`)
  mkdirSync(join(target, "build"), { recursive: true })
  const folder = mkdtempSync(join(target, "build", "tools-"))
  try {
    await run(
      [
        ...["go", "build"],
        // go.mod and go.sum are the pin: they are obeyed, not changed.
        "-mod=readonly",
        "-trimpath",
        `-ldflags=-s -w -X github.com/moby/buildkit/version.Version=${version}`,
        ...["-o", `${folder}/`],
        ...tools.map((tool) => `github.com/moby/buildkit/cmd/${tool}`),
      ],
      {
        cwd: buildkitModule(),
        // The person's own settings are for their projects.
        env: { CGO_ENABLED: "0", GOFLAGS: "", GOWORK: "off", GOOS: "", GOARCH: "" },
        signal,
      },
    )
    for (const tool of tools) renameSync(join(folder, tool), toolPath(tool))
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error
    const fault = machineFault(error.output)
    if (fault !== undefined) {
      throw new SetupError(`${names} could not be built: ${fault}`, {
        hint: "They are written to $XDG_CACHE_HOME/go-image (~/.cache/go-image); `go env GOCACHE` prints the folder of Go's cache.",
      })
    }
    throw new UserError(`${names} ${version} could not be built: ${error.why}\n${error.output}`, {
      hint: "It needs Go 1.21 or newer, and a Go module proxy that can be reached.",
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
