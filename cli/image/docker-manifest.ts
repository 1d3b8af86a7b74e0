import { isAttestation } from "./attestations.js"
import { blobName, imagesOf } from "./layout.js"

/** Where an image's full name is, as Docker and containerd write it: docker.io/library/app:latest. */
const nameKey = "io.containerd.image.name"

/**
 * The file `manifest.json` of an archive, as `docker save` writes it beside OCI's: with it, Docker's older image store and
 * other readers of Docker's archives load the image, too. They know one platform: undefined where there are several.
 * https://github.com/moby/docker-image-spec/blob/main/v1.2.md#combined-image-json--filesystem-changeset-format
 */
export function dockerManifest(layout: string): string | undefined {
  const images = imagesOf(layout).filter(({ descriptor }) => !isAttestation(descriptor))
  const [first, ...others] = images
  if (!first || others.some(({ descriptor }) => descriptor.digest !== first.descriptor.digest)) {
    return undefined
  }
  const names = images.flatMap(({ root }) => root.annotations?.[nameKey] ?? [])
  const { config, layers } = first.manifest
  return JSON.stringify([
    {
      Config: blobName(config.digest),
      RepoTags: [...new Set(names)],
      Layers: layers.map(({ digest }) => blobName(digest)),
    },
  ])
}
