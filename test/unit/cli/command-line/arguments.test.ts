import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it, onTestFinished } from "vitest"
import { buildArguments } from "../../../../cli/engine/client/buildctl.js"
import { buildxArguments } from "../../../../cli/engine/docker/buildx.js"
import type { BuildRequest, Output } from "../../../../cli/engine/engine.js"
import { writeBuildFiles } from "../../../../cli/engine/files.js"

const digest = `sha256:${"0".repeat(64)}`

function request(changes: Partial<BuildRequest> = {}): BuildRequest {
  return {
    dockerfile: "FROM scratch\n",
    context: "/home/me/my, project",
    ignore: ["**", "!go.mod"],
    layouts: {},
    output: { type: "oci", path: "/out/image.tar", tags: [] },
    onProgress: () => undefined,
    ...changes,
  }
}

function files(asked: BuildRequest) {
  const files = writeBuildFiles(asked)
  onTestFinished(() => {
    files.remove()
  })
  return files
}

/** The values of an option that may be given many times. */
function values(args: string[], option: string): string[] {
  return args.filter((_, index) => args[index - 1] === option)
}

function buildctl(changes: Partial<BuildRequest>): string[] {
  const asked = request(changes)
  return buildArguments(asked, files(asked))
}

function buildx(changes: Partial<BuildRequest>): string[] {
  const asked = request(changes)
  return buildxArguments(asked, files(asked))
}

describe("writeBuildFiles", () => {
  it("writes the Dockerfile, and what is to be ignored, outside the project", () => {
    const { folder } = files(request())
    expect(readFileSync(join(folder, "Dockerfile"), "utf8")).toBe("FROM scratch\n")
    expect(readFileSync(join(folder, "Dockerfile.dockerignore"), "utf8")).toBe(
      "# Written by go-image.\n**\n!go.mod\n",
    )
  })

  it("is not empty where nothing is to be ignored, or BuildKit would use the project's file", () => {
    const { folder } = files(request({ ignore: [] }))
    expect(readFileSync(join(folder, "Dockerfile.dockerignore"), "utf8")).not.toBe("")
  })

  it("tells the contexts of different projects apart", () => {
    const [one, other] = [files(request()), files(request({ context: "/elsewhere" }))]
    expect(readFileSync(one.policy, "utf8")).not.toBe(readFileSync(other.policy, "utf8"))
  })
})

describe("arguments of buildctl", () => {
  it("has no argument for what is not asked", () => {
    const args = buildctl({})
    expect(values(args, "--opt")).toEqual([])
    expect(values(args, "--local")[0]).toBe("context=/home/me/my, project")
  })

  it("passes on target, platform and arguments", () => {
    const args = buildctl({
      target: "binary",
      platforms: ["linux/arm64", "linux/amd64"],
      buildArgs: { GOPROXY: "https://one,https://two=2" },
    })
    expect(values(args, "--opt")).toEqual([
      "target=binary",
      "platform=linux/arm64,linux/amd64",
      "build-arg:GOPROXY=https://one,https://two=2",
    ])
  })

  it("has layouts under the names that the Dockerfile frontend looks for", () => {
    const layout = { path: "/cache/bases", digest }
    const args = buildctl({ layouts: { "docker.io/library/golang:1.25": layout } })
    const [store] = values(args, "--oci-layout").map((value) => value.split("=")[0] ?? "")
    expect(values(args, "--oci-layout")).toEqual([`${store}=/cache/bases`])
    expect(values(args, "--opt")).toEqual([`context:golang:1.25=oci-layout://${store}@${digest}`])
  })

  it("has further folders as named contexts", () => {
    const args = buildctl({ folders: { toolchain: "/mod/toolchain" } })
    const local = values(args, "--local").at(-1)?.split("=") ?? []
    expect(local[1]).toBe("/mod/toolchain")
    expect(values(args, "--opt")).toEqual([`context:toolchain=local:${local[0]}`])
  })

  it("has secrets by their files", () => {
    const args = buildctl({ secrets: { netrc: "/home/me/a,b" } })
    expect(values(args, "--secret")).toEqual(['id=netrc,"src=/home/me/a,b"'])
  })

  it("imports caches and exports one", () => {
    const location = { type: "registry", attributes: { ref: "registry.example.com/cache:main" } }
    const other = { type: "local", attributes: { src: "/home/me/a,b", tag: "main" } }
    const args = buildctl({ cacheFrom: [location, other], cacheTo: location })
    const caches = [
      "type=registry,ref=registry.example.com/cache:main",
      'type=local,"src=/home/me/a,b",tag=main',
    ]
    expect(values(args, "--import-cache")).toEqual(caches)
    expect(values(args, "--export-cache")).toEqual([`${caches[0]},mode=min`])
    expect(buildctl({}).join(" ")).not.toMatch(/(import|export)-cache/)
  })

  it.each<[Output, string]>([
    [
      { type: "oci", path: "/out", tags: [] },
      "type=oci,tar=false,dest=layout,oci-mediatypes=true,compression-level=1",
    ],
    [
      { type: "oci", path: "/out", tags: ["a:1"] },
      "type=oci,tar=false,dest=layout,oci-mediatypes=true,compression-level=1,name=a:1",
    ],
    [
      { type: "oci", path: "/out", tags: ["a:1", "b:2"] },
      'type=oci,tar=false,dest=layout,oci-mediatypes=true,compression-level=1,"name=a:1,b:2"',
    ],
    [
      { type: "push", tags: ["a:1"] },
      "type=image,push=true,oci-mediatypes=true,compression-level=1,name=a:1",
    ],
    [{ type: "local", path: "/out" }, "type=local,dest=output"],
    [{ type: "layout", path: '/a"b' }, 'type=oci,tar=false,"dest=/a""b",compression=uncompressed'],
  ])("output %j", (output, value) => {
    expect(values(buildctl({ output }), "--output")).toEqual([value])
  })
})

describe("arguments of docker buildx", () => {
  it("passes on what is asked, and ends with the context", () => {
    const args = buildx({
      target: "binary",
      platforms: ["linux/arm64", "linux/amd64"],
      buildArgs: { A: "b" },
      folders: { toolchain: "/mod" },
      layouts: { "docker.io/library/golang:1.25": { path: "/cache", digest } },
    })
    expect(values(args, "--target")).toEqual(["binary"])
    expect(values(args, "--platform")).toEqual(["linux/arm64,linux/amd64"])
    expect(values(args, "--build-arg")).toEqual(["A=b"])
    expect(values(args, "--build-context")).toEqual([
      "toolchain=/mod",
      `golang:1.25=oci-layout:///cache@${digest}`,
    ])
    expect(args.slice(-2)).toEqual(["--", "/home/me/my, project"])
  })

  it("has secrets by their files", () => {
    const args = buildx({ secrets: { netrc: "/home/me/.netrc" } })
    expect(values(args, "--secret")).toEqual(["id=netrc,src=/home/me/.netrc"])
  })

  it("imports and exports the cache", () => {
    const reference = "registry.example.com/cache:main"
    const location = { type: "registry", attributes: { ref: reference } }
    const args = buildx({ cacheFrom: [location], cacheTo: location })
    const cache = `type=registry,ref=${reference}`
    expect(values(args, "--cache-from")).toEqual([cache])
    expect(values(args, "--cache-to")).toEqual([`${cache},mode=min`])
    expect(buildx({}).join(" ")).not.toMatch(/--cache-(from|to)/)
  })

  it.each<[Output, string[]]>([
    [
      { type: "oci", path: "/out", tags: ["a:1", "b:2"] },
      [
        "--tag",
        "a:1",
        "--tag",
        "b:2",
        "--output",
        "type=oci,dest=output,oci-mediatypes=true,compression-level=1",
      ],
    ],
    [{ type: "load", tags: ["a:1"] }, ["--tag", "a:1", "--load"]],
    [
      { type: "push", tags: ["a:1"] },
      ["--tag", "a:1", "--output", "type=image,push=true,oci-mediatypes=true,compression-level=1"],
    ],
    [{ type: "local", path: "/out" }, ["--output", "type=local,dest=output"]],
  ])("output %j", (output, expected) => {
    expect(buildx({ output }).join(" ")).toContain(` ${expected.join(" ")} `)
  })
})
