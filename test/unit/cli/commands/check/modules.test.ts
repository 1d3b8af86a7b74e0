import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import {
  eachModule,
  modulesToCheck,
  tellModulesWithoutTarget,
} from "../../../../../cli/commands/check/modules.js"
import { exitCode, explain, SeveralFailed } from "../../../../../cli/command-line/exit.js"
import { Failures } from "../../../../../cli/commands/check/failures.js"
import { BuildFailed } from "../../../../../cli/engine/engine.js"
import { SetupError } from "../../../../../cli/errors.js"
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

it("where some fail, all are checked, and the failures are told together", async () => {
  const checked: unknown[] = []
  const failing = (names: string[]) => (module: string | undefined) => {
    checked.push(module)
    return names.includes(module ?? "")
      ? Promise.reject(new BuildFailed("x", `wrong in ${module}`, 1))
      : Promise.resolve(1)
  }
  const several = await eachModule(["", "b", "c"], terminal, failing(["b", "c"])).catch(explain)
  expect(checked).toEqual(["", "b", "c"])
  expect(said).toEqual(["module: .", "module: b", "module: c"])
  expect(several).toBe(
    "--- module b\nwrong in b\n\nfailed (exit code 1): x\n\n--- module c\nwrong in c\n\nfailed (exit code 1): x\n\n2 of 3 modules failed: b, c",
  )
  const one = await eachModule(["", "b"], terminal, failing(["b"])).catch(explain)
  expect(one).toBe(
    "--- module b\nwrong in b\n\nfailed (exit code 1): x\n\n1 of 2 modules failed: b",
  )
  expect(await eachModule([undefined], terminal, failing([""])).catch(explain)).toBe(
    "wrong in undefined\n\nfailed (exit code 1): x",
  )
  said = []
  expect(await eachModule([undefined], terminal, failing([]))).toEqual([1])
  expect(said).toEqual([])
})

it("what failed of modules is the last line, also where they are all that is checked", async () => {
  const failures = new Failures()
  await failures.try(undefined, () =>
    eachModule(["a", "b"], terminal, () => Promise.reject(new BuildFailed("x", "wrong", 1))),
  )
  expect(() => {
    failures.throwIfAny()
  }).toThrow("2 of 2 modules failed: a, b")
  const ofTarget = new Failures()
  const several = new SeveralFailed([{ what: "vet", error: new BuildFailed("x", "wrong", 1) }])
  await ofTarget.try("target web", () => Promise.reject(several))
  expect(() => {
    ofTarget.throwIfAny()
  }).toThrow("failed: target web: vet")
})

it("what keeps all from being checked ends it at once, with what was found before", async () => {
  const checked: unknown[] = []
  const check = (module: string | undefined) => {
    checked.push(module)
    return Promise.reject(
      module === "a" ? new BuildFailed("x", "wrong", 1) : new SetupError("no engine"),
    )
  }
  const failed: unknown = await eachModule(["a", "b", "c"], terminal, check).catch(
    (error: unknown) => error,
  )
  expect(checked).toEqual(["a", "b"])
  expect(explain(failed)).toContain("--- module b\nno engine\n\nfailed: module a, module b")
  expect(exitCode(failed)).toBe(3)
})
