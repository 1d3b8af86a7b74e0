/** The JSON documents of an OCI image: https://github.com/opencontainers/image-spec */

export interface Descriptor {
  mediaType: string
  /** `sha256:…` */
  digest: string
  size: number
  platform?: Platform
  annotations?: Record<string, string>
  /** Of an artifact that is no image. */
  artifactType?: string
}

export interface Platform {
  os: string
  architecture: string
  variant?: string
}

export interface ImageIndex {
  schemaVersion: 2
  mediaType?: string
  manifests: Descriptor[]
  annotations?: Record<string, string>
}

export interface ImageManifest {
  schemaVersion: 2
  mediaType?: string
  artifactType?: string
  /** What it is about. */
  subject?: Descriptor
  config: Descriptor
  layers: Descriptor[]
  annotations?: Record<string, string>
}

export interface ImageConfig extends Platform {
  created?: string
  author?: string
  config?: RunConfig
  rootfs: { type: "layers"; diff_ids: string[] }
  history?: HistoryEntry[]
}

/** How a container of the image runs; the names are the specification's. */
export interface RunConfig {
  User?: string
  ExposedPorts?: Record<string, object>
  Env?: string[]
  Entrypoint?: string[] | null
  Cmd?: string[] | null
  Volumes?: Record<string, object>
  WorkingDir?: string
  Labels?: Record<string, string>
  StopSignal?: string
}

export interface HistoryEntry {
  created?: string
  created_by?: string
  comment?: string
  empty_layer?: boolean
}

export const indexType = "application/vnd.oci.image.index.v1+json"
export const manifestType = "application/vnd.oci.image.manifest.v1+json"

export function isIndex({ mediaType }: Descriptor): boolean {
  return (
    mediaType === indexType ||
    mediaType === "application/vnd.docker.distribution.manifest.list.v2+json"
  )
}

/** `linux/arm64`, `linux/arm/v7` */
export function formatPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter(Boolean).join("/")
}
