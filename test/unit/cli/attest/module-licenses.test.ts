import { expect, it } from "vitest"
import type { Builder } from "../../../../cli/build/builder.js"
import { BuildFailed } from "../../../../cli/engine/engine.js"
import { LocalSource } from "../../../../cli/source/local-source.js"
import { addLicenses } from "../../../../cli/attest/module-licenses.js"
import type { Terminal } from "../../../../cli/terminal/terminal.js"
import { detect } from "../../../../src/detect/detect.js"
import { InternalError } from "../../../../src/errors.js"
import { assemblePlan } from "../../../../src/plan/assemble.js"
import { someImage, someProgram } from "../../sbom/some-image.js"

/** With an engine that ends in this way. */
async function add(error: Error) {
  const project = await detect(new LocalSource("examples/shortlinks"), {
    options: {},
    environment: {},
  })
  const plan = assemblePlan(project.facts, project.settings)
  const [image] = someImage().images
  const programs = [someProgram(plan.binaries[0]!.installed)]
  const facts = { ...someImage(), images: [{ ...image!, programs }] }
  const said: string[] = []
  const terminal = { say: (line: string) => said.push(line) } as unknown as Terminal
  const builder = { build: () => Promise.reject(error) } as unknown as Builder
  const { signal } = new AbortController()
  const found = await addLicenses(facts, project, plan, builder, { terminal, signal })
  return { said, isSame: found === facts }
}

it("modules that the engine no longer has are told, and the SBOM is what it is without", async () => {
  const failed = new BuildFailed("licenses: collect.sh", "go: downloading\ngo: no such host\n", 1)
  expect(await add(failed)).toEqual({
    said: ["note: the SBOM names no licenses of modules: go: no such host"],
    isSame: true,
  })
})

it("a bug is no note", async () => {
  await expect(add(new InternalError("ours"))).rejects.toThrow("ours")
})
