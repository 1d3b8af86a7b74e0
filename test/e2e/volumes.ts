import { randomUUID } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { askRegistries, resolveBases } from "../../cli/bases/resolve.js"
import { connect } from "../../cli/engine/choose.js"

const image = "debian:bookworm-slim"

const report = { say: () => undefined }

/**
 * Runs a shell script as root that has cache volumes, as any build on the same engine may; gives what it prints.
 *
 * @param volumes Their names by the folders that they are in.
 */
export async function inVolumes(volumes: Record<string, string>, script: string): Promise<string> {
  const context = mkdtempSync(join(tmpdir(), "go-image-volumes-"))
  let embedded = false
  const engine = await connect({ report, whenEmbedded: () => (embedded = true) })
  let output = ""
  try {
    const layouts = embedded
      ? await resolveBases([image], await askRegistries([image]), { engine, report })
      : {}
    const mounts = Object.entries(volumes).map(
      ([target, id]) => `--mount=type=cache,id=${id},target=${target}`,
    )
    await engine.build({
      // Never the same step twice.
      dockerfile: `FROM ${image}\nENV AT=${randomUUID()}\nRUN ${mounts.join(" ")} ${JSON.stringify(["/bin/sh", "-euc", script])}\n`,
      context,
      ignore: [],
      layouts,
      output: { type: "none" },
      onProgress: (event) => {
        if (event.type === "log") output += event.text
      },
    })
  } finally {
    await engine.close()
    rmSync(context, { recursive: true })
  }
  return output
}
