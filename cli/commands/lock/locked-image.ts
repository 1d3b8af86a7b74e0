import { versionMade } from "../../bases/resolve.js"
import { RegistryImage } from "../../image/registry/registry-image.js"
import { isIndex, type ImageConfig, type ImageIndex, type ImageManifest } from "../../image/oci.js"
import { parseReference } from "../../../src/reference.js"
import { versionVariable, withVersion } from "../../../src/lock/lock-file.js"

/** What the registry has under a reference now: `golang:1.25` is `golang:1.25.4@sha256:…`. */
export async function askRegistry(reference: string, place = reference): Promise<string> {
  const image = await RegistryImage.open(place)
  const [descriptor] = image.index.manifests
  const variable = versionVariable(reference)
  const environment = variable === undefined ? [] : await environmentOf(image)
  const version = environment
    .find((each) => each.startsWith(`${variable}=`))
    ?.slice(`${variable}=`.length)
  return `${withVersion(reference, version)}@${descriptor?.digest}`
}

/** Of one of its platforms: all have the same version. */
async function environmentOf(image: RegistryImage): Promise<string[]> {
  let [descriptor] = image.index.manifests
  if (descriptor && isIndex(descriptor)) {
    const { manifests } = await image.document<ImageIndex>(descriptor)
    descriptor = manifests.find(({ platform }) => platform?.os === "linux") ?? manifests[0]
  }
  if (!descriptor) return []
  const { config } = await image.document<ImageManifest>(descriptor)
  return (await image.document<ImageConfig>(config)).config?.Env ?? []
}

/** Where no registry answers, and the image is made here: its version, and no digest, which it has on this machine alone. */
export async function askPackages(reference: string, signal?: AbortSignal): Promise<string> {
  return withVersion(reference, await versionMade(parseReference(reference), signal))
}
