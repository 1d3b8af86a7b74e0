import { isDeepStrictEqual } from "node:util"
import type { ImageTools, ReadImage } from "../../src/dagger/images/image-tools.js"
import { attachDocuments } from "../attest/main.js"
import { Archive } from "../image/archive.js"
import { allManifests, type ChosenManifest } from "../image/manifest.js"
import type { RunConfig } from "../image/oci.js"
import { readManifest, type Contents } from "../image/contents/contents.js"
import { readSbomFacts } from "../image/contents/sbom-facts.js"
import { explain } from "../commands/verify/explain.js"
import { firstDifference, printDifference } from "../commands/verify/first-difference.js"
import { gitOf, planOfImage, withTagsOf } from "../commands/verify/plan-of-image.js"
import { whatItSays } from "../commands/verify/said.js"

/*
 * What the functions of the Dagger module take of the command line's code, beside src/. It runs in the module's runtime, on
 * archives that the engine has exported there.
 */

/** Of a layer with nothing in it, which BuildKit writes for a working folder and Dagger does not. */
const emptyLayer = "sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"

export const tools: ImageTools = {
  readFacts: async (archive, name, ownLayers) =>
    readSbomFacts(await Archive.open(archive), { name }, ownLayers),
  attach: async (reference, facts, options) => {
    await attachDocuments(reference, facts, {
      ...options,
      asReferrers: true,
      inIndex: false,
      tags: [],
    })
  },
  openImage,
}

/** Of the one platform that an engine has it for. */
async function openImage(archive: string): Promise<ReadImage> {
  const store = await Archive.open(archive)
  const [chosen] = (await allManifests(store)) as [ChosenManifest]
  const contents = await readManifest(store, chosen)
  const said = whatItSays([contents])
  return {
    ...(said.revision !== undefined && { revision: said.revision }),
    plan: (options, look) =>
      planOfImage(said, options, (each) =>
        look(each, (answer) => (answer.state ? withTagsOf(said, answer) : gitOf(said))),
      ),
    compare: async (rebuild, other, doubt) => {
      const again = await Archive.open(other)
      const [rebuilt] = (await allManifests(again)) as [ChosenManifest]
      if (isSame(chosen, rebuilt)) return undefined
      const difference = await firstDifference(
        { store, chosen: withoutEmpty(chosen) },
        { store: again, chosen: withoutEmpty(rebuilt) },
      )
      const reasons = explain({
        said,
        difference,
        source: { folder: "", ...(doubt !== undefined && { doubt }), remove: () => undefined },
        rebuild: { ...rebuild, source: "", neverSent: [] },
        image: ofEngine(contents),
        rebuilt: ofEngine(await readManifest(again, rebuilt)),
      })
      // History counts the layers that are left out here.
      return [printDifference({ ...difference, step: undefined }), ...reasons]
    },
  }
}

/** Compression, history and the time of its writing are the engine's, whoever's image it is. */
function isSame(one: ChosenManifest, other: ChosenManifest): boolean {
  const of = (chosen: ChosenManifest) => {
    const { config } = withoutEmpty(chosen)
    const { os, architecture, variant, config: run = {}, rootfs } = config
    return {
      os,
      architecture,
      variant,
      layers: rootfs.diff_ids,
      run: JSON.parse(JSON.stringify(withoutOwnPath(run))) as object,
    }
  }
  return isDeepStrictEqual(of(one), of(other))
}

/** On a base that has no PATH, as scratch, BuildKit writes its own, and Dagger none. */
function withoutOwnPath({ Env = [], ...run }: RunConfig): RunConfig {
  const others = Env.filter((each) => each !== `PATH=${buildKitPath}`)
  return { ...run, ...(others.length > 0 && { Env: others }) }
}

/** https://github.com/moby/buildkit/blob/master/util/system/path.go */
const buildKitPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

/** An engine keeps no annotations of an image that it has pulled, and writes its own time. */
function ofEngine(contents: Contents): Contents {
  return { ...contents, annotations: {}, created: undefined }
}

function withoutEmpty({ descriptor, manifest, config }: ChosenManifest): ChosenManifest {
  const isFilled = config.rootfs.diff_ids.map((each) => each !== emptyLayer)
  return {
    descriptor,
    manifest: { ...manifest, layers: manifest.layers.filter((_, index) => isFilled[index]) },
    config: {
      ...config,
      rootfs: {
        ...config.rootfs,
        diff_ids: config.rootfs.diff_ids.filter((_, index) => isFilled[index]),
      },
    },
  }
}
