import { expect, it } from "vitest"
import { LocalSource } from "../../../../cli/source/local-source.js"
import { detect } from "../../../../src/detect/detect.js"
import type { Options } from "../../../../src/options.js"
import { warmImagePlan, warmUpTask } from "../../../../src/plan/tasks/warm-image.js"
import { renderDockerfile, renderTaskDockerfile } from "../../../../src/render/dockerfile.js"

const look = (options: Options, project = "examples/shortlinks") =>
  detect(new LocalSource(project), { options, environment: {} })

it("the image has the dependencies' layer, and on it the project's own packages", async () => {
  const plan = warmImagePlan(await look({ dependencyLayer: true }))!
  expect(plan.stages.map(({ name }) => name)).toEqual([
    "modules",
    "compile-dependencies",
    "dependencies",
    "own-packages",
    "compiled",
  ])
  expect(plan.stages.at(-1)!.steps).toMatchObject([
    { type: "copy", from: { stage: "dependencies" }, to: "/" },
    { type: "copy", from: { stage: "own-packages" }, to: "/own-packages" },
  ])
  // As the program is compiled, or nothing of it would be found.
  expect(renderDockerfile(plan)).toMatch(/"own","\/own-packages","\/src","-trimpath","-gcflags/)
})

it("of each platform it is another one, under the same name", async () => {
  const project = await look({ dependencyLayer: true, platform: "linux/arm64" })
  const plan = warmImagePlan(project)!
  expect(plan.platform).toBe("linux/arm64")
  expect(plan.stages.at(-1)!.from).toEqual({ scratch: true, platform: { target: "linux/arm64" } })
  const task = warmUpTask(project, "ghcr.io/me/app:compiled")!
  expect(renderTaskDockerfile(task)).toContain(
    "FROM --platform=linux/arm64 ghcr.io/me/app:compiled AS compiled",
  )
  expect(renderTaskDockerfile(task)).toContain("ENV GOARCH=arm64")
})

it("before a build, cache volumes get what they lack, and nothing of the source but go.mod and go.sum is needed", async () => {
  const text = renderTaskDockerfile(warmUpTask(await look({}), "ghcr.io/me/app:compiled")!)
  expect(text).toContain("FROM ghcr.io/me/app:compiled AS compiled")
  expect(text.match(/from=compiled,source=\S+/g)).toEqual([
    "from=compiled,source=/,target=/dependencies",
    "from=compiled,source=/own-packages,target=/dependencies",
  ])
  expect(text).not.toMatch(/source=\.[, ]|COPY \["\."/)
})

it("what hooks generate is compiled by the build alone", async () => {
  const detected = await look({ dependencyLayer: true })
  const { facts } = detected
  const hooks = { preCompile: { file: "bin/go-pre-compile", interpreter: [] } }
  const plan = warmImagePlan({ ...detected, facts: { ...facts, hooks } })!
  expect(plan.stages.map(({ name }) => name)).not.toContain("own-packages")
  expect(plan.stages.at(-1)!.steps).toHaveLength(1)
})
