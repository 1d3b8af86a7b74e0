import { expect, it } from "vitest"
import { assemblePlan } from "../../../src/plan/assemble.js"
import { splitPlatforms } from "../../../src/plan/bases/platform.js"
import { renderPlatformsDockerfile } from "../../../src/render/platforms.js"
import { detectIn, mains, project } from "../support/project.js"
import { readDockerfile, type Instruction } from "./dockerfile-reader.js"

const files = project({
  ...mains("."),
  "go.mod": "module example.com/hello\n\ngo 1.25\n\nrequire github.com/google/uuid v1.6.0\n",
  "go.sum": "",
  "bin/go-pre-compile": "go generate ./...\n",
  // Run by the launcher, where there is no shell.
  Procfile: "web: hello -listen :$PORT\n",
})

async function instructions(platforms: string): Promise<Instruction[]> {
  const { facts, settings } = await detectIn(files, { runtime: "distroless" })
  const plans = splitPlatforms({ value: platforms, from: "--platform" }).map((platform) =>
    assemblePlan(facts, { ...settings, platform }),
  )
  return readDockerfile(renderPlatformsDockerfile(plans))
}

/** All that is named as a stage: by FROM, COPY and mounts. */
function used(instruction: Instruction): string[] {
  const text = JSON.stringify(instruction)
  return [...text.matchAll(/"from":"([^"]+)"/g)].map(([, name = ""]) => name)
}

it("has all stages once for each platform, and takes from those of the same one", async () => {
  const all = await instructions("linux/amd64, linux/arm64,linux/arm64")
  const stages = all.flatMap((each) => ("as" in each ? [String(each.as)] : []))
  expect(new Set(stages).size).toBe(stages.length)
  const names = (suffix: string) =>
    stages.filter((name) => name.endsWith(suffix)).map((name) => name.slice(0, -suffix.length))
  expect(names("-amd64")).toContain("launcher")
  expect(names("-amd64")).toEqual(names("-arm64"))
  let platform = ""
  for (const each of all) {
    if ("as" in each) platform = String(each.as).split("-").at(-1) ?? ""
    for (const name of used(each)) expect(name).toMatch(new RegExp(`-${platform}$`))
  }
})

it.each([
  ["linux/amd64,linux/arm64", ["image-amd64", "image-arm64"]],
  ["linux/amd64/v1,linux/amd64/v3", ["image-amd64", "image-amd64v3"]],
  ["linux/arm64/v8,linux/arm", ["image-arm64", "image-armv7"]],
  ["linux/arm/v6,linux/386", ["image-armv6", "image-386"]],
  ["linux/arm,linux/arm/v7,linux/amd64,linux/amd64/v1", ["image-armv7", "image-amd64"]],
  [
    "linux/arm64/v8,linux/arm64,linux/arm/v5,linux/arm",
    ["image-arm64", "image-armv5", "image-armv7"],
  ],
])("%s are named as BuildKit names them", async (platforms, names) => {
  const all = await instructions(platforms)
  const images = all.flatMap((each) => ("as" in each ? [String(each.as)] : []))
  expect(images.filter((name) => name.startsWith("image-"))).toEqual(names)
  expect(all.at(-1)).toMatchObject({ FROM: "image-${TARGETARCH}${TARGETVARIANT}" })
})
