import { join } from "node:path"
import { connectEmbedded, embeddedObstacle } from "../cli/engine/embedded/embedded.js"
import { askRegistries, resolveBases } from "../cli/bases/resolve.js"
import { run } from "../cli/system/command.js"
import { dockerEngineVersion } from "../cli/engine/docker/docker.js"
import type { OciLayout } from "../cli/engine/engine.js"
import { cacheFolder } from "../cli/system/folders.js"
import { runtimeFolder } from "../cli/engine/embedded/runtime-folder.js"
import { toolPath } from "../cli/engine/embedded/tools.js"
import { UserError } from "../src/errors.js"
import { findProcess } from "./processes.js"

export const builderImage = "golang:1.25"
export const runtimeImage = "debian:bookworm-slim"

/** The BuildKit that all contestants share, held so that it runs from the first measurement to the last. */
export interface BenchEngine {
  name: string
  /** Process id of buildkitd. */
  daemon: number
  buildctl: string
  address: string
  /** Base images that no registry serves here. */
  layouts: Record<string, OciLayout>
  /** Everything but base images. */
  prune(): Promise<void>
  cacheBytes(): Promise<number>
  close(): Promise<void>
}

export async function startEngine(say: (line: string) => void): Promise<BenchEngine> {
  // Or go-image would build with that, and the others not.
  delete process.env.BUILDKIT_HOST
  const docker = await dockerEngineVersion()
  const obstacle = docker ? "and Docker answers here" : embeddedObstacle()
  if (obstacle) throw new UserError(`the bench needs a BuildKit of its own, ${obstacle}`)
  const engine = await connectEmbedded({ say })
  const config = join(cacheFolder(), "buildkit", "buildkitd.toml")
  const daemon = findProcess("buildkitd", config)
  if (daemon === undefined) throw new Error("buildkitd runs, but is not to be found")
  const address = `unix://${join(runtimeFolder(), "buildkitd.sock")}`
  const buildctl = toolPath("buildctl")
  const ask = (...args: string[]) => run([buildctl, "--addr", address, ...args])
  const images = [builderImage, runtimeImage]
  const layouts = await resolveBases(images, await askRegistries(images), {
    engine,
    report: { say },
  })
  return {
    name: engine.name,
    daemon,
    buildctl,
    address,
    layouts,
    prune: async () => {
      await ask("prune", "--all", ...notBases.flatMap((filter) => ["--filter", filter]))
    },
    cacheBytes: async () => totalBytes(await ask("du", "--verbose")),
    close: () => engine.close(),
  }
}

/** By type and description: images say `pulled from …`, steps their instruction, and mounts what they were for. */
const notBases = [
  "type==exec.cachemount",
  "type==source.local",
  ...["[[]", "mount", "local", "exec"].map((start) => `description~="^${start}"`),
]

/** Records in use by a base image are its layers: the rest is what builds left. */
function totalBytes(text: string): number {
  return text
    .split(/\n(?=ID:)/)
    .filter((record) => !/^Description:\s+pulled from/m.test(record))
    .reduce((sum, record) => sum + parseSize(/^Size:\s+(\S+)/m.exec(record)?.[1]), 0)
}

/** As BuildKit writes it: `4.10kB`, `88.19MB`. */
function parseSize(text: string | undefined): number {
  const [, value = "0", unit = "B"] = /^([\d.]+)(\w+)$/.exec(text ?? "") ?? []
  return Number(value) * 1000 ** Math.max(0, ["B", "kB", "MB", "GB", "TB"].indexOf(unit))
}
