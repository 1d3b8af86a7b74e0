import type { Dockerfile } from "../../../../src/detect/dockerfile/dockerfile.js"
import type { Missing } from "../../../../src/plan/image/own-dockerfile/missing.js"
import type { Instruction, Stage } from "../../../../src/detect/dockerfile/instructions.js"
import type { KnownFiles } from "./copies.js"
import type { ProgramPath } from "../manifests.js"
import type { KnownCommand } from "./command.js"
import type { KnownBuild } from "./go-build.js"
import type { Users } from "./users.js"
import type { WorkingDirectory } from "./working-directory.js"

/** What builds make of the same file. */
export interface KnownImage extends Pick<KnownBuild, "stamped" | "buildTags" | "isWithoutC"> {
  missing: readonly Missing[]
  /** That an image has by its plan, and what says so. */
  ports?: { value: readonly string[]; from: string }
  /** That it has, `NAME=value` each. */
  labels?: readonly string[]
  files?: KnownFiles
  /** Of project.toml, root included. */
  hasOwnUser?: boolean
  /** Where that is not what this Dockerfile says. */
  command?: KnownCommand
  /** An image that the caller brings, with names of its own for packages. */
  hasOwnBase?: boolean
  /** Programs in it. */
  programs?: readonly ProgramPath[]
}

export interface ImportedImage {
  dockerfile: Dockerfile
  known: KnownImage
  stages: readonly Stage[]
  /** Of the image itself. */
  own: readonly Instruction[]
  users: Users
  workingDirectory: WorkingDirectory
  /** The image is the builder, whose packages and files are those of a build. */
  isOfBuilder: boolean
}
