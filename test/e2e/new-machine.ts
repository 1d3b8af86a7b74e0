import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, renameSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { inject, vi } from "vitest"
import { connectEmbedded } from "../../cli/engine/embedded/embedded.js"
import { run } from "../../cli/system/command.js"
import { cacheFolder } from "../../cli/system/folders.js"
import { FileLock } from "../../cli/system/lock.js"
import { client } from "./plain-buildkit.js"
import { buildOn } from "./volumes.js"

/*
 * Machines that have never built anything, but have base images. To unpack the builder's takes ten seconds of a processor:
 * that is done once for a run of the tests, and BuildKit's state after it is copied for each machine.
 */

const builder = "golang:1.25"

/** @returns What a build on such a machine has in its environment. */
export async function newMachine(): Promise<Record<string, string>> {
  const unpacked = join(await machineWithBuilder(), "go-image/buildkit")
  const cache = withCache(mkdtempSync(join(inject("runFolder"), "machine-")))
  // What is unpacked never changes and can be links; databases do.
  const copy = `mkdir -p "$2/runc-overlayfs/snapshots/snapshots"
ln -s "$1"/runc-overlayfs/snapshots/snapshots/* "$2/runc-overlayfs/snapshots/snapshots"
cp -al "$1/runc-overlayfs/content" "$2/runc-overlayfs"
cd "$1"
find . -maxdepth 3 -name '*.db' -exec cp --parents {} "$2" ';'`
  execFileSync("sh", ["-ec", copy, "sh", unpacked, join(cache, "go-image/buildkit")])
  return { XDG_CACHE_HOME: cache }
}

/** Makes a cache folder that has what is made once for a machine, and nothing of earlier builds. */
export function withCache(cache: string, names: readonly string[] = ["tools", "bases"]): string {
  const own = join(cache, "go-image")
  mkdirSync(own, { recursive: true })
  for (const name of names.filter((each) => existsSync(join(cacheFolder(), each)))) {
    symlinkSync(join(cacheFolder(), name), join(own, name))
  }
  return cache
}

async function machineWithBuilder(): Promise<string> {
  const folder = inject("runFolder")
  const done = join(folder, "template")
  // Files of tests run side by side.
  const lock = await FileLock.exclusive(join(folder, "lock"))
  try {
    if (!existsSync(done)) {
      // Makes BuildKit's programs and the image where they are not on this machine yet.
      await unpackBuilder()
      const cache = withCache(join(folder, "unpacking"))
      vi.stubEnv("XDG_CACHE_HOME", cache)
      await unpackBuilder()
      await deleteSources()
      vi.unstubAllEnvs()
      renameSync(cache, done)
    }
  } finally {
    await lock.release()
  }
  return done
}

const unpackBuilder = () => buildOn(builder, "RUN true\n", { type: "none" })

/** BuildKit changes what it was sent last in place, where machines have links to one folder. */
async function deleteSources(): Promise<void> {
  const engine = await connectEmbedded({ say: () => undefined })
  await run([...client(), "prune", "--filter=type==source.local"])
  await engine.close()
}
