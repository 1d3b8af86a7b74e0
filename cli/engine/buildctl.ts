import { createHash } from "node:crypto"
import { join } from "node:path"
import { InternalError } from "../../src/errors.js"
import { familiarName } from "./reference.js"
import { runClient } from "./client.js"
import type { BuildRequest, BuildResult, Engine, OciLayout, Output } from "./engine.js"
import { imageDigest, writeBuildFiles, type BuildFiles } from "./files.js"
import { takeLayout } from "./kept-layout.js"
import { outputValue, registryCache, stageOutput } from "./output.js"

export interface BuildctlOptions {
  /** See Engine. */
  name: string
  embedded: boolean
  /** The buildctl program. */
  program: string
  /** Where BuildKit listens, as BUILDKIT_HOST has it. */
  address: string
  /** Further arguments for `buildctl build`. */
  extra: string[]
  /** Build arguments of every build. */
  buildArgs: Record<string, string>
  close: () => Promise<void>
}

/** A BuildKit reached through its own client program. */
export function buildctlEngine(options: BuildctlOptions): Engine {
  const { name, embedded, program, address, extra } = options
  return {
    name,
    embedded,
    canLoad: false,
    close: () => options.close(),
    async build(asked: BuildRequest): Promise<BuildResult> {
      const request = { ...asked, buildArgs: { ...options.buildArgs, ...asked.buildArgs } }
      const staging = stageOutput(request.output)
      const kept =
        staging && request.output.type === "oci"
          ? takeLayout(request.context, join(staging.folder, "output"))
          : undefined
      const files = writeBuildFiles(request)
      try {
        const built = runClient(
          [program, "--addr", address, "build", ...buildArguments(request, files), ...extra],
          {
            engine: name,
            cwd: kept?.folder ?? staging?.folder ?? files.folder,
            onProgress: request.onProgress,
            signal: request.signal,
          },
        )
        kept?.begin()
        await built
        await kept?.commit()
        staging?.commit("output")
        return { digest: imageDigest(files) }
      } finally {
        await kept?.discard()
        staging?.discard()
        files.remove()
      }
    },
  }
}

/** Everything after `buildctl build`. */
export function buildArguments(request: BuildRequest, files: BuildFiles): string[] {
  const {
    context,
    target,
    platforms = [],
    layouts,
    folders = {},
    buildArgs = {},
    noCache,
  } = request
  const args = [
    "--progress=rawjson",
    "--frontend=dockerfile.v0",
    ...["--local", `context=${context}`],
    ...["--local", `dockerfile=${files.folder}`],
    ...["--source-policy-file", files.policy],
    ...["--metadata-file", files.metadata],
    ...outputArguments(request.output),
  ]
  if (target !== undefined) args.push("--opt", `target=${target}`)
  if (platforms.length > 0) args.push("--opt", `platform=${platforms.join(",")}`)
  if (noCache) args.push("--no-cache")
  if (request.cacheImage !== undefined) {
    const { from, to } = registryCache(request.cacheImage)
    args.push("--import-cache", from, "--export-cache", to)
  }
  for (const [id, file] of Object.entries(request.secrets ?? {})) {
    args.push("--secret", outputValue([`id=${id}`, `src=${file}`]))
  }
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

function outputArguments(output: Output): string[] {
  return output.type === "none" ? [] : ["--output", outputArgument(output)]
}

function outputArgument(output: Exclude<Output, { type: "none" }>): string {
  switch (output.type) {
    case "oci":
      return outputValue([
        ...["type=oci", "tar=false", "dest=layout"],
        gzipLevel,
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
      return outputValue(["type=image", "push=true", gzipLevel, ...names(output.tags)])
    case "load":
      // Whoever asks has seen that `canLoad` is false.
      throw new InternalError("buildctl has no Docker engine to load images into")
  }
}

/** As ko has it. BuildKit's default is 6, which takes three times as long for a tenth fewer bytes (docs/bench.md). */
const gzipLevel = "compression-level=1"

function names(tags: string[]): string[] {
  return tags.length > 0 ? [`name=${tags.join(",")}`] : []
}

/** A name for a folder of its own, for the reason given at sourcePolicy. */
function localName(name: string, folder: string): string {
  return `${name}-${createHash("sha256").update(folder).digest("hex").slice(0, 12)}`
}
