import { describe, expect, it } from "vitest"
import {
  dockerfileFor,
  versionsOfBuilder,
  versionsOfInfo,
} from "../../../../cli/engine/dockerfile-frontend.js"

const request = { dockerfile: "FROM scratch\n", frontend: "mirror.example.com/docker/dockerfile:1" }
const fetched = `# syntax=${request.frontend}\n${request.dockerfile}`

describe("a Dockerfile is read", () => {
  it.each([
    ["by the BuildKit itself", ["0.32.2"], request.dockerfile],
    ["by the first that can", ["v0.25.0"], request.dockerfile],
    ["by a build of one between two releases", ["0.26.0-rc1"], request.dockerfile],
    ["by a frontend, where the BuildKit is older", ["0.24.9"], fetched],
    ["by a frontend, where one of several nodes is older", ["0.32.2", "0.12.5"], fetched],
    ["by a frontend, where the version is not known", [], fetched],
    ["by a frontend, where the version is none", ["unknown"], fetched],
  ])("%s", (_, versions, expected) => {
    expect(dockerfileFor(request, versions)).toBe(expected)
  })

  it("as it is, where there is no frontend", () => {
    expect(dockerfileFor({ dockerfile: "FROM scratch\n" }, ["0.9.0"])).toBe("FROM scratch\n")
  })
})

describe("versions are found", () => {
  it("in what docker buildx inspect prints, of each node", () => {
    const inspected = `Name:          two
Driver:        docker-container

Nodes:
Name:                  a
Endpoint:              unix:///var/run/docker.sock
Status:                running
BuildKit version:      v0.32.2
Platforms:             linux/amd64
Name:                  b
Status:                running
BuildKit version:      v0.12.5
`
    expect(versionsOfBuilder(inspected)).toEqual(["0.32.2", "0.12.5"])
    expect(versionsOfBuilder("Name: x\nStatus: inactive\n")).toEqual([])
  })

  it("in what buildctl debug info prints", () => {
    expect(versionsOfInfo("BuildKit: github.com/moby/buildkit v0.26.3 0123abc\n")).toEqual([
      "0.26.3",
    ])
    expect(versionsOfInfo("BuildKit: github.com/moby/buildkit 0.0.0+unknown\n")).toEqual([
      "0.0.0+unknown",
    ])
    expect(versionsOfInfo("")).toEqual([])
  })
})
