import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { InternalError } from "../../src/errors.js"
import type { Descriptor } from "../image/oci.js"
import { makeWorkFolder } from "../system/work-folder.js"
import type { BuildRequest, ImageMetadata } from "./engine.js"

/** What a client program reads from files, and writes to them, outside the project. */
export interface BuildFiles {
  /** With `Dockerfile` and `Dockerfile.dockerignore` in it. */
  folder: string
  /** A source policy of BuildKit's; see sourcePolicy. */
  policy: string
  /** Written by the client program. */
  metadata: string
  remove(): void
}

export function writeBuildFiles({
  dockerfile,
  ignore,
  context,
  contextName,
}: BuildRequest): BuildFiles {
  const { path: folder, remove } = makeWorkFolder(tmpdir(), "go-image-")
  writeFileSync(join(folder, "Dockerfile"), dockerfile)
  // BuildKit prefers this file to the project's .dockerignore, unless it is empty: hence the comment.
  const lines = ["# Written by go-image.", ...ignore]
  writeFileSync(join(folder, "Dockerfile.dockerignore"), `${lines.join("\n")}\n`)
  const policy = join(folder, "policy.json")
  writeFileSync(policy, JSON.stringify(sourcePolicy(contextIdentity({ context, contextName }))))
  return {
    folder,
    policy,
    metadata: join(folder, "metadata.json"),
    remove,
  }
}

/** What is the same for all builds of a folder that are sent the same files of it. */
export function contextIdentity({
  context,
  contextName,
}: Pick<BuildRequest, "context" | "contextName">): string {
  return contextName ? `${context} ${contextName}` : context
}

/** The image that was built, as an image index lists it. */
export function imageDescriptor(files: BuildFiles): Descriptor {
  const descriptor = readMetadata(files)["containerimage.descriptor"]
  if (!descriptor) throw new InternalError("BuildKit has not said which image it built")
  return descriptor
}

const metadataKeys = [
  "containerimage.digest",
  "containerimage.config.digest",
  "containerimage.descriptor",
  "image.name",
]

/** What there is to say of the image that was built, if one was; not what is the client program's own business. */
export function readMetadata({ metadata }: BuildFiles): ImageMetadata {
  if (!existsSync(metadata)) return {}
  const all = JSON.parse(readFileSync(metadata, "utf8")) as Record<string, unknown>
  return Object.fromEntries(Object.entries(all).filter(([key]) => metadataKeys.includes(key)))
}

/**
 * BuildKit keeps what it received of the build context, and asks next time only for files whose size or time differ. It
 * takes all contexts of buildctl for the same one, though, and so might use a file of another project that looks the
 * same: here it learns to tell them apart. So it does programs of one folder that need different files of it: or each would
 * be sent again after the other.
 */
export function sourcePolicy(identity: string): object {
  return {
    version: 1,
    rules: [
      {
        action: "CONVERT",
        // Not by the default, wildcards: BuildKit keeps what they match in a map that it writes to from several threads, and
        // ends with a fatal error where two do so at once (seen with 0.26.3, once in a hundred builds).
        selector: { identifier: "local://context", match_type: "EXACT" },
        updates: { attrs: { "local.sharedkeyhint": `context ${identity}` } },
      },
    ],
  }
}
