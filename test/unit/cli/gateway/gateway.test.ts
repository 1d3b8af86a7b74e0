import { expect, it } from "vitest"
import { sortBuildArguments } from "../../../../cli/gateway/build-arguments.js"
import { statusOf, ProjectError } from "../../../../cli/gateway/failure.js"
import { file, headOf, run, source } from "../../../../cli/gateway/bridge/llb.js"
import { readFrontendOptions, withPrefix } from "../../../../cli/gateway/options.js"
import { table } from "../../../../cli/gateway/table.js"
import { resolveSettings } from "../../../../src/settings/resolve.js"
import { parseProjectToml } from "../../../../src/settings/descriptor/project-toml.js"

it("reads what BuildKit tells a frontend", () => {
  const { options, session, version } = readFrontendOptions({
    BUILDKIT_FRONTEND_OPT_0: "filename=project.toml",
    BUILDKIT_FRONTEND_OPT_1: "build-arg:COMMAND=serve --a=b",
    BUILDKIT_FRONTEND_OPTION: "target=no",
    BUILDKIT_SESSION_ID: "abc",
    BUILDKIT_WORKERS: '[{"buildkitVersion":{"version":"v0.26.3"}}]',
  })
  expect(Object.fromEntries(options)).toEqual({
    filename: "project.toml",
    "build-arg:COMMAND": "serve --a=b",
  })
  expect(withPrefix(options, "build-arg:")).toEqual({ COMMAND: "serve --a=b" })
  expect([session, version]).toEqual(["abc", "v0.26.3"])
  expect(readFrontendOptions({}).version).toBeUndefined()
})

it("knows whose a build argument is", () => {
  const given = {
    RUNTIME: "scratch",
    GO_INSTALL_PACKAGE_SPEC: "./cmd/api",
    GO_LINKER_VALUE: "1",
    BP_GO_TARGETS: "./x",
    GOPROXY: "https://proxy.example.com",
    GOPRIVATE: "example.com",
    HTTP_PROXY: "http://proxy",
    BUILDKIT_SYNTAX: "acme/go-image",
    BUILDKIT_SBOM_SCAN_STAGE: "true",
    runtime: "debian",
  }
  expect(sortBuildArguments(given)).toEqual({
    ofProject: {
      BP_GO_TARGETS: "./x",
      GOPRIVATE: "example.com",
      GO_INSTALL_PACKAGE_SPEC: "./cmd/api",
      GO_LINKER_VALUE: "1",
      RUNTIME: "scratch",
    },
    ofGo: { GOPRIVATE: "example.com", GOPROXY: "https://proxy.example.com" },
    ofBuildKit: { BUILDKIT_SBOM_SCAN_STAGE: "true", HTTP_PROXY: "http://proxy" },
    unknown: ["runtime"],
  })
})

it("takes build arguments for settings, before project.toml", () => {
  const descriptor = parseProjectToml('[go-image]\nruntime = "ubuntu"\nport = 1\nroot = true\n')
  const buildArguments = { RUNTIME: "scratch", PORT: "9000", KEEP: "*.txt a", GO_TOOLS: "yes" }
  const settings = resolveSettings({ options: {}, environment: {}, buildArguments }, descriptor)
  expect(settings).toMatchObject({
    runtime: { value: "scratch", from: "build argument RUNTIME" },
    port: { value: ["9000/tcp"], from: "build argument PORT" },
    keep: { value: ["*.txt", "a"], from: "build argument KEEP" },
    goTools: { value: true, from: "build argument GO_TOOLS" },
    root: { value: true, from: "project.toml:4" },
  })
  const wrong = () =>
    resolveSettings({ options: {}, environment: {}, buildArguments: { ROOT: "?" } }, descriptor)
  expect(wrong).toThrow('not true or false: "?" (build argument ROOT)')
})

it("names an operation by what is in it", () => {
  const from = source("docker-image://a", { b: "1", a: "2" }, "one")
  const same = source("docker-image://a", { a: "2", b: "1" }, "another title")
  expect(headOf(same)).toBe(headOf(from))
  expect(headOf(file("a", "b", ""))).not.toBe(headOf(file("a", "c", "")))
  const program = { args: ["x"], environment: {}, root: from, mounts: { "/a": same }, output: "/o" }
  // The same operation is there once: the image, the program, and the end.
  expect(run(program, "").def).toHaveLength(3)
})

it("gives BuildKit the lines of a mistake to show, and no stack", () => {
  const failure = {
    message: "go.mod:2: wrong",
    place: { file: "go.mod", line: 2, column: 3 },
    text: "a\nb\n",
  }
  const { message, details } = statusOf(new ProjectError(failure))
  expect(message).toBe("go.mod:2: wrong")
  expect(details.map(({ typeUrl }) => typeUrl)).toEqual([
    "github.com/moby/buildkit/errdefs.Source+json",
  ])
  expect(JSON.parse(new TextDecoder().decode(details[0]?.value))).toEqual({
    info: { filename: "go.mod", data: Buffer.from("a\nb\n").toString("base64") },
    ranges: [{ start: { line: 2, character: 2 }, end: { line: 2, character: 2 } }],
  })
  const { details: none } = statusOf(new ProjectError({ message: "wrong" }))
  expect(none).toEqual([])
  expect(statusOf(new Error("ours")).message).toMatch(/This is a bug in go-image/)
})

it("aligns columns", () => {
  expect(table(["A", "B"], [["long", "x"], ["s"]])).toBe("A      B\nlong   x\ns\n")
})
