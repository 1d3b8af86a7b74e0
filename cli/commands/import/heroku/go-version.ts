import type { Facts } from "../../../../src/detect/facts.js"
import { UserError } from "../../../../src/errors.js"
import { resolveGoVersion } from "../../../../src/plan/go/version/go-version.js"
import { newest, requirementsOf, split } from "../../../../src/plan/go/version/required-version.js"
import type { Settings } from "../../../../src/settings/resolve.js"
import type { FoundOption } from "../found.js"

/** What becomes of `// +heroku goVersion` where a build refuses it: go.mod may need a newer one, which a setting then says. */
export function goVersionOf(
  facts: Facts,
  settings: Pick<Settings, "goVersion">,
): Pick<FoundOption, "status" | "meaning" | "writes"> | undefined {
  if (!facts.goMod.herokuGoVersion) return undefined
  const refused = refusal(facts, settings)
  if (refused === undefined) return undefined
  const least = newest(requirementsOf(facts).goLines)
  const goVersion = least && `1.${split(least.version).minor}`
  const needed =
    goVersion === undefined ? refused : refusal(facts, { goVersion: written(goVersion) })
  return needed === undefined && goVersion !== undefined
    ? { status: "setting", meaning: refused, writes: { goVersion } }
    : { status: "not supported", meaning: refused }
}

/** The settings that a build has once it is written. */
export function withGoVersion(facts: Facts, settings: Settings): Settings {
  const value = goVersionOf(facts, settings)?.writes?.goVersion
  return value === undefined ? settings : { ...settings, goVersion: written(value) }
}

const written = (value: string) => ({ value, from: "project.toml" })

function refusal(facts: Facts, { goVersion }: Pick<Settings, "goVersion">): string | undefined {
  try {
    resolveGoVersion(facts, goVersion)
    return undefined
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return error.message.split("\n")[0]
  }
}
