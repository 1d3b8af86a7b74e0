import { describe, expect, it } from "vitest"
import { familiarName, parseReference } from "../../src/reference.js"
import { UserError } from "../../src/errors.js"

const sha = `sha256:${"0123456789abcdef".repeat(4)}`

describe("parseReference", () => {
  it.each([
    ["golang", "docker.io", "library/golang", "latest", undefined],
    ["golang:1.25", "docker.io", "library/golang", "1.25", undefined],
    ["docker.io/golang:1.25", "docker.io", "library/golang", "1.25", undefined],
    ["docker.io/library/golang:1.25", "docker.io", "library/golang", "1.25", undefined],
    ["index.docker.io/library/golang", "docker.io", "library/golang", "latest", undefined],
    ["team/app:v1", "docker.io", "team/app", "v1", undefined],
    ["dhi.io/golang:1.25-dev", "dhi.io", "golang", "1.25-dev", undefined],
    ["gcr.io/distroless/static", "gcr.io", "distroless/static", "latest", undefined],
    ["localhost/app", "localhost", "app", "latest", undefined],
    ["localhost:5000/app:1", "localhost:5000", "app", "1", undefined],
    ["registry:5000/a/b/c", "registry:5000", "a/b/c", "latest", undefined],
    [`debian@${sha}`, "docker.io", "library/debian", undefined, sha],
    [`debian:bookworm-slim@${sha}`, "docker.io", "library/debian", "bookworm-slim", sha],
  ])("%s", (text, registry, repository, tag, digest) => {
    expect(parseReference(text)).toEqual({ registry, repository, tag, digest })
  })

  it.each([
    "",
    "Golang",
    "golang:",
    "golang:1 25",
    "go lang",
    "golang@sha256:12",
    "a//b",
    "--flag",
  ])("refuses %j", (text) => {
    expect(() => parseReference(text)).toThrow(UserError)
  })
})

describe("familiarName is what BuildKit's Dockerfile frontend looks a named context up by", () => {
  it.each([
    ["docker.io/library/golang:1.25", "golang:1.25"],
    ["golang:latest", "golang"],
    ["docker.io/team/app", "team/app"],
    ["docker.io/library/team/app:1", "library/team/app:1"],
    ["localhost:5000/app:1", "localhost:5000/app:1"],
    ["gcr.io/distroless/static:latest", "gcr.io/distroless/static"],
    [`debian:bookworm-slim@${sha}`, `debian:bookworm-slim@${sha}`],
  ])("%s -> %s", (text, name) => {
    expect(familiarName(text)).toBe(name)
  })
})
