import { UserError } from "../../../src/errors.js"
import type { ImageStore } from "../../image/archive.js"
import type { ChosenManifest } from "../../image/manifest.js"
import type { Contents } from "../../image/contents/contents.js"
import type { Report } from "../../terminal/report.js"
import { findProvenance } from "./find-provenance.js"
import { parametersOf, withParameters, type Parameters } from "./provenance.js"
import { planRebuild, type Rebuild } from "./rebuild.js"
import { whatItSays, type Said } from "./said.js"
import { sourceOf, type FoundSource } from "./source-of.js"
import type { Request } from "../../request.js"

/** An image, and all of its platforms in the same order. */
export interface ReadImage {
  store: ImageStore
  manifests: readonly ChosenManifest[]
  contents: [Contents, ...Contents[]]
}

export interface ImageSource {
  said: Said
  source: FoundSource
  rebuild: Rebuild
  /** Of the provenance that is attached to it, where no other one was given. */
  attached?: { digest: string; parameters: Parameters }
}

/**
 * The project that an image was built from, at its commit, with the options that it was built with.
 *
 * @param parameters What it was built with; by default, what is attached to it says so.
 */
export async function sourceOfImage(
  asked: Request,
  { store, manifests, contents }: ReadImage,
  { parameters, report }: { parameters?: Parameters; report: Report },
): Promise<ImageSource> {
  const found = parameters ? undefined : await findProvenance(store, manifests)
  const attached = found && { digest: found.digest, parameters: parametersOf(found.definition) }
  const known = parameters ?? attached?.parameters
  const request = known ? withParameters(asked, known) : asked
  if (contents.every(({ programs }) => programs.length === 0)) {
    throw new UserError(`not an image of a Go project: no Go program is in it: ${store.path}`)
  }
  const said = whatItSays(contents)
  const source = await sourceOf(said, request.source, report)
  try {
    if (source.doubt !== undefined) report.say(`note: ${source.doubt}`)
    const rebuild = await planRebuild(request, said, source)
    return { said, source, rebuild, ...(attached && { attached }) }
  } catch (error) {
    source.remove()
    throw error
  }
}
