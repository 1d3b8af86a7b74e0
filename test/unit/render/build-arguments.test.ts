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

test("without build arguments there is no ARG, so that the Dockerfile is the same on every machine", async () => {
  expect(renderDockerfile(await planOf(project({ "main.go": main })))).not.toMatch(/^ARG /m)
})
