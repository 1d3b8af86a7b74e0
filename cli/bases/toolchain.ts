import { existsSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { SetupError } from "../errors.js"
import { writeAtomically } from "../system/atomic.js"
import { CommandFailed, onPath, run } from "../system/command.js"
import { architecture } from "./architecture.js"
import type { BaseStore } from "./store.js"

/*
 * Go's distributions as the go command itself gets them: versions of the module golang.org/toolchain, from the Go module
 * proxy, verified by Go's checksum database.
 */

const module = "golang.org/toolchain"
const day = 24 * 3600 * 1000

/** All versions for this machine, e.g. `1.25.4`; asked for once a day. */
export async function listVersions(store: BaseStore, signal?: AbortSignal): Promise<string[]> {
  const file = join(store.folder, "go-versions")
  const known = existsSync(file) ? readFileSync(file, "utf8").split("\n") : undefined
  if (known && Date.now() - statSync(file).mtimeMs < day) return known
  try {
    const listed = await go(["list", "-m", "-versions", module], store, signal)
    const suffix = `.linux-${architecture()}`
    const versions = listed
      .split(/\s+/)
      .filter((version) => version.startsWith("v0.0.1-go") && version.endsWith(suffix))
      .map((version) => version.slice("v0.0.1-go".length, -suffix.length))
    writeAtomically(file, versions.join("\n"))
    return versions
  } catch (error) {
    // Yesterday's answer is better than none.
    if (known && error instanceof CommandFailed) return known
    throw explain(error, "the versions of Go could not be listed")
  }
}

/** Returns a folder of the module cache: a GOROOT, but read-only and with nothing executable in it. */
export async function downloadToolchain(
  version: string,
  store: BaseStore,
  signal?: AbortSignal,
): Promise<string> {
  const query = `${module}@v0.0.1-go${version}.linux-${architecture()}`
  try {
    const json = await go(["mod", "download", "-json", query], store, signal)
    return (JSON.parse(json) as { Dir: string }).Dir
  } catch (error) {
    throw explain(error, `Go ${version} could not be downloaded`)
  }
}

async function go(args: string[], store: BaseStore, signal?: AbortSignal): Promise<string> {
  if (!onPath("go")) {
    throw new SetupError("golang images are made with the go command, which is not on PATH", {
      hint: "Install Go, or use a machine that can reach the image registry.",
    })
  }
  // In the cache, so that no project's go.mod has a say.
  return run(["go", ...args], { cwd: store.folder, env: { GOFLAGS: "", GOWORK: "off" }, signal })
}

function explain(error: unknown, what: string): unknown {
  if (!(error instanceof CommandFailed)) return error
  return new SetupError(`${what}: ${error.why}\n${error.output.trimEnd()}`, {
    hint: "Check that the Go module proxy can be reached: `go env GOPROXY` says which.",
  })
}
