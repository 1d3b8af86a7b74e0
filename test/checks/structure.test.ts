import { readdirSync } from "node:fs"
import { join } from "node:path"
import { createRequire } from "node:module"
import { cruise, type ICruiseOptions, type ICruiseResult } from "dependency-cruiser"
import extractTsConfig from "dependency-cruiser/config-utl/extract-ts-config"
import { expect, it } from "vitest"

/** A newcomer finds the room of a change, and what may be used there. */

const rules = createRequire(import.meta.url)("../../.dependency-cruiser.cjs") as {
  forbidden: NonNullable<ICruiseOptions["ruleSet"]>["forbidden"]
  options: ICruiseOptions
}

it("no room uses one that stands above it, and there is no circle", async () => {
  const { output } = await cruise(
    ["src", "cli"],
    { ...rules.options, ruleSet: { forbidden: rules.forbidden }, validate: true },
    {},
    { tsConfig: extractTsConfig("tsconfig.json") },
  )
  const { violations, totalCruised } = (output as ICruiseResult).summary
  expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([])
  // Nothing was looked at where a path is wrong.
  expect(totalCruised).toBeGreaterThan(400)
})

const most = 14

it("no folder has more files than one sees at once", () => {
  const crowded = ["src", "cli"].flatMap(foldersBelow).flatMap((folder) => {
    const files = readdirSync(folder).filter((name) => name.endsWith(".ts"))
    if (files.length <= most) return []
    return [
      `${folder} has ${files.length} files, at most ${most}: give those that belong together a folder`,
    ]
  })
  expect(crowded).toEqual([])
})

function foldersBelow(folder: string): string[] {
  const inside = readdirSync(folder, { withFileTypes: true }).filter((each) => each.isDirectory())
  return [folder, ...inside.flatMap(({ name }) => foldersBelow(join(folder, name)))]
}
