import type { DetectedProject } from "../../detect/detect.js"
import { UserError } from "../../errors.js"
import { tagsFlag } from "../go/go-command.js"
import { packagePattern } from "../go/package-pattern.js"
import { resolveGoVersion } from "../go/version/go-version.js"
import { imageAskedFor } from "../bases/images-asked-for.js"
import { assembleTask } from "./task.js"
import { compileTests, reportPath } from "./test-tasks.js"
import type { Task } from "../types.js"
import { compileFlags } from "../go/compile-flags.js"
import { noDebugInformation } from "../go/compile-flags.js"

/** The tools that tasks run, besides Go's own, at versions that were tried. */
const govulncheck = { module: "golang.org/x/vuln", version: "v1.1.4", package: "cmd/govulncheck" }
const golangciLint = "golangci/golangci-lint:v2.15.0"

export interface BenchOptions {
  packages: readonly string[]
  /** Regular expression of the benchmarks' names. */
  pattern: string
  /** How often each is run. */
  count: number
  /** Any text; with another one they are run again. */
  cacheKey: string
}

export function benchTask(
  project: DetectedProject,
  { packages, pattern, count, cacheKey }: BenchOptions,
): Task {
  if (!Number.isInteger(count) || count < 1) {
    throw new UserError(`not a count: ${count} (--count)`, { hint: "Give 1 or more." })
  }
  const compiled = [noDebugInformation, ...tagsFlag(project.settings.buildTags?.value)]
  const patterns = packages.map(packagePattern)
  const flags = [...compiled, "-run=^$", `-bench=${pattern}`, "-benchmem", `-count=${count}`]
  return assembleTask(project, {
    name: "bench",
    environment: { BENCH_AS_OF: cacheKey },
    args: ["go", "test", ...flags, ...patterns],
    ofProject: { compile: compileTests([...compiled, ...patterns]) },
  })
}

export function vetTask(project: DetectedProject): Task {
  // What it knows of imported packages comes from compiling them: as for the image.
  const flags = [...compileFlags, ...tagsFlag(project.settings.buildTags?.value)]
  const args = ["go", "vet", ...flags, "./..."]
  return assembleTask(project, { name: "vet", args, dependencies: "vet" })
}

/** Undefined where the project has no configuration for golangci-lint: nobody asked for its opinion. */
export function lintTask(project: DetectedProject): Task | undefined {
  if (project.facts.lintConfiguration === undefined) return undefined
  const image = imageAskedFor(project.settings.lintImage, {}) ?? golangciLint
  return assembleTask(project, {
    name: "lint",
    args: ["golangci-lint", "run", "--timeout=10m", ...buildTagsOf(project), "./..."],
    // What it knows of imported packages comes from compiling them, too.
    environment: { GOFLAGS: compileFlags.join(" ") },
    dependencies: "lint",
    tools: { "golangci-lint": { image, path: "/usr/bin/golangci-lint" } },
    // Its configuration says which files it writes.
    ofProject: { compile: ["go", "vet", ...tagsFlag(project.settings.buildTags?.value), "./..."] },
  })
}

export const vulnerabilityDatabase = "https://vuln.go.dev"

/** To the hour, so that a vulnerability database is asked again every hour. */
export function currentHour(): string {
  return new Date().toISOString().slice(0, "2026-01-01T00".length)
}

export interface VulncheckOptions {
  /** URL. */
  database: string
  /** Any text; with another one the database is asked again. */
  cacheKey: string
}

export function vulncheckTask(
  project: DetectedProject,
  { database, cacheKey }: VulncheckOptions,
): Task {
  if (!/^(https?|file):\/\/\S+$/.test(database)) {
    throw new UserError(`not the URL of a vulnerability database: ${JSON.stringify(database)}`, {
      hint: "Write https://…, http://…, or file:///src/… for a folder of the project.",
    })
  }
  return assembleTask(project, {
    name: "vulncheck",
    args: [
      "govulncheck",
      `-db=${database}`,
      ...tagsFlag(project.settings.buildTags?.value),
      "./...",
    ],
    environment: { VULNCHECK_AS_OF: cacheKey },
    tools: { govulncheck },
  })
}

/** Its file of the report, as `-format=json` prints it; there, nothing that it finds makes it fail. */
export const vulncheckReport = "govulncheck.json"

/** The same, for what it finds to be read by a program: left in the folder of reports. */
export function vulncheckReportTask(project: DetectedProject, options: VulncheckOptions): Task {
  const task = vulncheckTask(project, options)
  const [program = "", ...args] = task.command.args
  const write = `mkdir -p "$0" && exec "$@" >"$0/${vulncheckReport}"`
  return {
    ...task,
    command: {
      ...task.command,
      args: ["/bin/sh", "-c", write, reportPath, program, "-format=json", ...args],
    },
  }
}

/** Where the stage has its own database. */
const databaseFolder = "/vulndb"

/** What a program reaches of a few vulnerabilities, with the calls: on a database of these alone, so that none is asked. */
export function callPathsTask(
  project: DetectedProject,
  {
    packages,
    database,
  }: { packages: readonly string[]; database: Readonly<Record<string, string>> },
): Task {
  const write = `mkdir -p "$0" && exec "$@" >"$0/${vulncheckReport}"`
  return assembleTask(project, {
    name: "vulncheck",
    args: [
      ...["/bin/sh", "-c", write, reportPath, "govulncheck", "-format=json"],
      `-db=file://${databaseFolder}`,
      ...tagsFlag(project.settings.buildTags?.value),
      ...packages.map(packagePattern),
    ],
    tools: { govulncheck },
    files: Object.entries(database).map(([file, content]) => ({
      type: "file",
      path: `${databaseFolder}/${file}`,
      content,
      mode: 0o644,
    })),
  })
}

/**
 * The command that it is given, gofmt, prints the names of the files, and does not fail. Folders that the go command leaves out
 * are left out, and so are those of other modules, which are checked by themselves.
 */
const unformatted = `files=$("$0" "$@") || exit
files=$(echo "$files" | grep -vE '^$|(^|/)(vendor|testdata|_[^/]*|\\.[^/]*)/') || exit 0
found=0
while IFS= read -r file; do
  folder=$file
  while [ "$folder" != "\${folder%/*}" ]; do
    folder=\${folder%/*}
    if [ -e "$folder/go.mod" ]; then continue 2; fi
  done
  echo "$file"
  found=1
done <<END
$files
END
exit "$found"
`

/** Prints the files that gofmt would change, and fails where there are any. */
export function formatTask(project: DetectedProject): Task {
  return assembleTask(project, {
    name: "format",
    args: ["/bin/sh", "-c", unformatted, "gofmt", "-l", "."],
    compiles: false,
  })
}

const firstWithTidyDiff = 23

/** Prints what `go mod tidy` would change, and fails where that is anything. */
export function tidyTask(project: DetectedProject): Task {
  const { minor, tag, from } = resolveGoVersion(project.facts, project.settings.goVersion)
  if (minor !== undefined && minor < firstWithTidyDiff) {
    throw new UserError(
      `\`go mod tidy -diff\` needs Go 1.${firstWithTidyDiff}, not ${tag} (${from})`,
      {
        hint: "Give a newer one with --go-version.",
      },
    )
  }
  return assembleTask(project, {
    name: "tidy",
    args: ["go", "mod", "tidy", "-diff"],
    downloads: true,
    compiles: false,
  })
}

/** Leaves what `go generate` makes among the project's files. */
export function generateTask(project: DetectedProject): Task {
  const args = ["go", "generate", ...tagsFlag(project.settings.buildTags?.value), "./..."]
  return assembleTask(project, {
    name: "generate",
    args,
    ofProject: { runsGo: true },
    compiles: false,
  })
}

/** Leaves the project's files formatted, and go.mod and go.sum tidy. */
export function fixTask(project: DetectedProject): Task {
  return assembleTask(project, {
    name: "fix",
    before: [["go", "fmt", "./..."]],
    args: ["go", "mod", "tidy"],
    downloads: true,
    compiles: false,
    // What they write to may be a link that the project has.
    ofProject: {},
  })
}

/** For whoever goes on from there: says which Go it is. */
export function builderTask(project: DetectedProject): Task {
  return assembleTask(project, {
    name: "builder",
    args: ["go", "version"],
    ofProject: { runsGo: true, entered: true },
  })
}

function buildTagsOf({ settings }: DetectedProject): string[] {
  return settings.buildTags ? [`--build-tags=${settings.buildTags.value.join(",")}`] : []
}
