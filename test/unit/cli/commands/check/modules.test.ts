import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import {
  eachModule,
  modulesToCheck,
  tellModulesWithoutTarget,
} from "../../../../../cli/commands/check/modules.js"
import { MemorySource } from "../../../support/memory-source.js"

const goMod = (name: string) => `module example.com/${name}\n\ngo 1.25\n`
const workspace = {
  "go.work": "go 1.25\n\nuse (\n\t./services/web\n\t./lib\n)\n",
  "services/web/go.mod": goMod("web"),
  "lib/go.mod": goMod("lib"),
  "tools/go.mod": goMod("tools"),
}

let said: string[]
const terminal = { say: (line: string) => said.push(line) }

beforeEach(() => {
  said = []
  vi.stubEnv("GOWORK", undefined)
})

afterEach(() => {
  vi.unstubAllEnvs()
})

function modules(files: Record<string, string>, folder = "", request: object = {}) {
  return modulesToCheck(new MemorySource(files), folder, { options: {}, ...request }, terminal)
}

describe("checks are about", () => {
  it("all modules of a go.work in the project's folder; others are told", async () => {
    expect(await modules(workspace)).toEqual(["services/web", "lib"])
    expect(said).toEqual([
      "note: other modules in this folder are not checked: tools (give one's folder, or name them in a go.work)",
    ])
  })

  it("one module where its folder is given, or its program, or a target", async () => {
    expect(await modules(workspace, "services/web")).toEqual([undefined])
    expect(await modules(workspace, "", { options: { packages: ["./lib/x"] } })).toEqual([
      undefined,
    ])
    expect(await modules(workspace, "", { target: "web" })).toEqual([undefined])
    expect(await modules(workspace, "", { vex: "x.json" })).toEqual([undefined])
    expect(said).toEqual([])
  })

  it("all modules of a folder that is in none", async () => {
    const others = Object.fromEntries(Object.entries(workspace).slice(1))
    expect(await modules(others)).toEqual(["lib", "services/web", "tools"])
    expect(await modules(others, "services")).toEqual(["services/web"])
    vi.stubEnv("GOWORK", "off")
    expect(await modules(workspace)).toEqual(["lib", "services/web", "tools"])
    expect(said).toEqual([])
  })

  it("the module at the root without those inside of it, which is told", async () => {
    const files = {
      "go.mod": goMod("app"),
      "hack/go.mod": goMod("hack"),
      "hack/testdata/go.mod": "",
    }
    expect(await modules(files)).toEqual([undefined])
    expect(said).toEqual([expect.stringMatching(/^note: other modules .* not checked: hack \(/)])
    expect(await modules({ "go.mod": goMod("app"), "go.work": "go 1.25\n\nuse .\n" })).toEqual([""])
  })
})

describe("targets of project.toml", () => {
  const target = (name: string, path: string) =>
    `[[go-image.targets]]\nname = "${name}"\npackages = ["${path}"]\n`

  it("have their modules checked in a module at the root, too, without a go.work", async () => {
    const files = {
      "go.mod": goMod("app"),
      "services/web/go.mod": goMod("web"),
      "hack/go.mod": goMod("hack"),
      "project.toml": target("app", ".") + target("web", "./services/web/cmd/web"),
    }
    expect(await modules(files)).toEqual(["", "services/web"])
    expect(said).toEqual([expect.stringMatching(/not checked: hack \(/)])
  })

  it("leave out modules, which are told once", async () => {
    const files = { ...workspace, "project.toml": target("web", "./services/web") }
    const source = new MemorySource(files)
    await tellModulesWithoutTarget(source, "", ["web"], { options: {} }, terminal)
    expect(said).toEqual([
      "note: modules of no target here are not checked: lib (without --target, all modules are)",
    ])
  })

  it("that are in all modules leave out none", async () => {
    const files = {
      ...workspace,
      "project.toml": target("web", "./services/web") + target("lib", "./lib"),
    }
    await tellModulesWithoutTarget(
      new MemorySource(files),
      "",
      ["web", "lib"],
      { options: {} },
      terminal,
    )
    expect(said).toEqual([])
  })
})

it("where one fails, it is told which ones were not started", async () => {
  const checked: unknown[] = []
  const check = (module: string | undefined) => {
    checked.push(module)
    return module === "b" ? Promise.reject(new Error("it fails")) : Promise.resolve(1)
  }
  await expect(eachModule(["", "b", "c"], terminal, check)).rejects.toThrow("it fails")
  expect(checked).toEqual(["", "b"])
  expect(said).toEqual(["module: .", "module: b", "module b failed; not started: c"])
  said = []
  expect(await eachModule([undefined], terminal, check)).toEqual([1])
  expect(said).toEqual([])
})
