import { withoutSlowPackages } from "../../../src/plan/go/slow-packages.js"
import { describe, expect, it } from "vitest"
import { matchPatterns } from "../../../src/patterns/patterns.js"
import type { Options } from "../../../src/options.js"
import { assemblePlan } from "../../../src/plan/assemble.js"
import { isFrontendStage } from "../../../src/plan/stages/frontend-stage.js"
import { printPlan } from "../../../src/plan/print.js"
import type { Plan, RunStep, Step } from "../../../src/plan/types.js"
import { UserError } from "../../../src/errors.js"
import { renderDockerfile } from "../../../src/render/dockerfile.js"
import { junk } from "../support/hostile.js"
import { detectIn, main, mains, planOf, project } from "../support/project.js"
import { fc } from "../support/property.js"
import { readDockerfile } from "../render/dockerfile-reader.js"
import { instructionsOf } from "../render/plan-instructions.js"

const files = project({
  ...mains("./cmd/api", "./cmd/worker"),
  "go.mod": "module example.com/shop\n\ngo 1.24\n\nrequire github.com/google/uuid v1.6.0\n",
  "go.sum": "",
  Procfile: "web: api -listen :$PORT\nworker: worker\n",
  "static/a.css": "",
})

function stage(plan: Plan, name: string): Step[] {
  return plan.stages.find((each) => each.name === name)?.steps ?? expect.fail(`no stage ${name}`)
}
const runs = (steps: readonly Step[]): RunStep[] => steps.filter((step) => step.type === "run")

describe("a plan", () => {
  it("is the same for the same facts and settings, and changes neither", async () => {
    const { facts, settings } = await detectIn(files, {
      packages: ["./cmd/..."],
      keep: ["docs/**"],
    })
    deepFreeze(facts)
    deepFreeze(settings)
    expect(printPlan(assemblePlan(facts, settings))).toBe(printPlan(assemblePlan(facts, settings)))
  })

  it("of a folder says what it is given with it", async () => {
    const { facts, settings } = await detectIn(files, { packages: ["./cmd/api"] })
    const source = { value: "services/web", from: "argument" }
    expect(assemblePlan({ ...facts, source }, settings).decisions).toContainEqual({
      what: "source",
      value: "services/web, with what it needs from ../..",
      from: "argument",
    })
  })

  it("has no copy in a program's place", async () => {
    const copy = (to: string) =>
      planOf(project({ ...mains("."), "a.txt": "" }), { copy: [`a.txt=${to}`] })
    for (const to of ["/app/hello", "/app/hello/a.txt"]) {
      await expect(copy(to)).rejects.toThrow(
        `a.txt cannot be copied to ${to}: a program is there (--copy)\nGive another path.`,
      )
    }
    await expect(copy("/app/hello.txt")).resolves.toBeDefined()
  })

  it("has a file of a hook after the compiler copied, and without one none that is not there", async () => {
    const hook = { "bin/go-post-compile": "#!/bin/sh\n" }
    const copy = (more: object) =>
      planOf(project({ ...mains("."), ...more }), { copy: ["made=/srv/made"] })
    await expect(copy(hook)).resolves.toBeDefined()
    await expect(copy({})).rejects.toThrow("no such file or folder in the project: made")
  })

  it("survives being printed and read", async () => {
    const plan = await planOf(files, { runtime: "distroless" })
    expect(JSON.parse(printPlan(plan))).toEqual(JSON.parse(JSON.stringify(plan)))
    expect(printPlan(JSON.parse(printPlan(plan)) as Plan)).toBe(printPlan(plan))
  })

  it("says of each decision where it comes from", async () => {
    const plan = await planOf(files)
    expect(plan.decisions.map(({ what, from }) => [what, from])).toEqual(
      expect.arrayContaining([
        ["module", "go.mod:1"],
        ["Go version", "go.mod:3"],
        ["program", "the main packages under cmd/"],
        ["command", "Procfile:1"],
      ]),
    )
    for (const { what, value, from } of plan.decisions)
      expect([what, value, from]).not.toContain("")
  })

  it("never sends version control to an engine", async () => {
    expect((await planOf(files)).sourceExclude).toEqual(
      expect.arrayContaining(["**/.git", "**/.hg", "**/.svn"]),
    )
  })

  it("whatever a project says: a token of a pipeline, and programs that Git would run, are in it", async () => {
    const toml = '[io.buildpacks]\nexclude = ["!.git", "!**/.git/**", "!sub/.hg"]\n'
    const { sourceExclude } = await planOf({ ...files, "project.toml": toml })
    const isExcluded = matchPatterns(sourceExclude)
    for (const path of [".git", ".git/config", "sub/.hg", "sub/.hg/hgrc"]) {
      expect(isExcluded(path), path).toBe(true)
    }
  })
})

describe("the builder stage", () => {
  it("downloads modules from go.mod and go.sum alone, so that an edit of the source does not", async () => {
    const [download] = runs(stage(await planOf(files), "build"))
    expect(download?.args).toEqual(["go", "mod", "download"])
    expect(
      download?.mounts.flatMap((mount) => (mount.type === "bind" ? [mount.path] : [])),
    ).toEqual(["go.mod", "go.sum"])
  })

  it("downloads nothing where nothing is required", async () => {
    const commands = runs(stage(await planOf(project(mains("."))), "build")).map(({ args }) =>
      withoutSlowPackages(args).slice(3, 5).join(" "),
    )
    expect(commands).toEqual(["go build"])
  })

  it("builds for linux, without cgo, without the machine's paths, without symbols and debug information", async () => {
    const steps = stage(await planOf(files), "build")
    expect(steps).toContainEqual(
      expect.objectContaining({ type: "environment", name: "CGO_ENABLED", value: "0" }),
    )
    expect(steps).toContainEqual({ type: "environment", name: "GOOS", value: "linux" })
    const build = runs(steps).at(-1)
    // What is made is laid out by the same step.
    expect(build?.args.slice(0, 2)).toEqual(["/bin/sh", "-c"])
    expect(withoutSlowPackages(build?.args ?? []).slice(3)).toEqual([
      "go",
      "build",
      "-trimpath",
      "-gcflags=all=-dwarf=false",
      "-ldflags=-s -w",
      "-o",
      "/out/image/app/bin/",
      "./cmd/api",
      "./cmd/worker",
    ])
  })

  it("mounts a cache of modules for all, and one of compiled packages for each Go", async () => {
    const caches = async (files_: Parameters<typeof planOf>[0], options?: Options) =>
      runs(stage(await planOf(files_, options), "build"))
        .at(-1)
        ?.mounts.flatMap((mount) => (mount.type === "cache" ? [mount.id] : []))
    expect(await caches(files)).toEqual(["go-image-modules", "go-image-build-1.24"])
    expect(await caches(files, { goVersion: "1.25.3" })).toEqual([
      "go-image-modules",
      "go-image-build-1.25",
    ])
    expect(await caches(files, { cacheNamespace: "team-a" })).toEqual([
      "team-a-modules",
      "team-a-build-1.24",
    ])
  })

  it("lets the go command take another toolchain where go.mod wants one, and not where a person chose", async () => {
    const toolchain = async (options?: Options) =>
      stage(await planOf(files, options), "build").find(
        (step) => step.type === "environment" && step.name === "GOTOOLCHAIN",
      )
    expect(await toolchain()).toMatchObject({ value: "auto" })
    expect(await toolchain({ goVersion: "1.25.3" })).toMatchObject({ value: "local" })
  })
})

describe("the image", () => {
  it("has the programs, what they read, certificates and zones, and nothing else", async () => {
    const copies = stage(await planOf(files), "image").map((step) =>
      step.type === "copy" ? [step.path, step.to] : step.type,
    )
    expect(copies).toEqual([
      ["/system/image", "/"],
      "working-directory",
      ["/assets/image", "/"],
      ["/out/image", "/"],
    ])
  })

  it("has nothing of the source where there is nothing to keep", async () => {
    const steps = stage(await planOf(project(mains("."))), "image")
    expect(steps.some((step) => step.type === "copy" && "source" in step.from)).toBe(false)
  })

  it.each(["debian", "ubuntu", "distroless", "chainguard", "scratch", "dhi", "alpine:3.22"])(
    "on %s is not root's, unless it is told to be",
    async (runtime) => {
      expect((await planOf(project(mains(".")), { runtime })).image.user).toMatch(
        /^[1-9]\d*:[1-9]\d*$/,
      )
      expect((await planOf(project(mains(".")), { runtime, root: true })).image.user).toBe("0:0")
    },
  )

  it("owns the files that it reads, and not its programs, but on ubuntu", async () => {
    const owners = async (options: Options) => {
      const plan = await planOf(files, options)
      const args = (name: string) => runs(stage(plan, name)).at(-1)?.args ?? []
      const [, given] = /chown -h (\S+)/.exec(args("build")[2] ?? "") ?? []
      const [, ofFiles] = /chown -hR (\S+) \./.exec(args("assets")[2] ?? "") ?? []
      return [ofFiles, given]
    }
    // Root made them.
    expect(await owners({})).toEqual(["1000:0", undefined])
    expect(await owners({ runtime: "ubuntu", packages: ["./cmd/api"] })).toEqual([
      "1001:0",
      "1001:1001",
    ])
  })

  it.each<[string, Record<string, string>]>([
    ["a folder", { "static/a.css": "" }],
    ["a file alone", { "config.yaml": "" }],
    ["what a hook may write", { "bin/go-pre-compile": "" }],
  ])("has /app as its own, whatever else is copied there, with %s", async (_, more) => {
    // Its owner could replace the program.
    const owners = async (runtime: string) => {
      const plan = await planOf(project({ ...mains("."), ...more }), { runtime })
      const [assets] = runs(stage(plan, "assets"))
      const [system] = runs(stage(plan, "system"))
      const [, given] = /chown (\S+) \S+\/app\n/.exec(system?.args[2] ?? "") ?? []
      const [, ofFolder] = /chown (\S+) \./.exec(assets?.args[2] ?? "") ?? []
      return [ofFolder, given]
    }
    expect(await owners("debian")).toEqual(["0:0", undefined])
    // There, programs are elsewhere, and the folder is its user's, as Depot's page has it.
    expect(await owners("ubuntu")).toEqual(["1001:1001", "1001:1001"])
  })

  it.each(["debian", "alpine:3.22"])(
    "has the certificates of the builder's image as it was published, on %s",
    async (runtime) => {
      // While a program runs in a stage, a Dagger engine adds its own to the stage's.
      const plan = await planOf(project(mains(".")), { runtime })
      const steps = stage(plan, "system")
      const [{ args, mounts }] = runs(steps) as [RunStep]
      const script = [
        ...args,
        ...steps.map((step) => (step.type === "file" ? step.content : "")),
      ].join("\n")
      expect(script).toMatch(/cp -L \/builder\/etc\/ssl\/certs\/ca-certificates\.crt /)
      expect(script).not.toMatch(/(?:cp|cat)(?: -L)? \/etc\/ssl/)
      expect(mounts).toContainEqual({
        type: "bind",
        kind: "directory",
        from: { stage: "builder-image" },
        path: "/",
        target: "/builder",
      })
      expect(stage(plan, "builder-image")).toEqual([])
    },
  )

  it("has a program once, though an older one is in the source", async () => {
    const alone = await planOf(project({ ...mains("."), hello: "ELF" }))
    expect(alone.stages.map(({ name }) => name)).not.toContain("assets")
    const besides = await planOf(project({ ...mains("."), hello: "ELF", "static/a.css": "" }))
    expect(stage(besides, "assets")).toContainEqual(
      expect.objectContaining({
        path: ".",
        exclude: expect.arrayContaining(["hello"]) as string[],
      }),
    )
    expect(besides.decisions.find(({ what }) => what === "files kept")?.value).toBe("static/ (1)")
  })

  it("has no program in the place of a folder, nor a folder in the place of a program", async () => {
    const programs = async (more: Record<string, string>, options?: Options) => {
      const plan = await planOf(project({ "main.go": main, ...more }), options)
      const copied = plan.stages
        .find(({ name }) => name === "assets")
        ?.steps.find((step) => step.type === "copy" && "source" in step.from)
      const exclude = copied?.type === "copy" ? (copied.exclude ?? []) : []
      return { installed: plan.binaries.map(({ installed }) => installed), exclude }
    }
    // Nothing of the source is in the image.
    expect((await programs({ "hello/a.go": "package a\n" })).installed).toEqual(["/app/hello"])
    // Something else is, and the engines would copy the folder without its files.
    const besides = await programs({ "hello/a.go": "package a\n", "static/a.css": "" })
    expect(besides.installed).toEqual(["/app/hello"])
    expect(besides.exclude).toContain("hello")
    expect(besides.exclude).not.toContain("static")
    // The folder itself is.
    expect((await programs({ "hello/a.txt": "" })).installed).toEqual(["/app/app"])
    // Elsewhere there is no folder to be in the way.
    expect((await programs({ "hello/a.txt": "" }, { runtime: "ubuntu" })).installed).toEqual([
      "/usr/local/bin/app",
    ])
  })
})

describe("whatever is asked for,", () => {
  const text = junk(
    "1.25",
    "./cmd/api",
    "...",
    "api",
    "main.x=",
    "a",
    "$PORT",
    "'",
    "web",
    ":",
    "/",
    "debian",
    "A=b",
    "-",
  )
  const list = fc.array(text, { maxLength: 2 })
  const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 })
  const options: fc.Arbitrary<Options> = fc.record({
    goVersion: optional(fc.oneof(text, fc.constantFrom("1.25", "1.26.0", ">=1.24", "latest"))),
    packages: optional(fc.oneof(list, fc.constant<string[]>(["./cmd/api"]))),
    binaryName: optional(fc.oneof(text, fc.constant("server"))),
    buildTags: optional(list),
    linkerValues: optional(list.map((values) => values.map((value) => `main.x=${value}`))),
    runtime: optional(
      fc.constantFrom("debian", "ubuntu", "scratch", "distroless", "dhi", "alpine:3.22"),
    ),
    command: optional(fc.oneof(text, fc.constant("api --verbose"))),
    process: optional(fc.constantFrom("web", "worker", "x")),
    port: optional(
      fc.array(fc.oneof(fc.string(), fc.constantFrom("0", "80", "65535", "53/udp", "80,81"))),
    ),
    environment: optional(list.map((values) => values.map((value) => `A=${value}`))),
    keep: optional(list),
    drop: optional(list),
    root: optional(fc.boolean()),
    cacheNamespace: optional(fc.oneof(text, fc.constantFrom("team-a", "payments"))),
  })

  it("there is a plan that its Dockerfile says, or a message that says what is wrong with it", async () => {
    let planned = 0
    await fc.assert(
      fc.asyncProperty(options, async (options) => {
        try {
          const plan = await planOf(files, options)
          planned++
          expect(readDockerfile(renderDockerfile(plan))).toEqual(instructionsOf(plan))
        } catch (error) {
          if (!(error instanceof UserError)) throw error
        }
      }),
      { numRuns: 300 },
    )
    expect(planned).toBeGreaterThan(10)
  })
})

function deepFreeze(value: unknown): void {
  if (typeof value !== "object" || value === null) return
  Object.freeze(value)
  Object.values(value).forEach(deepFreeze)
}

it.each([
  ["frontend", true],
  ["frontend-2", true],
  ["frontend-", false],
  ["my-frontend", false],
  ["frontends", false],
])("the stage %s is a front end's: %s", (name, expected) => {
  expect(isFrontendStage(name)).toBe(expected)
})
