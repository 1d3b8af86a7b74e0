import { createHash } from "node:crypto"
import { join } from "node:path"
import { InternalError } from "../../../src/errors.js"
import { withPath } from "../../system/system-error.js"
import { linkImage } from "../embedded/content-store.js"
import { familiarName } from "../../../src/reference.js"
import { runClient } from "./client.js"
import type { BuildRequest, BuildResult, Engine, OciLayout, Output } from "../engine.js"
import {
  contextIdentity,
  imageDescriptor,
  readMetadata,
  writeBuildFiles,
  type BuildFiles,
} from "../files.js"
import { dockerfileFor } from "../dockerfile-frontend.js"
import { openLayout } from "../layout-cache.js"
import { cacheArguments, imageFields, outputValue, stageOutput } from "./output.js"

export interface BuildctlOptions {
  /** See Engine. */
  name: string
  embedded: boolean
  /** Of the BuildKit. */
  versions: readonly string[]
  /** The buildctl program. */
  program: string
  /** Where BuildKit listens, as BUILDKIT_HOST has it. */
  address: string
  /** Further arguments for `buildctl build`. */
  extra: string[]
  /** Build arguments of every build. */
  buildArgs: Record<string, string>
  /** See Engine. */
  state?: string
  close: () => Promise<void>
}

/** A BuildKit reached through its own client program. */
export function buildctlEngine(options: BuildctlOptions): Engine {
  const { name, embedded, program, address, extra } = options
  return {
    name,
    embedded,
    canLoad: false,
    state: options.state,
    close: () => options.close(),
    async build(asked: BuildRequest): Promise<BuildResult> {
      const request = { ...asked, buildArgs: { ...options.buildArgs, ...asked.buildArgs } }
      const { onProgress, signal, output } = request
      const staging = stageOutput(output, request.context)
      const dockerfile = dockerfileFor(request, options.versions)
      const files = writeBuildFiles({ ...request, dockerfile })
      const run: Run = (cwd, args) => {
        const command = [program, "--addr", address, "build", ...args, ...extra]
        return runClient(command, { engine: name, cwd, onProgress, signal })
      }
      try {
        if (staging && output.type === "oci") {
          const archive = join(staging.folder, "output")
          // Layers that a registry's cache has stay there until somebody asks for their bytes.
          const state = request.cacheFrom === undefined ? options.state : undefined
          await buildArchive(archive, { ...request, output }, files, run, state)
        } else {
          await run(staging?.folder ?? files.folder, buildArguments(request, files))
        }
        staging?.commit("output")
        return { metadata: readMetadata(files) }
      } finally {
        staging?.discard()
        files.remove()
      }
    },
  }
}

/** Runs `buildctl build` with these arguments; what it writes is relative to `cwd`. */
type Run = (cwd: string, args: string[]) => Promise<void>

/** By way of an image layout, which has what did not change since the last time. */
async function buildArchive(
  archive: string,
  request: BuildRequest & { output: { path: string; tags: string[] } },
  files: BuildFiles,
  run: Run,
  state: string | undefined,
): Promise<void> {
  const kept = openLayout(contextIdentity(request), archive)
  const first = state === undefined ? request : { ...request, output: { type: "store" as const } }
  try {
    const built = run(kept.folder, buildArguments(first, files))
    kept.begin()
    await built
    if (state !== undefined) {
      const places = { state, layout: join(kept.folder, "layout") }
      const linked = linkImage(imageDescriptor(files), request.output.tags, places)
      if (!linked) await run(kept.folder, buildArguments(request, files))
    }
    await kept.commit().catch((error: unknown) => {
      throw withPath(error, request.output.path)
    })
  } finally {
    await kept.discard()
  }
}

/** Everything after `buildctl build`. */
export function buildArguments(request: BuildRequest, files: BuildFiles): string[] {
  const { context, target, platforms = [], layouts, folders = {}, buildArgs = {} } = request
  const args = [
    "--progress=rawjson",
    "--frontend=dockerfile.v0",
    ...["--local", `context=${context}`],
    ...["--local", `dockerfile=${files.folder}`],
    ...["--source-policy-file", files.policy],
    ...["--metadata-file", files.metadata],
    ...outputArguments(request),
  ]
  if (target !== undefined) args.push("--opt", `target=${target}`)
  if (platforms.length > 0) args.push("--opt", `platform=${platforms.join(",")}`)
  const cache = cacheArguments(request)
  for (const from of cache.from) args.push("--import-cache", from)
  for (const to of cache.to) args.push("--export-cache", to)
  for (const [id, file] of Object.entries(request.secrets ?? {})) {
    args.push("--secret", outputValue([`id=${id}`, `src=${file}`]))
  }
  if (request.ssh !== undefined) args.push("--ssh", `default=${request.ssh}`)
  for (const [name, value] of Object.entries(buildArgs)) {
    args.push("--opt", `build-arg:${name}=${value}`)
  }
  for (const [name, folder] of Object.entries(folders)) {
    const local = localName(name, folder)
    args.push("--local", `${local}=${folder}`, "--opt", `context:${name}=local:${local}`)
  }
  for (const [image, layout] of Object.entries(layouts))
    args.push(...layoutArguments(image, layout))
  return args
}

function layoutArguments(image: string, { path, digest }: OciLayout): string[] {
  const store = localName("layout", path)
  return [
    ...["--oci-layout", `${store}=${path}`],
    ...["--opt", `context:${familiarName(image)}=oci-layout://${store}@${digest}`],
  ]
}

function outputArguments(request: BuildRequest): string[] {
  const { output } = request
  return output.type === "none" ? [] : ["--output", outputArgument(output, imageFields(request))]
}

function outputArgument(output: Exclude<Output, { type: "none" }>, image: string[]): string {
  switch (output.type) {
    case "store":
      return outputValue(["type=image", ...image])
    case "oci":
      return outputValue([
        ...["type=oci", "tar=false", "dest=layout"],
        ...image,
        ...names(output.tags),
      ])
    case "local":
      return outputValue(["type=local", "dest=output"])
    case "layout":
      return outputValue([
        "type=oci",
        "tar=false",
        `dest=${output.path}`,
        "compression=uncompressed",
      ])
    case "push":
      return outputValue(["type=image", "push=true", ...image, ...names(output.tags)])
    case "load":
      // Whoever asks has seen that `canLoad` is false.
      throw new InternalError("buildctl has no Docker engine to load images into")
  }
}

function names(tags: string[]): string[] {
  return tags.length > 0 ? [`name=${tags.join(",")}`] : []
}

/** A name for a folder of its own, for the reason given at sourcePolicy. */
function localName(name: string, folder: string): string {
  return `${name}-${createHash("sha256").update(folder).digest("hex").slice(0, 12)}`
}
