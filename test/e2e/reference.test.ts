import { execFileSync, spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { checkPattern, matchPatterns } from "../../src/patterns/patterns.js"
import { renderDockerfile } from "../../src/render/dockerfile.js"
import { anyPlan } from "../unit/render/any-plan.js"
import { instructionsOf } from "../unit/render/plan-instructions.js"
import { resultOrUserError } from "../unit/support/errors.js"
import { fc } from "../unit/support/property.js"

const reference = fileURLToPath(new URL("../unit/reference", import.meta.url))

const hasGo = spawnSync("go", ["version"]).status === 0
if (!hasGo)
  console.log("Left out: what BuildKit itself makes of inputs that are made up (no go command)")

/** What BuildKit's own code makes of rows: see reference/main.go. */
function ask<Row>(table: string, rows: readonly object[]): Row[] {
  const answer = execFileSync("go", ["run", ".", table], {
    cwd: reference,
    input: JSON.stringify(rows),
    maxBuffer: 1 << 30,
  })
  return JSON.parse(answer.toString()) as Row[]
}

const samples = Number(process.env.FAST_CHECK_RUNS ?? 2000)

describe.runIf(hasGo)("with inputs that are made up, BuildKit itself", () => {
  it("reads each instruction of a plan as the plan has it", () => {
    const plans = fc.sample(anyPlan, samples)
    const rows = ask<{ text: string; instructions?: unknown; refused?: string }>(
      "dockerfiles",
      plans.map((plan) => ({ about: "", text: renderDockerfile(plan) })),
    )
    for (const [i, plan] of plans.entries()) {
      const { text, instructions, refused } = rows[i] ?? {}
      expect({ text, refused, instructions }).toEqual({
        text,
        refused: undefined,
        instructions: instructionsOf(plan),
      })
    }
  })

  it("matches the files that our matcher matches", () => {
    const piece = fc.constantFrom(..."aab/**??.-ü日[]^!\\", "**", "/**/", "[a-c]", "[^a]", "*a")
    const pattern = fc
      .array(piece, { minLength: 1, maxLength: 7 })
      .map((pieces) => pieces.join(""))
      // Whether it is a pattern at all; and moby takes a ^ outside of a set for the beginning.
      .filter((each) => !/(?:^|[^[])\^/.test(each))
      .filter((each) => resultOrUserError(() => checkPattern(each, "")) === undefined)
    const path = fc
      .array(fc.stringMatching(/^[ab.ü日-]{1,4}$/), { minLength: 1, maxLength: 4 })
      .filter((parts) => parts.every((part) => !/^\.+$/.test(part)))
      .map((parts) => parts.join("/"))
    const row = fc.record({
      patterns: fc.array(pattern, { minLength: 1, maxLength: 3 }),
      paths: fc.array(path, { minLength: 5, maxLength: 10 }),
    })
    const rows = fc.sample(row, samples).map(({ patterns, paths }) => ({
      patterns,
      paths: Object.fromEntries(paths.map((each) => [each, false])),
    }))
    const answers = ask<(typeof rows)[number] & { refused?: string }>("file-patterns", rows)
    for (const { patterns, paths, refused } of answers) {
      const matches = matchPatterns(patterns)
      const ours = Object.fromEntries(Object.keys(paths).map((each) => [each, matches(each)]))
      expect({ patterns, refused, paths: ours }).toEqual({ patterns, refused: undefined, paths })
    }
  })
})
