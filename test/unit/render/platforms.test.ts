import { expect, it } from "vitest"
import { assemblePlan } from "../../../src/plan/assemble.js"
import { splitPlatforms } from "../../../src/plan/bases/platform.js"
import {
  renderPlatformsDockerfile,
  renderPlatformsReadable,
} from "../../../src/render/platforms.js"
import type { Plan } from "../../../src/plan/types.js"
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

async function plansFor(
  platforms: string,
  runtime = "distroless",
  of: Parameters<typeof detectIn>[0] = files,
): Promise<Plan[]> {
  const { facts, settings } = await detectIn(of, { runtime })
  return splitPlatforms({ value: platforms, from: "--platform" }).map((platform) =>
    assemblePlan(facts, { ...settings, platform }),
  )
}

async function instructions(platforms: string): Promise<Instruction[]> {
  return readDockerfile(renderPlatformsDockerfile(await plansFor(platforms)))
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

const linesOf = (text: string, pattern: RegExp) =>
  text.split("\n").filter((line) => pattern.test(line))

it("for people, platforms that differ in the architecture are one set of stages", async () => {
  const text = renderPlatformsReadable(await plansFor("linux/amd64,linux/arm64"))
  expect(linesOf(text, /^FROM /)).toEqual([
    "FROM --platform=$BUILDPLATFORM golang:1.25 AS build",
    "FROM --platform=$BUILDPLATFORM golang:1.25 AS launcher",
    "FROM gcr.io/distroless/static-debian12:nonroot AS base",
    "FROM --platform=$BUILDPLATFORM golang:1.25 AS builder-image",
    "FROM --platform=$BUILDPLATFORM golang:1.25 AS system",
    "FROM --platform=$BUILDPLATFORM golang:1.25 AS assets",
    "FROM base AS image",
  ])
  // Declared where it is first used, so that modules are downloaded once.
  const [, modules = "", compiling = ""] = /^([^]*?)ARG TARGETARCH\n([^]*?)\nFROM/.exec(text) ?? []
  expect(modules).toContain("go mod download")
  expect(compiling).toContain("GOARCH=$TARGETARCH")
  expect(text).not.toMatch(/GOARCH=a|-amd64|-arm64/)
  expect(linesOf(text, /^# module: /)).toEqual(["# module: example.com/hello (go.mod:1)"])
  expect(text).toContain("docker buildx build --platform linux/amd64,linux/arm64 .\n")
})

it("for people, platforms that differ more have stages of their own, and share the others", async () => {
  const plain = project({ ...mains("."), "go.mod": "module example.com/hello\n\ngo 1.25\n" })
  const text = renderPlatformsReadable(await plansFor("linux/amd64,linux/arm/v7", "scratch", plain))
  const names = linesOf(text, /^FROM /).map((line) => line.split(" ").at(-1))
  const own = ["build", "base", "image"]
  expect(names).toEqual([
    ...["build-amd64", "base-amd64", "builder-image", "system", "image-amd64"],
    ...own.map((name) => `${name}-armv7`),
    "image-${TARGETARCH}${TARGETVARIANT}",
  ])
  // What was decided is said once, what a stage is for at each.
  expect(linesOf(text, /^# (?:module|runtime|command): /)).toHaveLength(3)
  expect(linesOf(text, /^# base-\w+ is what/)).toHaveLength(2)
  expect(linesOf(text, /^# hadolint global ignore=DL3006,DL3029$/)).toHaveLength(1)
})
