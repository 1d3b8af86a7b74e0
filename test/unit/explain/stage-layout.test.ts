import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { accountOf } from "../../../src/explain/account.js"
import { box, layOutStages, type StageLayout } from "../../../src/explain/stage-layout.js"
import type { Plan } from "../../../src/plan/types.js"

const cases = fileURLToPath(new URL("../../cases", import.meta.url))
const layouts = readdirSync(cases, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("plan.json"))
  .map((file): [string, StageLayout] => {
    const plan = JSON.parse(readFileSync(`${cases}/${file}`, "utf8")) as Plan
    return [file, layOutStages(accountOf(plan).stages)]
  })

/** Whether a line between two points goes through the inside of a stage, looked at in many places. */
function isBehind({ stages, edges }: StageLayout): boolean {
  return edges.some(({ points }) =>
    points.slice(1).some((to, i) => {
      const from = points[i] ?? to
      return Array.from({ length: 41 }, (_, step) => step / 40).some((share) => {
        const x = from.x + (to.x - from.x) * share
        // As a curve is: slow at both ends.
        const eased = share * share * (3 - 2 * share)
        const y = from.y + (to.y - from.y) * eased
        return stages.some(
          (each) => x > each.x && x < each.x + box.width && y > each.y && y < each.y + box.height,
        )
      })
    }),
  )
}

describe("the picture of stages", () => {
  it.each(layouts)("of %s has no line behind a stage, and no stage over another", (_, layout) => {
    expect(isBehind(layout)).toBe(false)
    for (const a of layout.stages) {
      expect(a.x + box.width).toBeLessThanOrEqual(layout.width)
      expect(a.y + box.height).toBeLessThanOrEqual(layout.height)
      for (const b of layout.stages) {
        const isApart = Math.abs(a.x - b.x) >= box.width || Math.abs(a.y - b.y) >= box.height
        expect(a === b || isApart).toBe(true)
      }
    }
  })

  it("has an edge from each stage to those that use it, and each ends in a place of its own", () => {
    expect(layouts.some(([, { edges }]) => edges.some(({ points }) => points.length > 2))).toBe(
      true,
    )
    for (const [, { stages, edges }] of layouts) {
      expect(edges).toHaveLength(stages.flatMap(({ stage }) => stage.uses).length)
      const ends = edges.map(({ points }) => JSON.stringify(points.at(-1)))
      expect(new Set(ends).size).toBe(ends.length)
    }
  })
})
