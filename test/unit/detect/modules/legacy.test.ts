import { withoutSlowPackages } from "../../../../src/plan/go/slow-packages.js"
import { expect, test } from "vitest"
import { factsOf, planOf, type Files } from "../../support/project.js"

const main = "package main\n\nfunc main() {}\n"
const vendored = { "main.go": main, "vendor/github.com/x/dep/dep.go": "package dep\n" }

const godeps = JSON.stringify(
  {
    ImportPath: "github.com/me/app",
    GoVersion: "go1.16",
    Packages: ["./..."],
    Deps: [{ ImportPath: "github.com/x/dep", Rev: "0123abc" }],
  },
  null,
  "\t",
)

test("a vendored Godeps project is built in GOPATH mode, at its import path", async () => {
  const plan = await planOf({ ...vendored, "Godeps/Godeps.json": godeps })
  const [build] = plan.stages
  // The Go that godep noted was just the one at hand.
  expect(build?.from).toEqual({ image: "golang:1.27" })
  expect(build?.steps).toContainEqual({ type: "environment", name: "GO111MODULE", value: "off" })
  expect(build?.steps).toContainEqual({ type: "environment", name: "GOPATH", value: "/go" })
  expect(build?.steps).toContainEqual({
    type: "working-directory",
    path: "/go/src/github.com/me/app",
  })
  const runs = build?.steps.filter((step) => step.type === "run") ?? []
  expect(runs.map(({ args }) => withoutSlowPackages(args).slice(3, 5))).toEqual([["go", "build"]])
  expect(plan.binaries).toMatchObject([{ name: "app", package: "." }])
})

test("Godeps' own workspace comes first in GOPATH", async () => {
  const { stages } = await planOf({
    "main.go": main,
    "Godeps/Godeps.json": godeps,
    "Godeps/_workspace/src/github.com/x/dep/dep.go": "package dep\n",
  })
  expect(stages[0]?.steps).toContainEqual({
    type: "environment",
    name: "GOPATH",
    value: "/go/src/github.com/me/app/Godeps/_workspace:/go",
  })
})

test("a vendored glide project takes its path from glide.yaml", async () => {
  const { goMod, legacy } = await factsOf({
    ...vendored,
    "glide.yaml":
      "# comment\npackage: github.com/me/glided\nimport:\n- package: github.com/x/dep\n",
  })
  expect(goMod.module).toEqual({ value: "github.com/me/glided", file: "glide.yaml", line: 2 })
  expect(legacy?.tool).toBe("glide")
})

test("a vendored dep project takes its path, Go and packages from Heroku's metadata", async () => {
  const { goMod } = await factsOf({
    ...vendored,
    "Gopkg.toml":
      '[metadata.heroku]\n  root-package = "github.com/me/deps"\n  go-version = "go1.20"\n  install = ["./cmd/a"]\n',
  })
  expect(goMod.module.value).toBe("github.com/me/deps")
  expect(goMod.go?.value).toBe("1.20")
  expect(goMod.herokuInstall?.value).toEqual(["./cmd/a"])
})

test("go.mod wins over a tool's file that was left behind", async () => {
  const { legacy, goMod } = await factsOf({
    ...vendored,
    "go.mod": "module example.com/new\n",
    "Godeps/Godeps.json": godeps,
  })
  expect(legacy).toBeUndefined()
  expect(goMod.module.value).toBe("example.com/new")
})

const refused: [string, Files, string][] = [
  [
    "Godeps without a vendored tree, with the commands to move it",
    { "main.go": main, "Godeps/Godeps.json": godeps },
    [
      "Godeps/Godeps.json: the dependencies are neither in go.mod nor in vendor/, and Godeps can no longer download them",
      "Move it to modules, in the project's folder:",
      "  go mod init github.com/me/app",
      "  go get github.com/x/dep@0123abc",
      "  go mod tidy",
    ].join("\n"),
  ],
  [
    "glide without a vendored tree, with the revisions of its lock file",
    {
      "main.go": main,
      "glide.yaml": "package: github.com/me/app\nimport:\n- package: github.com/x/dep\n",
      "glide.lock": "imports:\n- name: github.com/x/dep\n  version: 0123abc\n",
    },
    "  go get github.com/x/dep@0123abc\n",
  ],
  [
    "dep that does not say what it is imported as",
    { ...vendored, "Gopkg.toml": '[[constraint]]\n  name = "github.com/x/dep"\n' },
    "Gopkg.toml: a dep project without an import path\nMove it to modules",
  ],
  [
    "Godeps that is not JSON",
    { ...vendored, "Godeps/Godeps.json": "{" },
    "Godeps/Godeps.json: not JSON: ",
  ],
  ["Gopkg.toml that is not TOML", { ...vendored, "Gopkg.toml": "[" }, "Gopkg.toml: not TOML: "],
]

test.each(refused)("refuses %s", async (_, files, message) => {
  await expect(factsOf(files)).rejects.toThrow(message)
})
