import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"
import type { Plan } from "../../../src/plan/types.js"
import { settingsOfDecision } from "../../../src/explain/settings-of-decision.js"

const cases = fileURLToPath(new URL("../../cases", import.meta.url))

it("says of each decision in any case what changes it", () => {
  const plans = readdirSync(cases)
    .map((name) => join(cases, name, "plan.json"))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, "utf8")) as Plan)
  const decided = new Set(plans.flatMap(({ decisions }) => decisions.map(({ what }) => what)))
  expect([...decided].filter((what) => !(what in settingsOfDecision))).toEqual([])
  // And has no row of what nobody decides; of these there is no case.
  const rows = Object.keys(settingsOfDecision).filter((what) => !decided.has(what))
  expect(rows).toEqual(["source", "registry mirror"])
})
