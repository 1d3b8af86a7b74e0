import type { Facts } from "../../detect/facts.js"
import type { Settings } from "../../settings/resolve.js"
import { resolveGoVersion, type GoVersion } from "../go/version/go-version.js"
import { versionInBuilder, withBuilderOfCaller } from "./images-asked-for.js"
import { lockRuntime } from "./locked-images.js"
import { chooseRuntime, type RuntimeBase } from "./runtimes.js"

/** What an image, or a task, is built with and stands on. */
export interface ChosenBuilder {
  version: GoVersion
  /** With its images as the lock file has them. */
  runtime: RuntimeBase
  /** The same before that: what is said of a base by its name. */
  unlocked: RuntimeBase
}

export function chooseBuilder(facts: Facts, settings: Settings): ChosenBuilder {
  const version = versionInBuilder(resolveGoVersion(facts, settings.goVersion), settings)
  const unlocked = withBuilderOfCaller(chooseRuntime(settings.runtime, version), settings)
  return { version, runtime: lockRuntime(unlocked, facts), unlocked }
}
