import type { Container, Directory, Secret } from "@dagger.io/dagger"
import type { ServiceBinding } from "./given/service-binding.js"
import type { DetectedProject } from "../detect/detect.js"
import { UserError } from "../errors.js"
import type { GivenAccess } from "./given/access.js"
import type { Rebuild } from "./images/image-tools.js"
import type { Options } from "../options.js"
import type { Plan } from "../plan/types.js"

/** What the caller of the module gave. */
export interface Request extends GivenAccess {
  source: Directory
  /** Its .git folder, or one that has it. */
  git?: Directory
  options: Options
  /** One of project.toml's targets. */
  target?: string
  npmToken?: Secret
  services: readonly ServiceBinding[]
  /** Of tests, benchmarks and generators, each `NAME=value`. */
  testEnvironment: readonly string[]
  /** Image that compiled packages are taken from before a build. */
  warmFrom?: string
  /** Address of the vulnerability database; Go's own by default. */
  vulnerabilityDatabase?: string
  /** Patterns of the modules that checks are about; all of them where there are none. */
  modules: readonly string[]
}

/** An image, and all that is known of how it was built. */
export interface Built extends DetectedProject {
  plan: Plan
  image: Container
}

export interface Again {
  rebuild: Rebuild
  container: Container
}

export function noSource(): UserError {
  return new UserError("no Go project was given, and there is no workspace", {
    hint: "Give the folder of the project: --source=. on the command line, { source } in a module that calls this one.",
  })
}
