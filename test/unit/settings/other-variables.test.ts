import { describe, expect, test } from "vitest"
import { otherVariableNotices } from "../../../src/settings/other-variables.js"
import { parseProjectToml } from "../../../src/settings/descriptor/project-toml.js"
import { resolveSettings } from "../../../src/settings/resolve.js"
import { messageOf } from "../support/errors.js"
import { emptyDescriptor } from "../../../src/settings/descriptor/descriptor.js"

type Variables = Record<string, string>

const descriptorOf = (variables: Variables) =>
  parseProjectToml(
    Object.entries(variables)
      .map(
        ([name, value]) =>
          `[[io.buildpacks.build.env]]\nname = "${name}"\nvalue = ${JSON.stringify(value)}\n`,
      )
      .join(""),
  )

const ofProject = (variables: Variables) =>
  resolveSettings({ options: {}, environment: {} }, descriptorOf(variables))

const ofCaller = (environment: Variables) =>
  resolveSettings({ options: {}, environment }, emptyDescriptor)

const notices = (variables: Variables, environment: Variables = {}) =>
  otherVariableNotices(descriptorOf(variables), environment).map(({ message }) => message)

describe("variables of other buildpacks are settings:", () => {
  test.each([
    [{ BP_GO_VERSION: "1.25.*" }, "goVersion", "1.25.*"],
    [{ GOOGLE_GO_VERSION: "1.25" }, "goVersion", "1.25"],
    [{ BP_GO_TARGETS: "./cmd/a:./cmd/b" }, "packages", ["./cmd/a", "./cmd/b"]],
    [
      { BP_GO_TARGETS: "./cmd/a", BP_GO_WORKDIR: "services/api/" },
      "packages",
      ["./services/api/cmd/a"],
    ],
    [{ BP_GO_WORKDIR: "./services/api" }, "packages", ["./services/api/."]],
    [{ GOOGLE_BUILDABLE: "./cmd/a" }, "packages", ["./cmd/a"]],
    [{ BP_GO_BUILD_FLAGS: "-tags=a,b -v" }, "buildTags", ["a", "b"]],
    [{ BP_GO_BUILD_LDFLAGS: "-X main.a=1" }, "linkerValues", ["main.a=1"]],
    [{ GOOGLE_GOLDFLAGS: "-X main.a=1" }, "linkerValues", ["main.a=1"]],
    [{ BP_KEEP_FILES: "a/*:b" }, "keep", ["a/*", "b"]],
    [{ GOOGLE_ENTRYPOINT: "api --port $PORT" }, "command", "api --port $PORT"],
  ] as [Variables, "packages", unknown][])("%o", (variables, name, value) => {
    expect(ofProject(variables)[name]?.value).toEqual(value)
    expect(ofCaller(variables)[name]?.value).toEqual(value)
    expect(notices(variables)).toEqual([])
  })

  test("our own count more", () => {
    expect(ofProject({ BP_GO_VERSION: "1.24", GO_VERSION: "1.25" }).goVersion?.value).toBe("1.25")
  })

  test("GOFLAGS of the project alone: the caller's is for the go command on that machine", () => {
    expect(ofProject({ GOFLAGS: "-tags=a" }).buildTags?.value).toEqual(["a"])
    expect(ofCaller({ GOFLAGS: "-tags=a" })).toEqual({})
    expect(ofCaller({ GOEXPERIMENT: "jsonv2", GOPROXY: "off" })).toEqual({})
  })
})

describe("what has no effect is said:", () => {
  test.each<[Variables, string[]]>([
    [
      { BP_LIVE_RELOAD_ENABLED: "true" },
      ["BP_LIVE_RELOAD_ENABLED has no effect: it is not supported"],
    ],
    [{ GOCACHE: "/x" }, ["GOCACHE has no effect: go-image sets it"]],
    [{ GOTOOLCHAIN: "local" }, ["GOTOOLCHAIN has no effect: use --go-version"]],
    [{ LD_PRELOAD: "/x.so" }, ["LD_PRELOAD has no effect: it is not supported"]],
    [
      { GOSUMDB: "off" },
      [
        "GOSUMDB has no effect: only --build-environment can set it: it could change what other projects are built from",
      ],
    ],
    [
      { CGO_CFLAGS: "-fplugin=x" },
      [
        "CGO_CFLAGS has no effect: only --build-environment can set it: it could change what other projects are built from",
      ],
    ],
    [{ BP_GO_BUILD_FLAGS: "-race -tags=a" }, ["BP_GO_BUILD_FLAGS: no effect here: -race"]],
    [{ GOFLAGS: "-mod=mod" }, ["GOFLAGS: no effect here: -mod=mod"]],
    [{ GO_VERSION: "1.25", GOEXPERIMENT: "jsonv2" }, []],
  ])("%o", (variables, messages) => {
    expect(notices(variables)).toEqual(messages)
  })

  test("of the caller's variables, those that are meant for a build", () => {
    const environment = { BP_GO_BUILD_FLAGS: "-race", GOFLAGS: "-race", GOCACHE: "/x" }
    expect(otherVariableNotices(emptyDescriptor, environment)).toEqual([
      { file: "environment variable BP_GO_BUILD_FLAGS", message: "no effect here: -race" },
    ])
  })
})

describe("the build environment", () => {
  const resolve = (buildEnvironment: string[], variables: Variables = {}) =>
    resolveSettings({ options: { buildEnvironment }, environment: {} }, descriptorOf(variables))
      .buildEnvironment

  test("is the option's, and of the project's what the option does not say", () => {
    expect(resolve(["GOEXPERIMENT=jsonv2"], { GOEXPERIMENT: "x", GOAMD64: "v3" })).toEqual({
      value: ["GOEXPERIMENT=jsonv2", "GOAMD64=v3"],
      from: "--build-environment, project.toml:5 GOAMD64",
      byProject: true,
      byCaller: ["GOEXPERIMENT=jsonv2"],
    })
    expect(resolve([])).toBeUndefined()
  })

  test.each([
    ["GOEXPERIMENT", "invalid build environment"],
    ["=x", "invalid build environment"],
    ["GOMODCACHE=/x", "GOMODCACHE cannot be set for the build"],
    ["GOCACHE=/x", "GOCACHE cannot be set for the build"],
    ["PATH=/x", "PATH cannot be set for the build"],
    ["LD_PRELOAD=/x", "LD_PRELOAD cannot be set for the build"],
    ["GOOS=darwin", "GOOS cannot be set for the build (--build-environment)\nUse --platform."],
    ["CGO_ENABLED=1", "CGO_ENABLED cannot be set for the build (--build-environment)\nUse --cgo."],
    ["GOTOOLCHAIN=local", "Use --go-version."],
    ["GOFLAGS=-race", "Use --build-tags and --linker-values."],
    ["GOPROXY=https://me:password@proxy.example.com", "a password in GOPROXY"],
    ["GODEBUG=a=1\nRUN x", "a line break"],
  ])("refuses %s", (text, message) => {
    expect(messageOf(() => resolve([text]))).toContain(message)
  })

  test("shows no password", () => {
    const message = messageOf(() => resolve(["GOPROXY=https://me:password@proxy.example.com"]))
    expect(message).not.toContain("password@")
  })

  test("takes what says which downloads are trusted from the caller alone", () => {
    expect(resolve(["GOSUMDB=off"])?.value).toEqual(["GOSUMDB=off"])
    const descriptor = parseProjectToml('[go-image]\nbuild-environment = ["GONOSUMDB=*"]\n')
    expect(
      messageOf(() => resolveSettings({ options: {}, environment: {} }, descriptor)),
    ).toContain("GONOSUMDB cannot be set for the build (project.toml:2)")
  })

  test("brings the build tags that come with it", async () => {
    const { tagsOfEnvironment } = await import("../../../src/settings/build-environment.js")
    const tags = (...value: string[]) => tagsOfEnvironment({ value, from: "" })
    expect(tags("GOEXPERIMENT=jsonv2,greenteagc")).toEqual([
      "goexperiment.jsonv2",
      "goexperiment.greenteagc",
    ])
    expect(tags("GOAMD64=v3")).toEqual(["amd64.v1", "amd64.v2", "amd64.v3"])
    expect(tags("GOPROXY=off")).toEqual([])
  })
})
