import type { RegistryClient } from "../image/registry/registry-client.js"
import {
  indexType,
  manifestType,
  type Descriptor,
  type ImageIndex,
  type ImageManifest,
  type Platform,
} from "../image/oci.js"
import { hasManifest, pushBlob, pushManifest, upload, type Upload } from "./upload.js"
import { inTotoMediaType } from "../../src/sbom/documents/provenance.js"
import { attestationType, predicateKey, referenceKeys } from "../image/attestations.js"

/** A statement of in-toto about one image. */
export interface ImageStatement {
  predicateType: string
  content: string
}

/** An image that is in a registry, and what is said about it. */
export interface Attested {
  descriptor: Descriptor
  platform: Platform
  statements: readonly ImageStatement[]
}

/** What is no image has this platform, so that no container engine takes it for one. */
const noPlatform: Platform = { os: "unknown", architecture: "unknown" }

/**
 * Puts statements beside their images into one index, as BuildKit does where it makes them itself, and gives it the names
 * that the images have. https://github.com/moby/buildkit/blob/master/docs/attestations/attestation-storage.md
 *
 * The images need not be there yet; the statements are, when it resolves.
 *
 * @returns The index, and what pushes it.
 */
export async function prepareIndex(
  client: RegistryClient,
  images: readonly Attested[],
  { annotations, tags }: { annotations?: Record<string, string>; tags: readonly string[] },
): Promise<{ descriptor: Descriptor; push: () => Promise<void> }> {
  const attestations = images.map((image) => attestationOf(image))
  await Promise.all(
    attestations.map(async ({ blobs, manifest }) => {
      if (await hasManifest(client, manifest)) return
      await Promise.all(blobs.map((each) => pushBlob(client, each)))
      await pushManifest(client, manifest)
    }),
  )
  const index = upload(indexType, {
    schemaVersion: 2,
    mediaType: indexType,
    manifests: [
      ...images.map(({ descriptor, platform }) => ({ ...descriptor, platform })),
      ...attestations.map(({ listed }) => listed),
    ],
    ...(annotations && { annotations }),
  } satisfies ImageIndex)
  return {
    descriptor: index.descriptor,
    push: async () => {
      await Promise.all(tags.map((tag) => pushManifest(client, index, tag)))
    },
  }
}

function attestationOf({ descriptor: { digest }, statements }: Attested) {
  const layers = statements.map(({ predicateType, content }) => {
    const { descriptor, content: bytes } = upload(inTotoMediaType, Buffer.from(content))
    return {
      descriptor: { ...descriptor, annotations: { [predicateKey]: predicateType } },
      content: bytes,
    }
  })
  const config = configOf(layers)
  const manifest = upload(manifestType, {
    schemaVersion: 2,
    mediaType: manifestType,
    config: config.descriptor,
    layers: layers.map(({ descriptor }) => descriptor),
  } satisfies ImageManifest)
  const listed: Descriptor = {
    ...manifest.descriptor,
    annotations: { [referenceKeys.digest]: digest, [referenceKeys.type]: attestationType },
    platform: noPlatform,
  }
  return { blobs: [config, ...layers], manifest, listed }
}

/** That of an image without a program: registries that want one find one. */
function configOf(layers: readonly Upload[]): Upload {
  return upload("application/vnd.oci.image.config.v1+json", {
    architecture: noPlatform.architecture,
    os: noPlatform.os,
    config: {},
    rootfs: { type: "layers", diff_ids: layers.map(({ descriptor }) => descriptor.digest) },
  })
}
