import type { DetectedProject } from "../../detect/detect.js"
import { UserError } from "../../errors.js"
import { tagsFlag } from "../go/go-command.js"
import { resolveGoVersion } from "../go/version/go-version.js"
import { packagePattern } from "../go/package-pattern.js"
import { taskToolPath } from "./task-tools.js"
import { assembleTask, type TestDependencies } from "./task.js"
import testProgram from "../programs/test/main.go" with { type: "text" }
import shardProgram from "../programs/test/shard.go" with { type: "text" }
import timesProgram from "../programs/test/times.go" with { type: "text" }
import testTraceProgram from "../programs/test/trace.go" with { type: "text" }
import { printTestTimes, type TestTimes } from "./test-times.js"
import type { Step, Task } from "../types.js"
import { noDebugInformation } from "../go/compile-flags.js"

const gotestsum = { module: "gotest.tools/gotestsum", version: "v1.13.0", package: "" }

/** Ours: traces, the slowest tests, lists, shards. */
const gotests = {
  files: {
    "main.go": testProgram,
    "shard.go": shardProgram,
    "times.go": timesProgram,
    "trace.go": testTraceProgram,
  },
}

/** What the go command adds to the program of a package's tests. */
const importsOfTestProgram = [
  ...[
    "internal/coverage/cfile",
    "os",
    "reflect",
    "runtime/cgo",
    "runtime/coverage",
    "runtime/race",
  ],
  ...["sync/atomic", "testing", "testing/internal/testdeps", "unsafe"],
]

export interface TestOptions {
  packages: readonly string[]
  /** Only tests whose names match this regular expression. */
  run?: string
  /** By default, where the builder has the C compiler that the race detector needs. */
  race?: boolean
  short?: boolean
  /** `2/5`: the second of five parts, of which each test is in one. */
  shard?: string
  /** Of an earlier run, by which the parts take the same time. */
  shardTimes?: TestTimes
  /** Any text; with another one they are run again. */
  cacheKey?: string
  /** The exit code is a file of the report, and no failure: of a step that fails, BuildKit keeps nothing. */
  reportsExitCode?: boolean
}

/** Where a test run leaves what it found: the folder's files are the report. */
export const reportPath = "/report"

/** The file of the report that has the exit code, where one asked for it. */
export const exitCodeFile = "exit-code.txt"

/** `go test`, told as a person reads it, as JUnit's XML and a coverage profile, and as a trace where somebody follows it. */
export function testTask(project: DetectedProject, options: TestOptions): Task {
  const { packages, run, race, short, cacheKey, reportsExitCode = false } = options
  const part = shardFlag(project, options)
  return assembleTask(project, (runtime) => {
    const withRace = race ?? runtime.builderHasCompiler
    const compiled = compiledFlags(project, withRace)
    const patterns = packages.map(packagePattern)
    const args = [
      ...["gotests", "run"],
      ...["gotestsum", "--format=standard-quiet", `--junitfile=${reportPath}/junit.xml`, "--"],
      ...compiled,
      ...(short ? ["-short"] : []),
      ...(run === undefined ? [] : [`-run=${run}`]),
      ...part,
      `-coverprofile=${reportPath}/coverage.out`,
      ...patterns,
    ]
    const exitCode = `${reportPath}/${exitCodeFile}`
    return {
      name: "test",
      args: reportsExitCode ? ["/bin/sh", "-c", `"$@" || echo $? >"$0"`, exitCode, ...args] : args,
      environment: {
        ...(withRace && { CGO_ENABLED: "1" }),
        ...(cacheKey !== undefined && { TEST_AS_OF: cacheKey }),
      },
      tools: { gotestsum, gotests },
      dependencies: testDependencies(project, withRace),
      ofProject: { compile: compileTests([...compiled, ...patterns]), writes: [reportPath] },
      commandFiles: timesFile(options),
      // So that there is a report, and its folder, whatever happens.
      files: [
        {
          type: "file",
          path: `${reportPath}/command.txt`,
          content: `${printable(args)}\n`,
          mode: 0o644,
        },
        ...(reportsExitCode
          ? [{ type: "file", path: exitCode, content: "0\n", mode: 0o644 } as const]
          : []),
      ],
    }
  })
}

/** The file of the report that has the list. */
export const testListFile = "tests.txt"

/** Leaves the names of the tests in the report, `PACKAGE TEST` each; compiled as `testTask` does, so that this is done once. */
export function testListTask(
  project: DetectedProject,
  options: Omit<TestOptions, "short" | "cacheKey">,
): Task {
  const { packages, run, race } = options
  const part = shardFlag(project, options)
  return assembleTask(project, (runtime) => {
    const withRace = race ?? runtime.builderHasCompiler
    const compiled = compiledFlags(project, withRace)
    const patterns = packages.map(packagePattern)
    // Subtests are known when they run.
    const [name = ""] = (run ?? ".").split("/")
    const list = ["go", "test", "-json", `-list=${name}`, ...part, ...compiled, ...patterns]
    const write = `exec "$@" >"$0"`
    return {
      name: "test-list",
      args: ["/bin/sh", "-c", write, `${reportPath}/${testListFile}`, "gotests", "list", ...list],
      environment: { ...(withRace && { CGO_ENABLED: "1" }) },
      tools: { gotests },
      dependencies: testDependencies(project, withRace),
      ofProject: { compile: compileTests([...compiled, ...patterns]), writes: [reportPath] },
      commandFiles: timesFile(options),
      files: [{ type: "file", path: `${reportPath}/${testListFile}`, content: "", mode: 0o644 }],
    }
  })
}

/** As other modules' packages are compiled: without what measures coverage. Not -trimpath: tests look for files beside their source. */
function flagsOfDependencies(race: boolean): string[] {
  return [noDebugInformation, ...(race ? ["-race"] : [])]
}

function compiledFlags({ settings }: DetectedProject, race: boolean): string[] {
  const tags = tagsFlag(settings.buildTags?.value)
  return [...flagsOfDependencies(race), ...tags, "-cover", "-covermode=atomic"]
}

function testDependencies({ facts, settings }: DetectedProject, race: boolean): TestDependencies {
  const { testImports } = facts
  return {
    imports: testImports && [...new Set([...testImports, ...importsOfTestProgram])].sort(),
    flags: flagsOfDependencies(race),
    tags: tagsFlag(settings.buildTags?.value),
    environment: race ? [{ type: "environment", name: "CGO_ENABLED", value: "1" }] : [],
    tools: { gotestsum, gotests },
  }
}

/** Nothing of the project runs: another program stands in each test's place. */
export function compileTests(args: string[]): string[] {
  return ["go", "test", "-exec=/bin/true", ...args]
}

/** The first whose tests can be told to skip some by their names. */
const firstWithSkip = 20

const timesPath = "/test-times.txt"

function timesFile({ shard, shardTimes }: Pick<TestOptions, "shard" | "shardTimes">): Step[] {
  if (shard === undefined || !shardTimes) return []
  return [{ type: "file", path: timesPath, content: printTestTimes(shardTimes), mode: 0o644 }]
}

function shardFlag(
  { facts, settings }: DetectedProject,
  { shard, shardTimes }: Pick<TestOptions, "shard" | "shardTimes">,
): string[] {
  if (shard === undefined) return []
  const { index, count } = parseShard(shard)
  const { minor, tag, from } = resolveGoVersion(facts, settings.goVersion)
  if (minor !== undefined && minor < firstWithSkip) {
    throw new UserError(`--shard needs Go 1.${firstWithSkip}, not ${tag} (${from})`, {
      hint: "Give a newer one with --go-version, or run all tests in one place.",
    })
  }
  const times = shardTimes ? `--times=${timesPath} ` : ""
  return [`-exec=${taskToolPath("gotests")} shard ${times}${index} ${count}`]
}

function parseShard(text: string): { index: number; count: number } {
  const [, index = 0, count = 0] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text)?.map(Number) ?? []
  if (index >= 1 && index <= count) return { index, count }
  throw new UserError(`not a shard: ${JSON.stringify(text)} (--shard)`, {
    hint: "Write INDEX/COUNT, such as 2/5 for the second of five.",
  })
}

function printable(args: readonly string[]): string {
  return args.map((each) => (/^[\w./:=^$-]+$/.test(each) ? each : JSON.stringify(each))).join(" ")
}
