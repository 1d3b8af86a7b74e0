import type { Facts } from "../src/detect/facts.js"
import { assemblePlan } from "../src/plan/assemble.js"
import { splitPlatforms } from "../src/plan/platform.js"
import type { Plan } from "../src/plan/types.js"
import type { Settings } from "../src/settings/resolve.js"

/** One for each platform. */
export function assemblePlans(facts: Facts, settings: Settings): [Plan, ...Plan[]] {
  const platforms = splitPlatforms(settings.platform)
  const [platform, ...others] = platforms.map((each) =>
    assemblePlan(facts, { ...settings, platform: each }),
  )
  return platform ? [platform, ...others] : [assemblePlan(facts, settings)]
}
