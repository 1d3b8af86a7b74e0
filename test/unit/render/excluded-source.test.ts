import { expect, it } from "vitest"
import { renderDockerfile } from "../../../src/render/dockerfile.js"
import { neverSource } from "../../../src/detect/source.js"
import { excludeInStage } from "../../../src/render/excluded-source.js"
import { mains, planOf, project } from "../support/project.js"

const exclude = '[io.buildpacks]\nexclude = ["/private", "*.tmp"]\n'

it("a Dockerfile for others leaves out what the project excludes, for the compiler too", async () => {
  const files = project({ ...mains("."), "project.toml": exclude, "static/a.css": "" })
  const dockerfile = renderDockerfile(
    excludeInStage(await planOf(files), ["private", "**/*.tmp", ...neverSource]),
  )
  expect(dockerfile).toMatch(
    /^FROM scratch AS source\nCOPY \\\n +--exclude=private \\\n +--exclude=\*\*\/\*\.tmp \\\n(?: +--exclude=\*\*\/\.\w+ \\\n)+ +\["\.","\/"\]\n/,
  )
  // Nothing else comes from the context.
  const [, ...others] = dockerfile.split(/^FROM /m).slice(1)
  expect(
    others.join("").match(/^COPY (?!.*--from=)(?!.*<<).*\n(?: +--exclude.*\n)* +\["\."/m),
  ).toBeNull()
  expect(others.join("")).toContain("--mount=type=bind,from=source,source=/,target=/src")
})

it("and version control, where the project excludes nothing", async () => {
  const plan = await planOf(project({ ...mains("."), "static/a.css": "" }))
  const dockerfile = renderDockerfile(excludeInStage(plan, neverSource))
  expect(dockerfile).toMatch(/^FROM scratch AS source\nCOPY \\\n(?: +--exclude=\*\*\/\.\w+ \\\n)+/)
  expect(dockerfile).toContain("--exclude=**/.git ")
  expect(dockerfile).not.toMatch(/--mount=type=bind,source=/)
})
