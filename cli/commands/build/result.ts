import { randomUUID } from "node:crypto"
import { appendFileSync } from "node:fs"
import type { Decision } from "../../../src/plan/types.js"
import type { DoneStep, ImageMetadata, Output } from "../../engine/engine.js"
import { summaryText } from "../../github/summary.js"
import { writeResult } from "../../build/result-files.js"
import { parseReference } from "../../../src/reference.js"
import { standardOutput } from "../../terminal/standard-output.js"
import type { Request } from "../../request.js"

/** One image that was made, as programs are told of it. */
export interface Result {
  /** Of project.toml, where one was named. */
  target?: string
  digest: string
  /** What it can be pulled or run by; none of an archive. */
  images: string[]
  tags: string[]
  metadata: ImageMetadata
  /** How it came to be, for people. */
  decisions: readonly Decision[]
  steps: readonly DoneStep[]
  /** It was pushed, and something about it was not. */
  failure?: Error
}

/** Undefined where nothing stays of the image: it was only run, or went into a pipe. */
export function resultOf(
  output: Output,
  metadata: ImageMetadata,
  { target, run, output: asked }: Request,
  { decisions, steps }: Pick<Result, "decisions" | "steps">,
): Result | undefined {
  const digest = metadata["containerimage.digest"]
  const isPassing = output.type === "oci" && asked === undefined && run
  if (digest === undefined || isPassing || !("tags" in output)) return undefined
  const { tags } = output
  // An engine with Docker's older image store knows an image by its configuration, under no name.
  const hasName = output.type !== "oci" && digest !== metadata["containerimage.config.digest"]
  const images = hasName ? [...new Set(tags.map((tag) => `${nameOf(tag)}@${digest}`))] : []
  return { target, digest, images, tags, decisions, steps, metadata: withNames(metadata, tags) }
}

/** `registry.example.com/team/app`, as it was typed but for the tag. */
function nameOf(tag: string): string {
  const { tag: version = "" } = parseReference(tag)
  return tag.endsWith(`:${version}`) ? tag.slice(0, -version.length - 1) : tag
}

/** The key under which buildx has them. */
function withNames(metadata: ImageMetadata, tags: readonly string[]): ImageMetadata {
  return tags.length > 0 ? { ...metadata, "image.name": tags.join(",") } : metadata
}

/** Writes all that was asked for, and a line for each image on standard output. */
export function publishResults(
  results: readonly Result[],
  request: Request,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const { metadataFile, digestFile, dotenvFile, output } = request
  if (metadataFile !== undefined) writeResult(metadataFile, metadataText(results))
  const [result] = results
  if (!result) return
  if (digestFile !== undefined) writeResult(digestFile, result.digest)
  if (dotenvFile !== undefined) writeResult(dotenvFile, dotenvText(result))
  const { GITHUB_ACTIONS, GITHUB_OUTPUT } = environment
  if (GITHUB_ACTIONS === "true" && GITHUB_OUTPUT) {
    appendFileSync(GITHUB_OUTPUT, githubText(results))
  }
  const { GITHUB_STEP_SUMMARY } = environment
  if (GITHUB_ACTIONS === "true" && GITHUB_STEP_SUMMARY) {
    appendFileSync(GITHUB_STEP_SUMMARY, results.map(summaryOf).join(""))
  }
  if (output === standardOutput) return
  process.stdout.write(results.map((each) => linesOf(each, results.length > 1)).join(""))
}

/** A digest alone does not say which of several images it is of: as sha256sum does, its name comes after it. */
function linesOf({ target, digest, images }: Result, isOneOfSeveral: boolean): string {
  const name = isOneOfSeveral && target !== undefined ? `  ${target}` : ""
  return (images.length > 0 ? images : [`${digest}${name}`]).map((line) => `${line}\n`).join("")
}

function summaryOf({ target, tags, digest, images, decisions, steps }: Result): string {
  const title = target ?? tags[0] ?? "image"
  return summaryText({ title, digest, images, decisions, steps })
}

/** As `docker buildx build` writes it; of several targets, as `docker buildx bake` does: by their names. */
function metadataText(results: readonly Result[]): string {
  const byTarget = results.flatMap(({ target, metadata }) =>
    target === undefined ? [] : [[target, metadata] as const],
  )
  const content = byTarget.length > 0 ? Object.fromEntries(byTarget) : results[0]?.metadata
  return `${JSON.stringify(content ?? {}, undefined, 2)}\n`
}

/** https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportsdotenv */
function dotenvText({ digest, images, tags }: Result): string {
  return `IMAGE_DIGEST=${digest}\nIMAGE=${images[0] ?? ""}\nIMAGE_TAGS=${tags.join(",")}\n`
}

/** https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#setting-an-output-parameter */
function githubText(results: readonly Result[]): string {
  const [result] = results
  const values = {
    ...(result && results.length === 1
      ? { digest: result.digest, image: result.images[0] ?? "", tags: result.tags.join("\n") }
      : {}),
    images: results.flatMap(({ images }) => images).join("\n"),
    metadata: metadataText(results).trimEnd(),
  }
  return Object.entries(values)
    .map(([name, value]) => {
      // A name that no value has, so that none can set another output.
      const end = `end-${randomUUID()}`
      return `${name}<<${end}\n${value}\n${end}\n`
    })
    .join("")
}
