import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { UserError } from "../../../src/errors.js"
import { buildArchive } from "../build/build-image.js"
import { withCredentials } from "../../access/credentials.js"
import { ImageDiffers } from "../../command-line/exit.js"
import { Archive, type ImageStore } from "../../image/archive.js"
import { allManifests, type ChosenManifest } from "../../image/manifest.js"
import { formatPlatform } from "../../image/oci.js"
import { readContents, type Contents } from "../../image/contents/contents.js"
import { openImage } from "../../image/contents/open-image.js"
import type { Terminal } from "../../terminal/terminal.js"
import { makeWorkFolder } from "../../system/work-folder.js"
import { explain } from "./explain.js"
import { firstDifference, printDifference, type Difference } from "./first-difference.js"
import { printParameters, type Parameters } from "./provenance.js"
import type { Rebuild } from "./rebuild.js"
import { sourceOfImage, type ImageSource, type ReadImage } from "./source-of-image.js"
import type { Request } from "../../request.js"

export interface Verification {
  identical: boolean
  /** Of the image, and of what its source gives. */
  digest: string
  rebuilt: string
  /** Of the first platform that differs. */
  platform?: string
  difference?: Difference
  reasons?: string[]
  /** Of the provenance that is attached to it, where there is one and none was given. */
  provenance?: { digest: string; parameters: Parameters }
}

interface VerifyOptions {
  /** What it was built with; by default, what is attached to it says so. */
  parameters?: Parameters
  terminal: Terminal
  catchSignals: () => AbortSignal
}

/** Builds an image again from its source, and says whether it is the same. */
export async function verify(
  name: string,
  request: Request,
  { parameters, terminal, catchSignals }: VerifyOptions,
): Promise<Verification> {
  const store = await openImage(name)
  const manifests = await allManifests(store)
  const image = { store, manifests, contents: await readAll(store, manifests) }
  const made = await sourceOfImage(request, image, { parameters, report: terminal })
  const { rebuild, attached, source } = made
  const temporary = makeWorkFolder(tmpdir(), "go-image-")
  try {
    for (const { what, value, from } of rebuild.plans[0].decisions) {
      if (["builder", "runtime", "commit"].includes(what))
        terminal.say(`${what}: ${value}  (${from})`)
    }
    const archive =
      request.output === undefined ? join(temporary.path, "image.oci.tar") : resolve(request.output)
    await build(rebuild, archive, request, terminal, catchSignals())
    const result = await judge(made, image, await Archive.open(archive))
    return attached ? { ...result, provenance: attached } : result
  } finally {
    temporary.remove()
    source.remove()
  }
}

/** Of each platform. */
async function readAll(
  image: ImageStore,
  manifests: readonly ChosenManifest[],
): Promise<[Contents, ...Contents[]]> {
  const all: Contents[] = []
  for (const { config } of manifests) all.push(await readContents(image, formatPlatform(config)))
  const [first, ...others] = all
  if (!first) throw new UserError(`${image.path} holds no image`)
  return [first, ...others]
}

function build(
  rebuild: Rebuild,
  archive: string,
  request: Request,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<unknown> {
  const { settings, plans, source, neverSent } = rebuild
  return withCredentials(settings, request, terminal, (secrets) =>
    buildArchive(plans, { request, source, neverSent, secrets, terminal, signal }, archive),
  )
}

async function judge(
  made: ImageSource,
  image: ReadImage,
  rebuilt: ImageStore,
): Promise<Verification> {
  const others = await allManifests(rebuilt)
  // An index has more than images, such as what signs for them: each image counts.
  const digest = digestOf(image.store, image.manifests)
  const result = { digest, rebuilt: digestOf(rebuilt, others) }
  for (const [index, chosen] of image.manifests.entries()) {
    const platform = formatPlatform(chosen.config)
    const other = others.find(({ config }) => formatPlatform(config) === platform)
    if (chosen.descriptor.digest === other?.descriptor.digest) continue
    if (!other) throw new UserError(`nothing was built for ${platform}, a platform of the image`)
    const difference = await firstDifference(
      { store: image.store, chosen },
      { store: rebuilt, chosen: other },
    )
    const reasons = explain({
      ...made,
      difference,
      image: image.contents[index]!,
      rebuilt: await readContents(rebuilt, platform),
    })
    return { ...result, identical: false, platform, difference, reasons }
  }
  return { ...result, identical: true }
}

/** What people know it by: of one image its own, of several that of their index. */
function digestOf({ index }: ImageStore, manifests: readonly ChosenManifest[]): string {
  const [only, another] = manifests
  const [listed] = index.manifests
  return (only && !another ? only.descriptor.digest : listed?.digest) ?? ""
}

export function printVerification({
  identical,
  digest,
  rebuilt,
  platform,
  difference,
  reasons = [],
  provenance,
}: Verification): string {
  // Whoever attached it may have asked for anything.
  const known = provenance
    ? `options: ${printParameters(provenance.parameters)}  (its provenance, ${provenance.digest})\n`
    : ""
  if (identical) return `identical: ${digest}\n${known}`
  return [
    `different: ${digest}, but its source gives ${rebuilt}`,
    ...(difference ? [printDifference(difference, platform)] : []),
    "what explains it:",
    ...reasons.map((reason) => `  ${reason}`),
    known,
  ].join("\n")
}

export function mustBeIdentical({ identical }: Verification): void {
  if (!identical) throw new ImageDiffers("the source gives another image")
}
