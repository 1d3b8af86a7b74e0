import { expect, test } from "vitest"
import { renderDockerfile } from "../../../src/render/dockerfile.js"
import { main, planOf, project } from "../support/project.js"

test("stages in which programs run see a build argument; the image's own stages do not have it", async () => {
  const dockerfile = renderDockerfile(await planOf(project({ "main.go": main })), ["GOPROXY"])
  const stages = dockerfile.split(/^FROM /m).slice(1)
  const withArgument = stages
    .filter((stage) => /^ARG GOPROXY$/m.test(stage))
    .map((stage) => / AS (\S+)/.exec(stage)?.[1])
  expect(withArgument).toEqual(["build", "system"])
})

test("what installs packages in the image's base has none either: its history is the same on every machine", async () => {
  const plan = await planOf(project({ "main.go": main }), { osPackages: ["git"] })
  const stages = renderDockerfile(plan, ["GOPROXY"])
    .split(/^FROM /m)
    .slice(1)
  const base = stages.find((stage) => / AS base\n/.test(stage))
  expect(base).toMatch(/^RUN .*install\.sh/ms)
  expect(base).not.toContain("GOPROXY")
  // What it installs with is another one where no step is to be used again.
  expect(stages.find((stage) => / AS package-manager\n/.test(stage))).toMatch(
    /^ARG GOPROXY$[^]*GO_IMAGE_BUILD/m,
  )
})

test("without build arguments there is no ARG, so that the Dockerfile is the same on every machine", async () => {
  expect(renderDockerfile(await planOf(project({ "main.go": main })))).not.toMatch(/^ARG /m)
})
