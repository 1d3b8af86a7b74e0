import type { Facts } from "../../src/detect/facts.js"
import { assemblePlan } from "../../src/plan/assemble.js"
import { splitPlatforms } from "../../src/plan/bases/platform.js"
import type { Plan } from "../../src/plan/types.js"
import type { Settings } from "../../src/settings/resolve.js"

/** One for each platform. */
export function assemblePlans(facts: Facts, settings: Settings): [Plan, ...Plan[]] {
  const [first, ...others] = settingsByPlatform(settings)
  return [assemblePlan(facts, first), ...others.map((each) => assemblePlan(facts, each))]
}

/** Where none is named, the engine's own is the only one. */
export function settingsByPlatform(settings: Settings): [Settings, ...Settings[]] {
  const [first, ...others] = splitPlatforms(settings.platform).map((platform) => ({
    ...settings,
    platform,
  }))
  return first ? [first, ...others] : [settings]
}
