import { describe, expect, it } from "vitest"
import { InternalError } from "../../../src/errors.js"
import type { Base, ImageConfig, Plan, Step } from "../../../src/plan/types.js"
import { validatePlan } from "../../../src/plan/validate.js"
import { mains, planOf, project } from "../support/project.js"

const good = await planOf(project({ ...mains("."), "static/a.css": "" }))

const withImage = (image: Partial<ImageConfig>): Plan => ({
  ...good,
  image: { ...good.image, ...image },
})
const withStage = (name: string, from: Base, ...steps: Step[]): Plan => ({
  ...good,
  stages: [...good.stages, { name, from, steps }],
})
const withStep = (step: Step): Plan => withStage("last", { scratch: true }, step)
const fromImage: Step = {
  type: "copy",
  kind: "directory",
  from: { stage: "image" },
  path: "/app",
  to: "/b",
}
const fromSource: Step = {
  type: "copy",
  kind: "directory",
  from: { source: true },
  path: "static",
  to: "/b",
}

describe("a plan is good", () => {
  it.each<[string, Plan]>([
    ["as it is assembled", good],
    ["with a stage from scratch", withStage("empty", { scratch: true })],
    ["with a copy from an earlier stage", withStep(fromImage)],
    ["with a copy from the source", withStep(fromSource)],
    ["with an empty file", withStep({ type: "file", path: "/a", content: "", mode: 0o644 })],
    ["with an empty value", withImage({ environment: [{ name: "A", value: "" }] })],
    ["with a command alone", withImage({ entrypoint: [], command: ["/a"] })],
  ])("%s", (_, plan) => {
    expect(() => validatePlan(plan)).not.toThrow()
  })
})

describe("a mistake of ours is found before an engine is asked:", () => {
  it.each<[string, Plan]>([
    ["no stages", { ...good, stages: [] }],
    ["two stages of one name", withStage("image", { scratch: true })],
    ["a stage's name with capitals", withStage("Last", { scratch: true })],
    ["a stage's name that starts with a digit", withStage("1", { scratch: true })],
    ["a stage that starts from a later one", withStage("last", { stage: "later" })],
    ["a stage that starts from itself", withStage("last", { stage: "last" })],
    ["an image reference with a blank", withStage("last", { image: "debian bookworm" })],
    ["an image reference that is empty", withStage("last", { image: "" })],
    ["an image reference that is a flag", withStage("last", { image: "--platform=x" })],
    ["an image reference that goes on", withStage("last", { image: "debian\\" })],
    ["a line break in a path that is copied", withStep({ ...fromSource, path: "a\nRUN b" })],
    ["a line break in a path that is copied to", withStep({ ...fromSource, to: "/a\rb" })],
    ["a line break in a working directory", withStep({ type: "working-directory", path: "/a\nb" })],
    ["a blank in a variable's name", withStep({ type: "environment", name: "A B", value: "" })],
    [
      "a mount of letters that a flag cannot have",
      withStep({
        type: "run",
        args: ["a"],
        mounts: [{ type: "bind", kind: "file", from: { source: true }, path: "ü", target: "/a" }],
      }),
    ],
    ["a copy from a later stage", withStep({ ...fromImage, from: { stage: "later" } })],
    ["a copy of a relative path from a stage", withStep({ ...fromImage, path: "app" })],
    ["a copy of an absolute path from the source", withStep({ ...fromSource, path: "/etc" })],
    ["a copy from above the source", withStep({ ...fromSource, path: "a/../../b" })],
    ["a copy to a relative path", withStep({ ...fromSource, to: "b" })],
    ["a copy to a path that goes up", withStep({ ...fromSource, to: "/a/../b" })],
    ["an owner's name", withStep({ ...fromSource, owner: "app" })],
    ["a file with exclusions", withStep({ ...fromSource, kind: "file", exclude: ["a"] })],
    ["a relative working directory", withStep({ type: "working-directory", path: "src" })],
    ["a relative path of a file", withStep({ type: "file", path: "a", content: "", mode: 0o644 })],
    [
      "a file with a blank in its name",
      withStep({ type: "file", path: "/a b", content: "", mode: 0o644 }),
    ],
    [
      "a file whose last line does not end",
      withStep({ type: "file", path: "/a", content: "b", mode: 0o644 }),
    ],
    ["nothing to run", withStep({ type: "run", args: [], mounts: [] })],
    [
      "a mount at a relative path",
      withStep({ type: "run", args: ["a"], mounts: [{ type: "cache", id: "a", target: "b" }] }),
    ],
    [
      "a cache volume with a slash",
      withStep({ type: "run", args: ["a"], mounts: [{ type: "cache", id: "a/b", target: "/b" }] }),
    ],
    [
      "a mount from a later stage",
      withStep({
        type: "run",
        args: ["a"],
        mounts: [
          { type: "bind", kind: "file", from: { stage: "later" }, path: "/a", target: "/b" },
        ],
      }),
    ],
    [
      "a variable's value of two lines",
      withStep({ type: "environment", name: "A", value: "b\nc" }),
    ],
    ["a variable without a name", withStep({ type: "environment", name: "", value: "b" })],
    [
      "a variable's name with an equals sign",
      withImage({ environment: [{ name: "A=B", value: "c" }] }),
    ],
    ["a label of two lines", withImage({ labels: [{ name: "a", value: "b\rc" }] })],
    ["a user's name", withImage({ user: "app" })],
    ["a port that is none", withImage({ ports: ["0/tcp"] })],
    ["a port that is too large", withImage({ ports: ["65536/tcp"] })],
    ["a part of a port", withImage({ ports: ["80.5/tcp"] })],
    ["an image that runs nothing", withImage({ entrypoint: [], command: [] })],
  ])("%s", (_, plan) => {
    expect(() => validatePlan(plan)).toThrow(InternalError)
    expect(() => validatePlan(plan)).toThrow(/^invalid plan: .*\nThis is a bug in go-image/)
  })
})
