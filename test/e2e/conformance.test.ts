import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { afterAll, beforeAll, describe, expect, it } from "vitest"

import { connect } from "../../cli/engine/choose.js"
import { dockerEngineVersion } from "../../cli/engine/docker/docker.js"
import type { Engine } from "../../cli/engine/engine.js"
import { Bases } from "../conformance/bases.js"
import { buildKit, dagger, Workshop, type Builder } from "../conformance/builds.js"
import { promises, type Promised } from "../conformance/promises.js"
import { renderTable, withoutResults } from "../conformance/table.js"
import { availableBuilders } from "./builders.js"
import { root } from "./command.js"
import { prepareRuntime } from "./runtime.js"

const table = join(root, "test/conformance/README.md")
const folder = mkdtempSync(join(tmpdir(), "go-image-conformance-"))
const results = new Map<Promised, Record<string, string>>(promises.map((each) => [each, {}]))

const embedded = !process.env.BUILDKIT_HOST && (await dockerEngineVersion()) === undefined

const names = availableBuilders().map(({ name }) => name)
const builders = names.includes("dagger call") ? [buildKit, dagger] : [buildKit]

/** Held, so that the engine does not start anew for each build. */
let engine: Engine | undefined

beforeAll(async () => {
  await prepareRuntime()
  engine = await connect({ report: { say: (line) => console.log(line) } })
})

afterAll(async () => {
  await engine?.close()
  rmSync(folder, { recursive: true })
})

for (const builder of builders) {
  const workshop = new Workshop(builder, folder, new Bases(join(folder, "bases")))
  const leftOut = promises.flatMap((each) => whyLeftOut(each, builder) ?? [])
  for (const reason of new Set(leftOut)) {
    const count = leftOut.filter((each) => each === reason).length
    console.log(`Left out: ${count} promises with ${builder.name} (${reason})`)
  }

  // Most of a build is waiting for the engine; a Dagger engine has enough to do with one call.
  describe(`kept with ${builder.name}:`, { concurrent: builder === buildKit }, () => {
    for (const promised of promises) {
      if (whyLeftOut(promised, builder) !== undefined) continue
      it(`${promised.page}, ${promised.sentence} (${promised.case})`, async () => {
        await promised.check(workshop.build(promised.project), workshop)
        results.get(promised)![builder.name] = "kept"
      })
    }
  })
}

function whyLeftOut(promised: Promised, builder: Builder): string | undefined {
  if (builder === dagger) return promised.notWithDagger
  return promised.needsLoopback && !embedded
    ? "the engine need not reach a registry on the loopback of this machine"
    : undefined
}

describe("the table of promises", () => {
  it("has a row once", () => {
    const rows = promises.map(({ page, sentence, case: done }) => `${page} ${sentence} ${done}`)
    expect(rows.filter((each, index) => rows.indexOf(each) !== index)).toEqual([])
  })

  const rendered = () => renderTable(promises, results)

  if (process.env.CONFORMANCE === "write") {
    it("is written", () => {
      const notKept = promises.filter((each) => results.get(each)!.BuildKit !== "kept")
      expect(notKept.map(({ sentence }) => sentence)).toEqual([])
      writeFileSync(table, rendered())
    })
  }

  it("has the rows of promises.ts", () => {
    const committed = withoutResults(readFileSync(table, "utf8"))
    expect(committed, "CONFORMANCE=write writes it anew").toBe(withoutResults(rendered()))
  })
})
