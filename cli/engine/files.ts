import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { BuildRequest } from "./engine.js"

export interface BuildFiles {
  /** Folder with Dockerfile and Dockerfile.dockerignore. */
  folder: string
  /** A source policy of BuildKit's; see sourcePolicy. */
  policy: string
  /** Where the client program is to write what it knows of the result. */
  metadata: string
  remove(): void
}

/** Writes what a client program wants to read from files, outside the project. */
export function writeBuildFiles({ dockerfile, ignore, context }: BuildRequest): BuildFiles {
  const folder = mkdtempSync(join(tmpdir(), "go-image-"))
  writeFileSync(join(folder, "Dockerfile"), dockerfile)
  // BuildKit prefers this file to the project's .dockerignore, unless it is empty: hence the comment.
  const lines = ["# Written by go-image.", ...ignore]
  writeFileSync(join(folder, "Dockerfile.dockerignore"), `${lines.join("\n")}\n`)
  const policy = join(folder, "policy.json")
  writeFileSync(policy, JSON.stringify(sourcePolicy(context)))
  return {
    folder,
    policy,
    metadata: join(folder, "metadata.json"),
    remove: () => {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * BuildKit keeps what it received of the build context, and asks next time only for files whose size or time differ. It
 * takes all contexts for the same one, though, and so might use a file of another project that looks the same: here it
 * learns to tell them apart.
 */
function sourcePolicy(context: string): object {
  return {
    version: 1,
    rules: [
      {
        action: "CONVERT",
        selector: { identifier: "local://context" },
        updates: { attrs: { "local.sharedkeyhint": `context ${context}` } },
      },
    ],
  }
}
