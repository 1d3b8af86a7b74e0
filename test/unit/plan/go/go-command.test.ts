import { expect, test } from "vitest"
import { main, planOf, project } from "../../support/project.js"

test.each([
  ["1.18", { GOGC: "200" }],
  ["1.19", { GOGC: "800", GOMEMLIMIT: "3GiB" }],
  ["latest", { GOGC: "800", GOMEMLIMIT: "3GiB" }],
])("Go %s compiles with as much memory as it can be told to keep to", async (version, expected) => {
  const files = { "go.mod": "module example.com/app\n\ngo 1.18\n", "main.go": main }
  const { stages } = await planOf(project(files), { goVersion: version })
  const steps = stages.find(({ name }) => name === "build")?.steps ?? []
  const variables = steps.flatMap((step) =>
    step.type === "environment" && ["GOGC", "GOMEMLIMIT"].includes(step.name)
      ? [[step.name, step.value]]
      : [],
  )
  expect(Object.fromEntries(variables)).toEqual(expected)
})

test.each([
  [{}, undefined],
  [
    { buildPackages: ["zlib1g-dev", "libpcap-dev"] },
    "-DGO_IMAGE_BUILD_PACKAGES=libpcap-dev,zlib1g-dev",
  ],
  [
    { buildPackages: ["zlib1g-dev"], buildEnvironment: ["GOPROXY=direct", "CGO_CPPFLAGS=-Da"] },
    "-Da -DGO_IMAGE_BUILD_PACKAGES=zlib1g-dev",
  ],
])("what C is compiled with names the packages that are installed: %j", async (options, value) => {
  const { stages } = await planOf(project({ "main.go": main }), { cgo: "on", ...options })
  const steps = stages.find(({ name }) => name === "build")?.steps ?? []
  const found = steps.findLast(
    (step) => step.type === "environment" && step.name === "CGO_CPPFLAGS",
  )
  expect(found?.type === "environment" ? found.value : undefined).toBe(value)
})

test("of a workspace whose modules require each other, the highest version of each module is downloaded", async () => {
  const module = (name: string, ...requires: string[]) =>
    `module example.com/${name}\n\ngo 1.25\n\nrequire (\n${requires.map((each) => `\t${each}\n`).join("")})\n`
  const files = {
    "go.work": "go 1.25\n\nuse (\n\t./a\n\t./b\n)\n",
    "go.work.sum": "",
    "a/go.mod": module("a", "example.com/b v0.0.0", "example.com/x v1.9.0", "example.com/y v1.0.0"),
    "a/go.sum": "",
    "a/main.go": main,
    "b/go.mod": module("b", "example.com/x v1.10.0", "example.com/y v1.0.0-rc.1"),
    "b/go.sum": "",
    "b/b.go": "package b\n",
  }
  const { stages } = await planOf(files, { packages: ["./a"] })
  const steps = stages.find(({ name }) => name === "build")?.steps ?? []
  const downloads = steps.flatMap((step) =>
    step.type === "run" && step.args[2] === "download" ? [step.args.slice(3)] : [],
  )
  expect(downloads[0]).toEqual(["example.com/x@v1.10.0", "example.com/y@v1.0.0"])
})
