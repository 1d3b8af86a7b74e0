import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { describe, expect, it } from "vitest"
import { LocalSource } from "../../../../cli/source/local-source.js"
import { detect, type DetectedProject } from "../../../../src/detect/detect.js"
import type { Options } from "../../../../src/options.js"
import {
  benchTask,
  builderTask,
  callPathsTask,
  fixTask,
  formatTask,
  generateTask,
  lintTask,
  tidyTask,
  vetTask,
  vulncheckReportTask,
  vulncheckTask,
} from "../../../../src/plan/tasks/tasks.js"
import { testListTask, testTask } from "../../../../src/plan/tasks/test-tasks.js"
import { assemblePlan } from "../../../../src/plan/assemble.js"
import type { RunStep, Stage, Task } from "../../../../src/plan/types.js"
import { temporaryFolder } from "../../cli/temporary.js"
import { renderTaskDockerfile } from "../../../../src/render/dockerfile.js"

const all = { packages: ["./..."] }
const database = "https://vuln.go.dev"

async function look(project: string, options: Options = {}): Promise<DetectedProject> {
  return detect(new LocalSource(project), { options, environment: {} })
}

function args(task: Task): string {
  return task.command.args.join(" ")
}

function variables({ stages }: Task): Record<string, string> {
  const steps = stages.at(-1)?.steps ?? []
  return Object.fromEntries(
    steps.flatMap((step) => (step.type === "environment" ? [[step.name, step.value]] : [])),
  )
}

it("all tasks of a project, as they are carried out", async () => {
  const project = await look("examples/shortlinks", { buildTags: ["sqlite", "netgo"] })
  project.facts.lintConfiguration = ".golangci.yml"
  const tasks = {
    test: testTask(project, { packages: ["./...", "./internal/..."], run: "^TestA", short: true }),
    "test, a shard": testTask(project, {
      ...all,
      run: "A|B/c",
      shard: "2/5",
      shardTimes: new Map([
        ["example.com/b TestB", 1],
        ["example.com/a TestA", 1500],
      ]),
    }),
    "test-list": testListTask(project, { ...all, run: "A/b", shard: "1/2" }),
    bench: benchTask(project, { ...all, pattern: "Encode", count: 6, cacheKey: "now" }),
    vet: vetTask(project),
    lint: lintTask(project),
    vulncheck: vulncheckTask(project, { database, cacheKey: "2026-01-01T00" }),
    "vulncheck, for a program": vulncheckReportTask(project, { database, cacheKey: "now" }),
    "vulncheck, with calls": callPathsTask(project, {
      packages: ["./...", "example.com/b"],
      database: { "index/db.json": "{}\n", "ID/GO-2026-0001.json": '{"id":1}\n' },
    }),
    format: formatTask(project),
    tidy: tidyTask(project),
    generate: generateTask(project),
    fix: fixTask(project),
    builder: builderTask(project),
  }
  const rendered = Object.entries(tasks).map(
    ([name, task]) => `#### ${name}\n${task ? renderTaskDockerfile(task) : "nothing\n"}`,
  )
  await expect(rendered.join("\n")).toMatchFileSnapshot("tasks.txt")
})

describe("test", () => {
  it("has the race detector, which needs cgo, where the builder has a compiler", async () => {
    const task = testTask(await look("examples/hello-web"), all)
    expect(args(task)).toContain(" -race ")
    expect(variables(task)).toMatchObject({ CGO_ENABLED: "1" })
  })

  it.each([
    ["not asked for", {}, { race: false }],
    ["of a hardened image, which has no compiler", { runtime: "dhi" }, {}],
  ])("has no race detector: %s", async (_, options, asked) => {
    const task = testTask(await look("examples/hello-web", options), { ...all, ...asked })
    expect(args(task)).not.toContain("-race")
    expect(variables(task)).toMatchObject({ CGO_ENABLED: "0" })
  })

  it("leaves its exit code in the report, where somebody reads it there", async () => {
    const project = await look("examples/hello-web")
    const task = testTask(project, { ...all, reportsExitCode: true, cacheKey: "now" })
    const plain = testTask(project, { ...all, cacheKey: "now" })
    expect(args(task)).toContain(
      `run /bin/sh -c "$@" || echo $? >"$0" /report/exit-code.txt gotests run gotestsum`,
    )
    expect(args(plain)).toContain("run gotests run gotestsum")
    expect(variables(task)).toMatchObject({ TEST_AS_OF: "now" })
    const file = (each: Task) =>
      each.stages
        .flatMap(({ steps }) => steps)
        .find((step) => step.type === "file" && step.path.endsWith("exit-code.txt"))
    expect(file(task)).toMatchObject({ content: "0\n", mode: 0o644 })
    expect(file(plain)).toBeUndefined()
  })

  it.each(["-exec=/bin/sh", "", "./a\n./b"])("refuses %j as a package", async (pattern) => {
    const project = await look("examples/hello-web")
    expect(() => testTask(project, { packages: [pattern] })).toThrow(/^not a package pattern: /)
  })
})

describe("a part of the tests", () => {
  it.each(["", "2", "0/2", "3/2", "1/0", "1/2/3", "-1/2", "a/b", "1/99999"])(
    "%j is no shard",
    async (shard) => {
      const project = await look("examples/hello-web")
      for (const task of [testTask, testListTask])
        expect(() => task(project, { ...all, shard })).toThrow(/^not a shard: .* \(--shard\)\n/)
    },
  )

  it("needs a Go whose tests can be told to skip some", async () => {
    const { facts, settings } = await look("examples/hello-web", { goVersion: "1.19" })
    const goMod = { ...facts.goMod, go: undefined }
    const project = { facts: { ...facts, goMod }, settings }
    expect(() => testTask(project, { ...all, shard: "1/2" })).toThrow(
      /^--shard needs Go 1\.20, not 1\.19 \(--go-version\)\n/,
    )
  })
})

it("a file that a hook generates is there when tests run", async () => {
  const task = testTask(await look("test/cases/hooks/project"), all)
  const runs = (task.stages.at(-1)?.steps ?? []).flatMap((step) =>
    step.type === "run" ? [step.args.slice(3).join(" ")] : [],
  )
  expect(runs).toContain("/usr/bin/env bash bin/go-pre-compile")
})

describe("private modules' passwords are there", () => {
  /** The commands of a task that see them. */
  const seeing = (task: Task) =>
    [...task.stages.flatMap(({ steps }) => steps), task.command].flatMap((step) =>
      step.type === "run" && step.mounts.some(({ type }) => type === "secret")
        ? [step.args.join(" ")]
        : [],
    )
  const downloads = ["go mod download", "go mod verify", "go mod download"]
  /** For code of the project, which gets the modules and no password. */
  const copy = "/bin/sh /project-code.sh fetch download"

  it("to download them, also where the first step was answered from a cache, and for nothing else", async () => {
    const project = await look("examples/shortlinks", { privateModules: ["example.com/*"] })
    for (const task of [vetTask(project), testTask(project, all), generateTask(project)]) {
      expect(seeing(task).filter((each) => each !== copy)).toEqual(downloads)
      expect(variables(task)).toMatchObject({ GOPRIVATE: "example.com/*" })
    }
  })

  it("for `go mod tidy`, which downloads what others do not need, and runs nothing of the project", async () => {
    const project = await look("examples/shortlinks", { privateModules: ["example.com/*"] })
    expect(seeing(tidyTask(project))).toEqual([...downloads, "go mod tidy -diff"])
    expect(seeing(fixTask(project))).toEqual([
      ...downloads.slice(0, 2),
      copy,
      ...downloads.slice(2),
      "/bin/sh /project-code.sh plain go mod tidy",
    ])
  })

  it("nowhere where no modules are private", async () => {
    const project = await look("examples/shortlinks")
    expect(seeing(vetTask(project))).toEqual([])
    expect(seeing(tidyTask(project))).toEqual([])
  })
})

describe("with a layer of dependencies", () => {
  const layerOf = ({ stages }: { stages: Stage[] }) =>
    stages.filter(({ name }) => /^(?:modules|.*dependencies)$/.test(name))
  const collected = (stages: Stage[]) => {
    const steps = stages.flatMap((stage) => stage.steps)
    const list = steps.find((step) => step.type === "file" && step.path === "/imports.txt")
    const run = steps.find(
      (step) => step.type === "run" && step.args[1] === "/collect-dependencies.sh",
    ) as RunStep
    return { form: run.args[2], imports: (list as { content: string }).content.split("\n") }
  }

  it.each<[string, boolean, string]>([
    ["vet has source files of what tests import, too", true, "sources"],
    ["whole modules where tests were not read", false, "archives"],
  ])("%s", async (_, withTests, form) => {
    const source = new LocalSource("examples/shortlinks")
    const options = { dependencyLayer: true }
    const project = await detect(source, { options, environment: {}, withTests })
    const ofImage = layerOf(assemblePlan(project.facts, project.settings))
    const task = vetTask(project)
    const ofVet = layerOf(task)
    expect(collected(ofImage)).toMatchObject({ form: "sources" })
    expect(collected(ofVet)).toMatchObject({ form })
    expect(collected(ofVet).imports.includes("net/http/httptest")).toBe(withTests)
    // Modules are downloaded once.
    expect(ofVet[0]).toEqual(ofImage[0])
    expect(using(task)).toEqual([["/bin/sh", "/use-dependencies.sh", "all"]])
  })

  it("lint has whole modules, since code of the project's choice reads them", async () => {
    const project = await look("examples/shortlinks", { dependencyLayer: true })
    project.facts.lintConfiguration = ".golangci.yml"
    const task = lintTask(project)!
    expect(collected(layerOf(task))).toMatchObject({ form: "archives" })
    expect(using(task)).toEqual([["/bin/sh", "/use-dependencies.sh", "all"]])
  })

  it("Go that does not name embedded files has whole modules", async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, "go.mod"), "module example.com/old\n\ngo 1.15\n")
    writeFileSync(join(folder, "main.go"), 'package main\n\nimport _ "errors"\n\nfunc main() {}\n')
    const project = await look(folder, { dependencyLayer: true, goVersion: "1.15" })
    const image = assemblePlan(project.facts, project.settings)
    expect(collected(layerOf(image))).toMatchObject({ form: "archives" })
  })

  function using({ stages, command }: Task) {
    const runs = stages.flatMap(({ steps }) => steps.filter(({ type }) => type === "run"))
    return [...(runs as RunStep[]), command]
      .filter(({ mounts }) =>
        mounts.some((each) => each.type === "bind" && each.target === "/dependencies"),
      )
      .map((step) => step.args.slice(0, 3))
  }

  describe("tests have one of their own, since their flags are others", () => {
    const looked = () => {
      const source = new LocalSource("examples/shortlinks")
      const given = { options: { dependencyLayer: true }, environment: {}, withTests: true }
      return detect(source, given)
    }

    it("with what tests import, and the tools that run them", async () => {
      const project = await looked()
      const { stages, dependencies } = testTask(project, all)
      expect(dependencies).toBe("tests")
      const layer = stages.find(({ name }) => name === "dependencies")
      expect(layer?.steps.map((step) => step.type === "copy" && step.to)).toEqual([
        ...["/", "/tools/gotestsum", "/tools/gotests"],
      ])
      const compiled = stages.find(({ name }) => name === "compile-dependencies")?.steps ?? []
      const run = compiled.findLast((step) => step.type === "run")
      expect(run?.args.slice(-2)).toEqual(["-gcflags=all=-dwarf=false", "-race"])
      expect(compiled).toContainEqual({ type: "environment", name: "CGO_ENABLED", value: "1" })
      const list = compiled.find((step) => step.type === "file" && step.path === "/imports.txt")
      const imports = (list as { content: string }).content.split("\n")
      expect(imports).toEqual(expect.arrayContaining(["net/http/httptest", "testing"]))
      expect(project.facts.imports).not.toContain("net/http/httptest")
      // No tool of its own is compiled beside those.
      const test = stages.at(-1)?.steps ?? []
      const from = test.flatMap((step) => (step.type === "copy" ? [step.from] : []))
      expect(from.filter((each) => "stage" in each)).toEqual(
        Array(2).fill({ stage: "dependencies" }),
      )
    })

    it("which the list of tests shares", async () => {
      const project = await looked()
      const ofLayer = (task: Task) =>
        task.stages.filter(({ name }) => /dependencies|^gotest|^modules$/.test(name))
      expect(ofLayer(testListTask(project, all))).toEqual(ofLayer(testTask(project, all)))
      expect(ofLayer(testTask(project, all))).toHaveLength(5)
    })

    it("but not where the go command changes go.mod on the way", async () => {
      const { facts, settings } = await looked()
      const project = { facts: { ...facts, goMod: { ...facts.goMod, go: undefined } }, settings }
      expect(testTask(project, all).dependencies).toBeUndefined()
    })

    it("and none where nobody looked for what tests import", async () => {
      const project = await look("examples/shortlinks", { dependencyLayer: true })
      expect(testTask(project, all).dependencies).toBeUndefined()
    })
  })

  it("programs for another platform are compiled otherwise", async () => {
    const options = { dependencyLayer: true, platform: "linux/arm64" }
    expect(vetTask(await look("examples/hello-web", options)).stages).toHaveLength(1)
  })
})

it("a library without a program has tasks, too", async () => {
  const folder = mkdtempSync(join(tmpdir(), "go-image-"))
  try {
    writeFileSync(join(folder, "go.mod"), "module example.com/library\n\ngo 1.25\n")
    writeFileSync(join(folder, "library.go"), "package library\n")
    expect(args(vetTask(await look(folder)))).toBe(
      "go vet -trimpath -gcflags=all=-dwarf=false ./...",
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it("a lint image of one's own brings the tool, and a builder of one's own runs it", async () => {
  const project = await look("examples/hello-web", {
    lintImage: "registry.example.com/lint:v2",
    builderImage: "registry.example.com/golang:{{.GoVersion}}-alpine",
  })
  project.facts.lintConfiguration = ".golangci.yml"
  const images = lintTask(project)?.stages.map(({ from }) => "image" in from && from.image)
  expect(images).toEqual([
    "registry.example.com/lint:v2",
    expect.stringMatching(/^registry\.example\.com\/golang:1\.\d+-alpine$/),
  ])
  // On Alpine, there is no C compiler for the race detector.
  expect(args(testTask(project, all))).not.toContain("-race")
})

it("without a configuration there is nothing to lint", async () => {
  expect(lintTask(await look("examples/hello-web"))).toBeUndefined()
})

it("a count that is none, a database that is no URL, a Go that has no tidy -diff", async () => {
  const project = await look("examples/hello-web")
  const old = await look("test/cases/go-version-patch-in-go-mod/project", { goVersion: "1.22" })
  expect(() => benchTask(project, { ...all, pattern: ".", count: 0, cacheKey: "" })).toThrow(
    /^not a count: 0 \(--count\)/,
  )
  expect(() => vulncheckTask(project, { database: "vuln.go.dev", cacheKey: "" })).toThrow(
    /^not the URL of a vulnerability database: "vuln.go.dev"/,
  )
  expect(() => tidyTask(old)).toThrow(/needs Go 1.23, not 1.22/)
})

describe("the script that looks for files that are not formatted", () => {
  it.each([
    ["none", { "main.go": "package main\n" }, 0, ""],
    ["one", { "main.go": "package main\n", "a/b.go": "package  b\n" }, 1, "a/b.go\n"],
    [
      "only those of others",
      { "vendor/x/x.go": "package  x\n", "testdata/y.go": "package  y\n" },
      0,
      "",
    ],
    [
      "some of both",
      { "vendor/x/x.go": "package  x\n", "vendored.go": "package  y\n" },
      1,
      "vendored.go\n",
    ],
    ["one that is no Go", { "main.go": "pakage\n" }, 2, ""],
  ])("%s", async (_, files, code, output) => {
    const { command } = formatTask(await look("examples/hello-web"))
    const folder = mkdtempSync(join(tmpdir(), "go-image-"))
    try {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name)), { recursive: true })
        writeFileSync(join(folder, name), text)
      }
      expect(run(command.args, folder)).toEqual({ code, output })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

function run([program = "", ...args]: string[], cwd: string) {
  try {
    const output = execFileSync(program, args, { cwd, encoding: "utf8", stdio: "pipe" })
    return { code: 0, output }
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string }
    return { code: status, output: stdout }
  }
}

it("names no file of another module, of a vendor folder or of test data as not formatted", async () => {
  const folder = mkdtempSync(join(tmpdir(), "format-"))
  try {
    for (const file of ["go.mod", "web/go.mod", "web/sub/page.go", "in/a b.go"]) {
      mkdirSync(join(folder, file, ".."), { recursive: true })
      writeFileSync(join(folder, file), "")
    }
    const [shell = "", ...script] = formatTask(await look("examples/hello-web")).command.args
    const run = (...files: string[]) => {
      const told = [...script.slice(0, 2), "printf", `${files.join("\\n")}\\n`]
      try {
        return execFileSync(shell, told, { cwd: folder, encoding: "utf8" })
      } catch (error) {
        return (error as { stdout: string }).stdout + "failed"
      }
    }
    expect(run("web/main.go", "web/sub/page.go", "vendor/x.go", "in/testdata/y.go")).toBe("")
    expect(run("main.go", "web/sub/page.go", "in/a b.go")).toBe("main.go\nin/a b.go\nfailed")
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
