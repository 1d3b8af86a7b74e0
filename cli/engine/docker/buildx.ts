import { InternalError } from "../../../src/errors.js"
import { join } from "node:path"
import { CommandFailed, run, runs } from "../../system/command.js"
import { runClient } from "../client/client.js"
import type { BuildRequest, BuildResult, Engine, OciLayout } from "../engine.js"
import { dockerfileFor, versionsOfBuilder } from "../dockerfile-frontend.js"
import { readMetadata, writeBuildFiles, type BuildFiles } from "../files.js"
import { cacheArguments, imageFields, outputValue, stageOutput } from "../client/output.js"
import { familiarName } from "../../../src/reference.js"

export interface BuildxOptions {
  /** See Engine. */
  name: string
  canLoad: boolean
  /** Builder to use; where there is none, the person's current one, and ours for what that one cannot do. */
  builder?: string
  /** Build arguments of every build. */
  buildArgs: Record<string, string>
  /** Told of a builder that has to be made. */
  say: (line: string) => void
  close: () => Promise<void>
}

const buildx = ["docker", "buildx"]

/** A BuildKit reached through Docker's buildx plugin: Docker's own, or any other that is one of its builders. */
export function buildxEngine(options: BuildxOptions): Engine {
  const { name, canLoad } = options
  const versions = new Map<string | undefined, Promise<string[]>>()
  const versionsOf = (builder: string | undefined, signal?: AbortSignal) => {
    const known = versions.get(builder) ?? askVersions(builder, signal)
    versions.set(builder, known)
    return known
  }
  return {
    name,
    canLoad,
    embedded: false,
    close: () => options.close(),
    async build(asked: BuildRequest): Promise<BuildResult> {
      const request = { ...asked, buildArgs: { ...options.buildArgs, ...asked.buildArgs } }
      const builder = options.builder ?? (await builderFor(request, options))
      const staging = stageOutput(request.output, request.context)
      const dockerfile = dockerfileFor(request, await versionsOf(builder, request.signal))
      const files = writeBuildFiles({ ...request, dockerfile })
      try {
        const chosen = builder === undefined ? [] : ["--builder", builder]
        await runClient([...buildx, "build", ...chosen, ...buildxArguments(request, files)], {
          engine: name,
          cwd: staging?.folder ?? files.folder,
          onProgress: request.onProgress,
          signal: request.signal,
        })
        staging?.commit("output")
        return { metadata: readMetadata(files) }
      } finally {
        staging?.discard()
        files.remove()
      }
    },
  }
}

async function askVersions(builder: string | undefined, signal?: AbortSignal): Promise<string[]> {
  const chosen = builder === undefined ? [] : [builder]
  try {
    return versionsOfBuilder(await run([...buildx, "inspect", ...chosen], { signal }))
  } catch (error) {
    if (error instanceof CommandFailed) return []
    throw error
  }
}

/** Everything after `docker buildx build`. */
export function buildxArguments(request: BuildRequest, files: BuildFiles): string[] {
  const { context, target, platforms = [], layouts, folders = {}, buildArgs = {} } = request
  const args = [
    "--progress=rawjson",
    // As buildctl has it: the image alone, and not an index of image and attestation.
    ...["--provenance=false", "--sbom=false"],
    ...["--file", join(files.folder, "Dockerfile")],
    ...["--metadata-file", files.metadata],
    ...outputArguments(request),
  ]
  if (target !== undefined) args.push("--target", target)
  if (platforms.length > 0) args.push("--platform", platforms.join(","))
  const cache = cacheArguments(request)
  for (const from of cache.from) args.push("--cache-from", from)
  for (const to of cache.to) args.push("--cache-to", to)
  for (const [id, file] of Object.entries(request.secrets ?? {})) {
    args.push("--secret", outputValue([`id=${id}`, `src=${file}`]))
  }
  if (request.ssh !== undefined) args.push("--ssh", `default=${request.ssh}`)
  for (const [name, value] of Object.entries(buildArgs)) {
    args.push("--build-arg", `${name}=${value}`)
  }
  for (const [name, folder] of Object.entries(folders)) {
    args.push("--build-context", `${name}=${folder}`)
  }
  for (const [image, layout] of Object.entries(layouts)) {
    args.push("--build-context", layoutArgument(image, layout))
  }
  return [...args, "--", context]
}

function layoutArgument(image: string, { path, digest }: OciLayout): string {
  return `${familiarName(image)}=oci-layout://${path}@${digest}`
}

function outputArguments(request: BuildRequest): string[] {
  const { output } = request
  switch (output.type) {
    case "none":
      return ["--output", "type=cacheonly"]
    case "oci":
      return [
        ...tags(output.tags),
        ...["--output", outputValue(["type=oci", "dest=output", ...imageFields(request)])],
      ]
    case "local":
      return ["--output", "type=local,dest=output"]
    case "layout":
      return [
        "--output",
        outputValue(["type=oci", "tar=false", `dest=${output.path}`, "compression=uncompressed"]),
      ]
    case "store":
      // Whoever asks has seen that there is no `state`.
      throw new InternalError("Docker's own store of images is not ours to read")
    case "push":
      return [
        ...tags(output.tags),
        ...["--output", outputValue(["type=image", "push=true", ...imageFields(request)])],
      ]
    case "load":
      return [...tags(output.tags), "--load"]
  }
}

function tags(names: string[]): string[] {
  return names.flatMap((name) => ["--tag", name])
}

const ownBuilder = "go-image"

/**
 * Docker with its older image store ("graphdrivers") writes no OCI archives and no cache images; a BuildKit in a container
 * of Docker's does. That one stays, as buildx's builders do, for the sake of its cache.
 */
async function builderFor(
  { output, cacheFrom, signal }: BuildRequest,
  { say }: BuildxOptions,
): Promise<string | undefined> {
  const isArchive = output.type === "oci" || output.type === "layout"
  if (!isArchive && cacheFrom === undefined) return undefined
  const current = await run([...buildx, "inspect"], { signal })
  const isDocker = /^Driver:\s+docker$/m.test(current)
  if (!isDocker || current.includes("org.mobyproject.buildkit.worker.snapshotter")) return undefined
  const exists = () => runs([...buildx, "inspect", ownBuilder], { signal })
  if (await exists()) return ownBuilder
  say(
    `creating the builder ${ownBuilder} in Docker: Docker's own cannot write ` +
      `${isArchive ? "OCI archives" : "cache images"} ` +
      `(\`docker buildx rm ${ownBuilder}\` removes it)`,
  )
  try {
    await run([...buildx, "create", "--name", ownBuilder, "--driver", "docker-container"], {
      signal,
    })
  } catch (error) {
    // Somebody else may have been faster.
    if (!(error instanceof CommandFailed) || !(await exists())) throw error
  }
  return ownBuilder
}
