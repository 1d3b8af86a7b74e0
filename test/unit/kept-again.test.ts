import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { LocalSource } from "../../cli/source/local-source.js"
import { detect } from "../../src/detect/detect.js"
import type { Options } from "../../src/options.js"
import { assemblePlan } from "../../src/plan/assemble.js"
import { temporaryFolder } from "./cli/temporary.js"

/*
 * Whoever keeps the Dockerfile that go-image has written, under the name of a project's own, goes on to build the same image:
 * it is a Dockerfile like another, and says what was decided.
 */

const folder = "test/cases"
const cases = readdirSync(folder).filter((name) => existsSync(join(folder, name, "Dockerfile")))

it.each(cases)("a project that keeps its Dockerfile is built as before: %s", async (name) => {
  const path = join(folder, name)
  const project = temporaryFolder()
  cpSync(join(path, "project"), project, { recursive: true, verbatimSymlinks: true })
  const file = join(path, "options.json")
  type Given = Options & { target?: string }
  const { target, ...options } = (
    existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {}
  ) as Given
  const plan = async () => {
    const { facts, settings } = await detect(new LocalSource(project), {
      options,
      target,
      environment: {},
    })
    const { image, binaries, notices } = assemblePlan(facts, settings)
    return {
      image: { ...image, labels: undefined, annotations: undefined },
      binaries: binaries.map((each) => each.package),
      notices,
    }
  }
  const before = await plan()
  writeFileSync(join(project, "Dockerfile"), readFileSync(join(path, "Dockerfile")))
  const after = await plan()
  expect({ ...after, notices: [] }).toEqual({ ...before, notices: [] })
  expect(after.notices.filter((each) => !before.notices.includes(each))).toEqual([])
})
