import type { BuildInfo } from "./programs/build-info.js"
import type { System } from "./os-packages.js"

/** All that an SBOM is made of: plain data, whoever has read it from an image. */
export interface SbomFacts {
  /** Of the image, for people: `shop`, `registry.example.com/team/shop`. */
  name: string
  /** Where it can be pulled from: `registry.example.com/team/shop`. */
  repository?: string
  /** Of what a registry has under its name: the manifest, or the index of several platforms. */
  digest: string
  version?: string
  /** SPDX expression of the project's own code. */
  license?: string
  /** RFC 3339; never that of the clock. */
  created: string
  /** One for each platform. */
  images: ImageFacts[]
}

export interface ImageFacts extends System {
  /** `linux/arm64` */
  platform: string
  digest: string
  programs: LinkedProgram[]
  /** Those that the image has besides its base and the programs, by their absolute path. */
  files: FileFacts[]
}

/** One that Go compiled. */
export interface LinkedProgram extends BuildInfo, FileFacts {}

export interface FileFacts {
  /** Absolute. */
  file: string
  /** In hex. */
  sha256: string
  sha1: string
}
