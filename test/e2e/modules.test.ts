import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest"
import { readImage } from "../read-image.js"
import { Registry } from "../conformance/registry.js"
import { run } from "./command.js"
import { reaches } from "./find-dagger.js"

/** A start of the runtime for each case, at the same time, on few cores. */
const slow = 1_200_000

describe.skipIf(inject("whyNoDagger"))("modules that use this one", () => {
  let folder: string
  let registry: Registry

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "go-image-modules-"))
    registry = await Registry.start()
  })

  afterAll(async () => {
    await registry.stop()
    rmSync(folder, { recursive: true })
  })

  it(
    "the cases of test/module pass",
    async () => {
      const { code, stderr } = await run(["dagger", "check", "-m", "test"])
      expect(code, stderr).toBe(0)
    },
    slow,
  )

  it(
    "the example of two services publishes an image of each, with its program alone",
    async ({ skip }) => {
      const elsewhere = !(await reaches(`http://${registry.host}/v2/`))
      skip(elsewhere, "the engine does not reach a registry on this machine")
      const call = ["dagger", "call", "-m", "examples/typescript", "go-image-monorepo"]
      const { code, stderr } = await run([...call, `--registry=${registry.host}/me`, "--tag=v1"])
      expect(code, stderr).toBe(0)
      expect(Object.keys(registry.pushed).sort()).toEqual(["me/api:v1", "me/worker:v1"])
      for (const name of ["api", "worker"]) {
        const archive = join(folder, `${name}.tar`)
        await registry.save(`me/${name}:v1`, archive)
        const image = await readImage(archive)
        const programs = [...image.files.keys()].filter((path) => path.startsWith("/app/"))
        expect(programs).toEqual([`/app/${name}`])
      }
    },
    slow,
  )
})
