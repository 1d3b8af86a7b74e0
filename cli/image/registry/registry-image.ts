import { createHash } from "node:crypto"
import { UserError } from "../../../src/errors.js"
import { parseReference } from "../../../src/reference.js"
import { readJson, type ImageStore } from "../archive.js"
import { isIndex, type Descriptor, type ImageIndex } from "../oci.js"
import { listReferrers, listTagged } from "./referrers.js"
import type { Credentials } from "./docker-credentials.js"
import { RegistryClient } from "./registry-client.js"
import { digestOf } from "../digest.js"

export const manifestTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
]

/** An image in a registry, read from there: a layer when it is asked for. */
export class RegistryImage implements ImageStore {
  private constructor(
    readonly path: string,
    readonly index: ImageIndex,
    private readonly client: RegistryClient,
  ) {}

  static async open(
    name: string,
    signal?: AbortSignal,
    credentials?: Credentials,
  ): Promise<RegistryImage> {
    const reference = parseReference(name)
    const client = new RegistryClient(reference, "pull", signal, credentials)
    const asked = reference.digest ?? reference.tag ?? "latest"
    const descriptor = await describe(name, client, asked)
    return new RegistryImage(name, { schemaVersion: 2, manifests: [descriptor] }, client)
  }

  /** Of a manifest in the same repository. */
  describe(digest: string): Promise<Descriptor> {
    return describe(this.path, this.client, digest)
  }

  /** What the registry has about a manifest: by its list, or else by the tag. */
  async referrers(digest: string): Promise<Descriptor[]> {
    return (await listReferrers(this.client, digest)) ?? (await listTagged(this.client, digest))
  }

  async *blob(descriptor: Descriptor): AsyncGenerator<Buffer, void> {
    const { digest } = descriptor
    const [algorithm = "", hex] = digest.split(":")
    if (!["sha256", "sha512"].includes(algorithm)) {
      throw new UserError(`${this.path}: unsupported digest ${digest}`)
    }
    const isManifest = isIndex(descriptor) || manifestTypes.includes(descriptor.mediaType)
    const response = await this.client.get(
      `${isManifest ? "manifests" : "blobs"}/${digest}`,
      isManifest ? manifestTypes : [],
    )
    const hash = createHash(algorithm)
    for await (const bytes of response.body()) {
      hash.update(bytes)
      yield bytes
    }
    if (hash.digest("hex") !== hex) throw damaged(this.path, digest)
  }

  async document<T>(descriptor: Descriptor): Promise<T> {
    return (await readJson(`${this.path}: ${descriptor.digest}`, this.blob(descriptor))) as T
  }
}

/** @param asked A tag or a digest. */
async function describe(name: string, client: RegistryClient, asked: string): Promise<Descriptor> {
  const response = await client.get(`manifests/${asked}`, manifestTypes)
  const content = await response.bytes()
  const mediaType = response.header("content-type")?.replace(/;.*/s, "") ?? ""
  const digest = digestOf(content)
  if (asked.includes(":") && asked !== digest) throw damaged(name, asked)
  return { mediaType, digest, size: content.length }
}

function damaged(name: string, digest: string): UserError {
  return new UserError(`${name} is damaged: the content of ${digest} does not match it`)
}
