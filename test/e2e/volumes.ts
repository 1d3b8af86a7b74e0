import { randomUUID } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { askRegistries, resolveBases } from "../../cli/bases/resolve.js"
import { connect } from "../../cli/engine/choose.js"
import type { Output } from "../../cli/engine/engine.js"

const debian = "debian:bookworm-slim"

const report = { say: () => undefined }

/**
 * Runs a shell script as root that has cache volumes, as any build on the same engine may; gives what it prints.
 *
 * @param volumes Their names by the folders that they are in.
 */
export async function inVolumes(volumes: Record<string, string>, script: string): Promise<string> {
  const mounts = Object.entries(volumes).map(
    ([target, id]) => `--mount=type=cache,id=${id},target=${target}`,
  )
  const run = `RUN ${mounts.join(" ")} ${JSON.stringify(["/bin/sh", "-euc", script])}`
  // Never the same step twice.
  return buildOnDebian(`ENV AT=${randomUUID()}\n${run}\n`, { type: "none" })
}

/** Builds a Dockerfile without its first line; gives what its programs print. Further stages can begin with `debian`. */
export function buildOnDebian(
  instructions: string,
  output: Output,
  files?: string,
): Promise<string> {
  return buildOn(`${debian} AS debian`, instructions, output, files)
}

/** @param files Folder that it copies from; an empty one by default. */
export async function buildOn(
  base: string,
  instructions: string,
  output: Output,
  files?: string,
): Promise<string> {
  const [image = ""] = base.split(" ")
  const context = mkdtempSync(join(tmpdir(), "go-image-debian-"))
  let embedded = false
  const engine = await connect({ report, onEmbedded: () => (embedded = true) })
  let printed = ""
  try {
    const layouts = embedded
      ? await resolveBases([image], await askRegistries([image]), { engine, report })
      : {}
    await engine.build({
      dockerfile: `FROM ${base}\n${instructions}`,
      context: files ?? context,
      ignore: [],
      layouts,
      output,
      onProgress: (event) => {
        if (event.type === "log") printed += event.text
      },
    })
  } finally {
    await engine.close()
    rmSync(context, { recursive: true })
  }
  return printed
}
