import { randomUUID } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs"
import { join } from "node:path"

import { expect } from "vitest"

import { cacheFolder } from "../../cli/system/folders.js"
import { readImage } from "../read-image.js"
import { runImage } from "../../cli/run/container.js"
import { defaultMinor } from "../../src/plan/go/version/go-releases.js"
import { script } from "../e2e/command.js"
import { isStaticProgram } from "../e2e/elf.js"
import { inVolumes } from "../e2e/volumes.js"
import { noVariables, type Built, type Project, type Workshop } from "./builds.js"
import { hasSection, namesInLayers, sources } from "./look.js"
import * as projects from "./projects.js"
import { Registry } from "./registry.js"

/** A sentence of one of the two pages that promises a behaviour, and how it is seen to be kept. */
export interface Promised {
  page: "migetpacks" | "Depot"
  section: string
  /** As the page has it. */
  sentence: string
  /** What is done, and what is expected. */
  case: string
  project: Project
  check: (built: Built, workshop: Workshop) => Promise<void>
  /** Why it cannot be seen with Dagger on any machine. */
  notWithDagger?: string
  /** It needs a BuildKit that shares this machine's loopback, as the one does that we start ourselves. */
  needsLoopback?: boolean
}

const ownBases = "`dagger call` takes base images from their registries only"

const loopback = "its engine need not reach a registry on the loopback of this machine"

const detection: Promised[] = [
  {
    page: "migetpacks",
    section: "Detection",
    sentence:
      "migetpacks detects Go when any of these files are present in your project root: • go.mod",
    case: "a project with go.mod is built and runs",
    project: projects.tiny,
    check: async (built) => {
      expect(await built.output()).toMatch(/^go go1\.25/)
    },
  },
  {
    page: "migetpacks",
    section: "Detection",
    sentence: "• Godeps/Godeps.json",
    case: "no go.mod, dependencies in vendor/: built in GOPATH mode, and runs",
    project: projects.godeps,
    check: async (built) => {
      expect(await built.output()).toBe("hello from vendor\n")
      expect(await namesInLayers(await built.image(), /\/(vendor|Godeps|main\.go)/)).toEqual([])
    },
  },
  {
    page: "migetpacks",
    section: "Detection",
    sentence: "• Godeps/Godeps.json",
    case: "dependencies that are pinned but not in the tree: refused, with the commands that move it to modules",
    project: projects.godepsWithoutVendor,
    check: async (built) => {
      const problem = await built.problem("refused")
      expect(problem).toContain("go mod init github.com/user/legacy")
      expect(problem).toContain("go get example.com/greeting@0123456789abcdef")
      expect(problem).toContain("go mod tidy")
    },
  },
  {
    page: "migetpacks",
    section: "Detection",
    sentence: "• glide.yaml",
    case: "no go.mod, dependencies in vendor/: built in GOPATH mode, and runs",
    project: projects.glide,
    check: async (built) => {
      expect(await built.output()).toBe("hello from vendor\n")
      expect(await namesInLayers(await built.image(), /\/(vendor|glide\.yaml|main\.go)/)).toEqual(
        [],
      )
    },
  },
]

/** The Go that a program says it was built with. */
async function goOf(built: Built): Promise<string | undefined> {
  return /^go go(1\.\d+)/.exec(await built.output())?.[1]
}

const versionDetection: Promised[] = [
  {
    page: "migetpacks",
    section: "Version Detection",
    sentence: "GO_VERSION env var",
    case: "GO_VERSION=1.26, though .go-version says 1.25 and go.mod 1.24",
    project: projects.version({
      variables: { GO_VERSION: "1.26" },
      files: { ".go-version": "1.25\n", "go.mod": projects.goMod("go 1.24") },
    }),
    check: async (built) => {
      expect(await goOf(built)).toBe("1.26")
    },
  },
  {
    page: "migetpacks",
    section: "Version Detection",
    sentence: ".go-version file",
    case: ".go-version says 1.26, go.mod 1.25",
    project: projects.version({ files: { ".go-version": "1.26\n" } }),
    check: async (built) => {
      expect(await goOf(built)).toBe("1.26")
    },
  },
  {
    page: "migetpacks",
    section: "Version Detection",
    sentence: ".go-version file",
    case: "spelled go1.26, after a comment, with Windows line ends (its own code makes an invalid image tag of it)",
    project: projects.version({ files: { ".go-version": "# Go\r\ngo1.26\r\n" } }),
    check: async (built) => {
      expect(await goOf(built)).toBe("1.26")
    },
  },
  {
    page: "migetpacks",
    section: "Version Detection",
    sentence: ".go-version file",
    case: "a blank one: go.mod's 1.26 is used, and that is said (its own code builds with an empty version)",
    project: projects.version({
      files: { ".go-version": " \n\n", "go.mod": projects.goMod("go 1.26") },
    }),
    check: async (built) => {
      expect(await goOf(built)).toBe("1.26")
      expect((await built.plan()).notices).toEqual([".go-version: holds no version, skipped"])
    },
  },
  {
    page: "migetpacks",
    section: "Version Detection",
    sentence: "go directive in go.mod",
    case: "go 1.26 in go.mod",
    project: projects.version({ files: { "go.mod": projects.goMod("go 1.26") } }),
    check: async (built) => {
      expect(await goOf(built)).toBe("1.26")
    },
  },
  {
    page: "migetpacks",
    section: "Version Detection",
    sentence: "go directive in go.mod",
    case: "indented, and with a comment (its own code builds with the default then)",
    project: projects.version({ files: { "go.mod": projects.goMod("\tgo 1.26 // go 1.24") } }),
    check: async (built) => {
      expect(await goOf(built)).toBe("1.26")
    },
  },
  {
    page: "migetpacks",
    section: "Version Detection",
    sentence: "Default",
    case: "nothing says which: the newest, as 1.25 was then; by now it gets no more security releases",
    project: projects.version({ files: { "go.mod": projects.goMod("") } }),
    check: async (built) => {
      expect(await goOf(built)).toBe(`1.${defaultMinor}`)
    },
  },
]

const buildProcess: Promised[] = [
  {
    page: "migetpacks",
    section: "Build Process",
    sentence: "migetpacks generates a multi-stage Dockerfile that produces a static binary",
    case: "the Dockerfile has a builder stage on golang and a runtime stage; the program needs no dynamic linker",
    project: projects.myapp,
    check: async (built) => {
      const dockerfile = await built.dockerfile()
      expect(dockerfile).toMatch(/^FROM golang:1\.25 AS build$/m)
      expect(dockerfile).toMatch(/^FROM debian:bookworm-slim AS base$/m)
      expect(isStaticProgram(await (await built.image()).readFile("/app/myapp"))).toBe(true)
    },
  },
  {
    page: "migetpacks",
    section: "Build Process",
    sentence: "ENV CGO_ENABLED=0 ENV GOOS=linux",
    case: "the program's own record of how it was built says so",
    project: projects.myapp,
    check: async (built) => {
      const lines = (await built.output()).split("\n")
      expect(lines).toContain("CGO_ENABLED 0")
      expect(lines).toContain("GOOS linux")
    },
  },
  {
    page: "migetpacks",
    section: "Build Process",
    sentence: "Layer 1: Copy go.mod/go.sum for layer caching",
    case: "the step that downloads modules sees go.mod and go.sum, and no other file of the project",
    project: projects.myapp,
    check: async (built) => {
      expect(sources(await built.plan(), ["go", "mod", "download"])).toEqual(["go.mod", "go.sum"])
    },
  },
  {
    page: "migetpacks",
    section: "Build Process",
    sentence: "Layer 2: Download dependencies (CACHED when go.mod unchanged)",
    case: "the step that downloads has no file of the source but go.mod and go.sum",
    project: projects.myapp,
    check: async (built) => {
      expect(sources(await built.plan(), ["go", "mod", "download"])).toEqual(["go.mod", "go.sum"])
    },
  },
  {
    page: "migetpacks",
    section: "Build Process",
    sentence: "Layer 3: Copy source code",
    case: "after an edit the new source is what is built",
    project: projects.myapp,
    check: async (built, workshop) => {
      expect(await built.output()).toContain("stamp first\n")
      const edited = workshop.build(projects.edited("second"))
      expect(await edited.output()).toContain("stamp second\n")
    },
  },
  {
    page: "migetpacks",
    section: "Build Process",
    sentence: "Layer 4: Build static binary and cleanup",
    case: "no source, tests, .git, .env or vendor/ at any depth, in any layer (its own code leaves nested ones); files read at run time stay",
    project: projects.littered,
    check: async (built) => {
      const image = await built.image()
      expect(await namesInLayers(image, projects.litter)).toEqual([])
      expect([...image.files.keys()].filter((path) => path.startsWith("/app/"))).toEqual([
        "/app/myapp",
        "/app/static",
        "/app/static/page.txt",
      ])
      expect(await built.output()).toContain("page a page that is read at run time\n")
    },
  },
  {
    page: "migetpacks",
    section: "Build Process",
    sentence: "FROM debian:bookworm-slim",
    case: "the image's own os-release",
    project: projects.myapp,
    check: async (built) => {
      const release = (await (await built.image()).readFile("/etc/os-release")).toString()
      expect(release).toContain("VERSION_CODENAME=bookworm")
    },
  },
  {
    page: "migetpacks",
    section: "Build Process",
    sentence: "RUN apt-get update && apt-get install -y ca-certificates",
    case: "the image has a bundle of certificates (its own code leaves them out); runtimes.test.ts makes TLS requests",
    project: projects.myapp,
    check: async (built) => {
      const bundle = await (await built.image()).readFile("/etc/ssl/certs/ca-certificates.crt")
      expect(bundle.toString().split("-----BEGIN CERTIFICATE-----").length).toBeGreaterThan(50)
    },
  },
  {
    page: "migetpacks",
    section: "Build Process",
    sentence: "WORKDIR /app",
    case: "the program starts in /app",
    project: projects.tiny,
    check: async (built) => {
      expect(await built.output()).toContain("folder /app\n")
    },
  },
  {
    page: "migetpacks",
    section: "Build Process",
    sentence: "COPY --from=builder /build /app",
    case: "program and files are in /app",
    project: projects.myapp,
    check: async (built) => {
      const { files } = await built.image()
      expect(files.get("/app/myapp")?.mode).toBe(0o755)
      expect(files.get("/app/static/page.txt")?.type).toBe("file")
    },
  },
  {
    page: "migetpacks",
    section: "Static Linking",
    sentence: "fully static binaries that run on minimal base images",
    case: "the program runs in an image without any base",
    project: projects.tiny,
    check: async (built) => {
      const image = await built.image()
      expect([...image.files.keys()].filter((path) => /\/(ld-|libc|sh$)/.test(path))).toEqual([])
      expect(await built.output()).toContain("program /app/myapp\n")
    },
  },
  {
    page: "migetpacks",
    section: "Static Linking",
    sentence: "The linker flags -s -w strip debug information for smaller binaries.",
    case: "the program has neither a symbol table nor debug information",
    project: projects.myapp,
    check: async (built) => {
      const program = await (await built.image()).readFile("/app/myapp")
      expect(hasSection(program, ".text")).toBe(true)
      expect(hasSection(program, ".symtab")).toBe(false)
      expect(hasSection(program, ".debug_info")).toBe(false)
    },
  },
]

/** The program below /app that the image runs. */
async function programOf(built: Built): Promise<string | undefined> {
  return /^program (.*)$/m.exec(await built.output())?.[1]
}

const binaryNames: Promised[] = [
  {
    page: "migetpacks",
    section: "Module Name and Binary Detection",
    sentence: "module github.com/user/myapp produces binary myapp",
    case: "that module",
    project: projects.tiny,
    check: async (built) => {
      expect(await programOf(built)).toBe("/app/myapp")
    },
  },
  {
    page: "migetpacks",
    section: "Module Name and Binary Detection",
    sentence: "The binary name is automatically derived from the module name in go.mod",
    case: 'module "github.com/user/myapp/v2", quoted, after a tab, with Windows line ends (its own code makes v2" or app of it)',
    project: projects.version({
      files: { "go.mod": 'module\t"github.com/user/myapp/v2"\r\n\r\ngo 1.25\r\n' },
    }),
    check: async (built) => {
      expect(await programOf(built)).toBe("/app/myapp")
    },
  },
  {
    page: "migetpacks",
    section: "Module Name and Binary Detection",
    sentence: "Falls back to app if detection fails",
    case: "a folder of files for the image has the name (its own code puts the program into the folder); every other module has a name that can be used",
    project: projects.version({ files: { "myapp/page.txt": "a page\n" } }),
    check: async (built) => {
      expect(await programOf(built)).toBe("/app/app")
      expect((await built.image()).files.get("/app/myapp/page.txt")?.type).toBe("file")
    },
  },
]

async function programsOf(built: Built): Promise<string[]> {
  const { files } = await built.image()
  return [...files].flatMap(([path, { type }]) =>
    type === "file" && path.startsWith("/app/") ? [path] : [],
  )
}

const packageSpec: Promised[] = [
  {
    page: "migetpacks",
    section: "Package Spec",
    sentence:
      "You can specify which packages to build using the //+heroku install comment in go.mod",
    case: "// +heroku install ./cmd/api ./cmd/worker: of three programs those two are built",
    project: projects.multi,
    check: async (built) => {
      expect(await programsOf(built)).toEqual(["/app/bin/api", "/app/bin/worker"])
    },
  },
  {
    page: "migetpacks",
    section: "Package Spec",
    sentence:
      "Without this directive, go build . is used (builds the package in the current directory).",
    case: "a program at the root and others under cmd/: only the first is built",
    project: projects.version({
      files: { "cmd/other/main.go": "package main\n\nfunc main() {}\n" },
    }),
    check: async (built) => {
      expect(await programsOf(built)).toEqual(["/app/myapp"])
      expect(await programOf(built)).toBe("/app/myapp")
    },
  },
  {
    page: "migetpacks",
    section: "Package Spec",
    sentence: 'RUN go build -ldflags="-s -w" -o /build/bin/ ./cmd/...',
    case: "GO_INSTALL_PACKAGE_SPEC=./cmd/... builds all three, over the comment in go.mod",
    project: projects.allPrograms,
    check: async (built) => {
      expect(await programsOf(built)).toEqual(["/app/bin/api", "/app/bin/extra", "/app/bin/worker"])
      expect(await built.output()).toBe("extra\n")
    },
  },
]

const hooks: Promised[] = [
  {
    page: "migetpacks",
    section: "Build Hooks",
    sentence: "bin/go-pre-compile - Runs before go build",
    case: "it writes a Go file that the build needs and a file that is read at run time; not executable, without #!",
    project: projects.hooks,
    check: async (built) => {
      const output = await built.output()
      expect(output).toContain("generated before the build\n")
      expect(output).toContain("made before the build\n")
    },
  },
  {
    page: "migetpacks",
    section: "Build Hooks",
    sentence: "bin/go-post-compile - Runs after go build",
    case: "it finds the program, and writes a file that is read at run time; executable, with #! of bash",
    project: projects.hooks,
    check: async (built) => {
      expect(await built.output()).toContain("made after the build\n")
    },
  },
  {
    page: "migetpacks",
    section: "Build Hooks",
    sentence: "migetpacks supports pre- and post-compile hooks",
    case: "the hooks and the Go file that one wrote are not in the image (its own code leaves the hooks)",
    project: projects.hooks,
    check: async (built) => {
      expect(await programsOf(built)).toEqual([
        "/app/hooks",
        "/app/made-after.txt",
        "/app/made-before.txt",
      ])
    },
  },
  {
    page: "migetpacks",
    section: "Build Hooks",
    sentence: "migetpacks supports pre- and post-compile hooks",
    case: "one that fails stops the build, and what it printed is shown",
    project: projects.failingHook,
    check: async (built) => {
      const problem = await built.problem("failed")
      expect(problem).toContain("no licence for today\n")
      expect(problem).toContain("go-pre-compile")
    },
  },
]

const migrate: Promised[] = [
  {
    page: "migetpacks",
    section: "golang-migrate",
    sentence:
      "If github.com/golang-migrate/migrate is detected in go.mod, the migrate CLI tool is automatically installed in the builder stage.",
    case: "the image has it, at go.mod's version, with the project's driver alone (its own code leaves it behind in the builder)",
    project: projects.migrate,
    check: async (built) => {
      const version = await built.end({ entrypoint: ["migrate"], args: ["-version"] })
      expect(version).toMatchObject({ code: 0, stderr: "v4.18.3\n" })
      const { stdout, stderr } = await built.end({ entrypoint: ["migrate"], args: ["-help"] })
      expect(stdout + stderr).toMatch(/^Database drivers: (?=.*\bmysql\b)(?!.*\bpostgres\b)/m)
    },
  },
  {
    page: "migetpacks",
    section: "golang-migrate",
    sentence:
      "If github.com/golang-migrate/migrate is detected in go.mod, the migrate CLI tool is automatically installed in the builder stage.",
    case: "go.mod only mentions it, in a comment (its own code looks for the words alone): no migrate",
    project: projects.version({
      files: { "go.mod": projects.goMod("go 1.25 // no github.com/golang-migrate/migrate here") },
    }),
    check: async (built) => {
      const paths = [...(await built.image()).files.keys()]
      expect(paths.filter((path) => path.endsWith("/migrate"))).toEqual([])
    },
  },
]

async function versionOf(built: Built): Promise<string | undefined> {
  return /^version (.*)$/m.exec(await built.output())?.[1]
}

const linkerSymbols: Promised[] = [
  {
    page: "migetpacks",
    section: "Linker Symbols",
    sentence: "-e GO_LINKER_SYMBOL=main.version -e GO_LINKER_VALUE=1.0.0",
    case: "the program says 1.0.0, and without them what its source has",
    project: projects.linked("1.0.0"),
    check: async (built, workshop) => {
      expect(await versionOf(built)).toBe("1.0.0")
      const plain = { ...projects.tiny, options: { stamp: "off" } }
      expect(await versionOf(workshop.build(plain))).toBe("unset")
    },
  },
  {
    page: "migetpacks",
    section: "Linker Symbols",
    sentence: "This adds -X main.version=1.0.0 to the linker flags.",
    case: "a value with spaces and quotes (its own code breaks the link), $ and =",
    project: projects.linked(`1.0 "beta", a=b $HOME`),
    check: async (built) => {
      expect(await versionOf(built)).toBe(`1.0 "beta", a=b $HOME`)
    },
  },
  {
    page: "migetpacks",
    section: "Linker Symbols",
    sentence: "Set custom linker symbols using environment variables",
    case: "a variable that there is not (Go says nothing): built, with a note that names the one that was meant",
    project: {
      ...projects.version({
        variables: { GO_LINKER_SYMBOL: "main.Version", GO_LINKER_VALUE: "1.0.0" },
      }),
      options: { stamp: "off" },
    },
    check: async (built) => {
      expect(await versionOf(built)).toBe("unset")
      expect((await built.plan()).notices).toEqual([
        expect.stringMatching(/no string variable Version .*; did you mean main\.version\?$/),
        expect.stringMatching(/^Go 1\.25 \(go\.mod:3\) gets no more security releases/),
      ])
    },
  },
]

/** Program and arguments that a program says it was started with. */
async function startOf(built: Built): Promise<string[]> {
  const lines = (await built.output()).split("\n")
  return lines.flatMap((line) => /^(?:program|argument) (.*)$/.exec(line)?.[1] ?? [])
}

const runCommand: Promised[] = [
  {
    page: "migetpacks",
    section: "Run Command",
    sentence: "RUN_COMMAND env var",
    case: "over the Procfile's web",
    project: projects.version({
      variables: { RUN_COMMAND: "./myapp from-variable" },
      files: { Procfile: "web: ./myapp from-procfile\n" },
    }),
    check: async (built) => {
      expect(await startOf(built)).toEqual(["/app/myapp", '"from-variable"'])
    },
  },
  {
    page: "migetpacks",
    section: "Run Command",
    sentence: "web: in Procfile",
    case: "below release:, which comes first (its own code may take that), with Windows line ends",
    project: projects.version({
      files: { Procfile: "release: ./myapp migrate\r\nweb: ./myapp serve\r\n" },
    }),
    check: async (built) => {
      expect(await startOf(built)).toEqual(["/app/myapp", '"serve"'])
    },
  },
  {
    page: "migetpacks",
    section: "Run Command",
    sentence: "web: in Procfile",
    case: "a command with quotes of both kinds (its own code breaks the image's configuration)",
    project: projects.version({
      files: { Procfile: `web: myapp "one two" 'three "four"' \\$5\n` },
    }),
    check: async (built) => {
      expect(await startOf(built)).toEqual([
        "/app/myapp",
        '"one two"',
        '"three \\"four\\""',
        '"$5"',
      ])
    },
  },
  {
    page: "migetpacks",
    section: "Run Command",
    sentence: "./app (or ./myapp based on module name)",
    case: "neither: the program is run (its own code runs ./app, whatever the name)",
    project: projects.tiny,
    check: async (built) => {
      expect(await startOf(built)).toEqual(["/app/myapp"])
    },
  },
  {
    page: "migetpacks",
    section: "Run Command",
    sentence:
      "Binary names in Procfiles are automatically prefixed with ./ if they don’t already have a path prefix.",
    case: "a name alone",
    project: projects.version({ files: { Procfile: "web: myapp\n" } }),
    check: async (built) => {
      expect(await startOf(built)).toEqual(["/app/myapp"])
    },
  },
  {
    page: "migetpacks",
    section: "Run Command",
    sentence:
      "Binary names in Procfiles are automatically prefixed with ./ if they don’t already have a path prefix.",
    case: "a name with arguments and $PORT, on a base with a shell (its own code prefixes commands of one word only)",
    project: {
      ...projects.version({ files: { Procfile: "web: myapp serve :$PORT\n" } }),
      options: {},
    },
    check: async (built) => {
      expect(await startOf(built)).toEqual(["/app/myapp", '"serve"', '":8080"'])
    },
  },
  {
    page: "migetpacks",
    section: "Run Command",
    sentence:
      "Binary names in Procfiles are automatically prefixed with ./ if they don’t already have a path prefix.",
    case: "one that has a prefix already: ./myapp, bin/api, /app/myapp",
    project: projects.version({ files: { Procfile: "web: /app/myapp serve\n" } }),
    check: async (built, workshop) => {
      expect(await startOf(built)).toEqual(["/app/myapp", '"serve"'])
      const relative = projects.version({ files: { Procfile: "web: ./myapp serve\n" } })
      expect(await startOf(workshop.build(relative))).toEqual(["/app/myapp", '"serve"'])
      const multi = { ...projects.multi, variables: { RUN_COMMAND: "bin/worker" } }
      expect(await workshop.build(multi).output()).toBe("worker\n")
    },
  },
]

const caching: Promised[] = [
  {
    page: "migetpacks",
    section: "Caching",
    sentence:
      "Dependencies are downloaded in a separate layer. go mod download is only re-run when go.mod or go.sum changes.",
    case: "the step that downloads has no file of the source but go.mod and go.sum, and the modules are there before the build",
    project: projects.caches,
    check: async (built, workshop) => {
      expect(sources(await built.plan(), ["go", "mod", "download"])).toEqual(["go.mod", "go.sum"])
      const series = projects.cacheSeries()
      expect(await workshop.build(series.first).output()).toContain("module there\n")
    },
  },
  {
    page: "migetpacks",
    section: "Caching",
    sentence: "When BUILD_CACHE_DIR is configured, BuildKit cache mounts are used",
    case: "what a build leaves in the volumes is there in the next one with the same BUILD_CACHE_DIR, and not with another",
    project: projects.caches,
    check: async (_, workshop) => {
      const series = projects.cacheSeries()
      const nothing = /^stale .*\bruntime\b/m
      expect(await workshop.build(series.first).output()).toMatch(nothing)
      expect(await workshop.build(series.edited).output()).not.toMatch(nothing)
      expect(await workshop.build(series.elsewhere).output()).toMatch(nothing)
    },
  },
  {
    page: "migetpacks",
    section: "Caching",
    sentence: "Go module cache (/go/pkg/mod) and build cache (~/.cache/go-build)",
    case: "both are volumes that the next build finds again; neither is in the image",
    project: projects.caches,
    check: async (_, workshop) => {
      const series = projects.cacheSeries()
      await workshop.build(series.first).image()
      const edited = workshop.build(series.edited)
      const output = await edited.output()
      expect(output).toContain("module there\n")
      expect(output).toContain("stale github.com/user/caches\n")
      expect(await namesInLayers(await edited.image(), /^(go|root)\/./)).toEqual([])
    },
  },
]

const hardened: Promised[] = [
  {
    page: "migetpacks",
    section: "DHI Support",
    sentence: "Go is supported with Docker Hardened Images (requires version 1.22 or later).",
    case: "USE_DHI=true with Go 1.21: refused, and what to ask for instead",
    project: projects.dhiWithGo("1.21"),
    check: async (built) => {
      const problem = await built.problem("refused")
      expect(problem).toContain("no Docker Hardened Image of Go 1.21")
      expect(problem).toContain("They start with Go 1.22")
    },
  },
  {
    page: "migetpacks",
    section: "DHI Support",
    sentence: "dhi.io/golang:{version}-dev",
    case: "USE_DHI=true: the reference of every stage that runs Go; built and run with a stand-in",
    project: projects.dhi,
    check: async (built) => {
      const { stages } = await built.plan()
      const images = stages.flatMap(({ from }) => ("image" in from ? [from.image] : []))
      expect(images.filter((image) => image.endsWith("-dev")).length).toBeGreaterThan(0)
      expect(new Set(images)).toEqual(new Set(["dhi.io/golang:1.25-dev", "dhi.io/golang:1.25"]))
      expect(await goOf(built)).toBe("1.25")
    },
    notWithDagger: ownBases,
  },
  {
    page: "migetpacks",
    section: "DHI Support",
    sentence: "dhi.io/golang:{version}",
    case: "USE_DHI=true: the reference that the image stands on; built and run with a stand-in, as its user",
    project: projects.dhi,
    check: async (built) => {
      const base = (await built.plan()).stages.find(({ name }) => name === "base")
      expect(base?.from).toEqual({ image: "dhi.io/golang:1.25" })
      expect((await built.image()).run.User).toBe("65532:65532")
      expect(await built.output()).toContain("program /app/myapp\n")
    },
    notWithDagger: ownBases,
  },
  ...[
    ["1.22.3", "1.22.12"],
    ["1.23.1", "1.23.7"],
    ["1.24.0", "1.24.1"],
  ].map(([asked = "", used]): Promised => ({
    page: "migetpacks",
    section: "DHI Support",
    sentence: "DHI images for Go require minimum patch versions: 1.22.12, 1.23.7, or 1.24.1+.",
    case: `GO_VERSION=${asked}: both stages on ${used}; without USE_DHI it is golang:${asked}`,
    project: projects.dhiWithGo(asked),
    check: async (built, workshop) => {
      const dockerfile = await built.dockerfile()
      expect(dockerfile).toMatch(new RegExp(`^FROM dhi\\.io/golang:${used}-dev AS build$`, "m"))
      expect(dockerfile).toMatch(new RegExp(`^FROM dhi\\.io/golang:${used} AS base$`, "m"))
      const usual = { ...projects.dhiWithGo(asked), variables: { GO_VERSION: asked } }
      expect(await workshop.build(usual).dockerfile()).toContain(`FROM golang:${asked} AS build\n`)
    },
  })),
  {
    page: "migetpacks",
    section: "DHI Support",
    sentence:
      "The DHI runtime image is distroless with no shell. Since Go produces static binaries, this works without any special handling.",
    case: "no shell in the image, and the program runs; $PORT and quotes in the command work (its own code splits at blanks)",
    project: projects.dhi,
    check: async (built) => {
      const { files } = await built.image()
      expect([...files.keys()].filter((path) => /\/(sh|bash|busybox)$/.test(path))).toEqual([])
      expect(await startOf(built)).toEqual(["/app/myapp", '"serve it"', '":8080"'])
    },
    notWithDagger: ownBases,
  },
]

const registries: Promised[] = [
  {
    page: "migetpacks",
    section: "Registry Cache",
    sentence:
      "Use CACHE_IMAGE to push/pull BuildKit inline cache layers to a registry for cross-build caching.",
    case: "a BuildKit that never built anything takes every step of the build from the registry, the compiler's too",
    project: projects.tiny,
    check: async (built, workshop) => {
      const registry = await Registry.start()
      const variables = { ...noVariables, CACHE_IMAGE: `${registry.host}/team/cache:main` }
      const folder = workshop.newFolder()
      const build = async (name: string, more: Record<string, string>) => {
        const ended = await script(
          [await built.folder(), "--runtime", "scratch", "--output", join(folder, name)],
          { env: { ...variables, ...more } },
        )
        expect(ended.code, ended.stderr).toBe(0)
        const image = await readImage(join(folder, name))
        return { steps: ended.stderr, layers: image.layers.map(({ digest }) => digest) }
      }
      // A state of its own, with tools and base images that are there already.
      mkdirSync(join(folder, "go-image"))
      for (const each of ["tools", "bases"]) {
        symlinkSync(join(cacheFolder(), each), join(folder, "go-image", each))
      }
      try {
        const here = await build("first.tar", {})
        expect(Object.keys(registry.pushed).sort()).toEqual([
          "team/cache:main",
          "team/cache:main-dependencies",
        ])
        expect(existsSync(join(folder, "go-image/buildkit"))).toBe(false)
        const elsewhere = await build("second.tar", { XDG_CACHE_HOME: folder })
        expect(elsewhere.steps.match(/^ {2}build: go build .*$/gm)).toEqual([
          expect.stringMatching(/ {2}cached$/),
        ])
        expect(elsewhere.layers).toEqual(here.layers)
      } finally {
        await registry.stop()
      }
    },
    notWithDagger: loopback,
    needsLoopback: true,
  },
  {
    page: "migetpacks",
    section: "Example",
    sentence: "-e OUTPUT_IMAGE=my-go-app:latest",
    case: "two names in OUTPUT_IMAGE: both are pushed, as one image, which runs; nothing is written here",
    project: projects.tiny,
    check: async (built, workshop) => {
      const registry = await Registry.start()
      const folder = workshop.newFolder()
      const names = ["team/my-go-app:latest", "team/my-go-app:v1"]
      const references = names.map((name) => `${registry.host}/${name}`).join(" ")
      try {
        const ended = await script([await built.folder(), "--runtime", "scratch"], {
          cwd: folder,
          env: { ...noVariables, OUTPUT_IMAGE: references },
        })
        expect(ended.code, ended.stderr).toBe(0)
        expect(readdirSync(folder)).toEqual([])
        expect(Object.keys(registry.pushed).sort()).toEqual(names)
        expect(new Set(Object.values(registry.pushed)).size).toBe(1)
        const archive = join(folder, "pushed.tar")
        await registry.save("team/my-go-app:v1", archive)
        const image = await readImage(archive)
        expect(image.run.Entrypoint).toEqual(["/app/myapp"])
        let output = ""
        const container = await runImage({
          image,
          onOutput: (chunk) => (output += chunk.toString()),
        })
        expect(await container.exited).toBe(0)
        expect(output).toContain("program /app/myapp\n")
      } finally {
        await registry.stop()
      }
    },
    notWithDagger: loopback,
    needsLoopback: true,
  },
]

const examples: Promised[] = [
  {
    page: "migetpacks",
    section: "Go Toolchain in Runtime",
    sentence:
      "If you need the Go toolchain available at runtime (for plugins, go run, etc.): -e GO_INSTALL_TOOLS_IN_IMAGE=true",
    case: "`go run` works in the image, as the image's user",
    project: projects.goTools,
    check: async (built) => {
      const ended = await built.end({ entrypoint: ["go", "run", "/app/plugins/hello.go"] })
      expect(ended).toEqual({ code: 0, stdout: "", stderr: "hello from go run, as 65532\n" })
    },
  },
  {
    page: "migetpacks",
    section: "Go Toolchain in Runtime",
    sentence: "This copies /usr/local/go from the builder to the runtime image.",
    case: "it is there, and it is not there where it was not asked for",
    project: projects.goTools,
    check: async (built, workshop) => {
      expect((await built.image()).files.get("/usr/local/go/bin/go")?.type).toBe("file")
      const usual = await workshop.build(projects.tiny).image()
      expect(usual.files.has("/usr/local/go")).toBe(false)
    },
  },
  {
    page: "migetpacks",
    section: "With Custom Options",
    sentence: "-e GO_LINKER_SYMBOL=main.version -e GO_LINKER_VALUE=1.2.3 -e USE_DHI=true",
    case: "all of them at once",
    project: projects.dhi,
    check: async (built) => {
      expect(await versionOf(built)).toBe("1.2.3")
    },
    notWithDagger: ownBases,
  },
  {
    page: "migetpacks",
    section: "Multi-Binary Project",
    sentence: 'RUN_COMMAND="./bin/api"',
    case: "that one is run, and arguments can be added to it",
    project: projects.multi,
    check: async (built) => {
      expect(await built.output()).toBe("api\n")
    },
  },
  {
    page: "migetpacks",
    section: "Multi-Binary Project",
    sentence: "both binaries are available at /app/bin/api and /app/bin/worker",
    case: "both run, by their paths and by their names",
    project: projects.multi,
    check: async (built) => {
      expect(await built.output({ entrypoint: ["/app/bin/api"] })).toBe("api\n")
      expect(await built.output({ entrypoint: ["/app/bin/worker"] })).toBe("worker\n")
      expect(await built.output({ entrypoint: ["worker"] })).toBe("worker\n")
    },
  },
]

const depotDependencies: Promised[] = [
  {
    page: "Depot",
    section: "Stage 1: FROM golang:1.25 AS build",
    sentence:
      "We copy Go module files and optional vendor directory first for better layer caching.",
    case: "the step that looks at dependencies sees go.mod, go.sum and vendor/, and no other file of the project",
    project: projects.vendored,
    check: async (built) => {
      const plan = await built.plan()
      const step = ["go", "run", "-trimpath", "-gcflags=all=-dwarf=false", ".", "/src"]
      expect(sources(plan, step)).toEqual(["go.mod", "go.sum", "vendor"])
    },
  },
  {
    page: "Depot",
    section: "Dependency management",
    sentence: "The conditional logic supports both vendored and non-vendored dependency workflows.",
    case: "of a vendored project no module is downloaded for the build: it works with Go's network off",
    project: projects.vendoredOffline,
    check: async (built) => {
      expect((await built.image()).files.get("/app/idgen")?.mode).toBe(0o755)
    },
    notWithDagger: ownBases,
  },
  {
    page: "Depot",
    section: "Dependency management",
    sentence: "If a vendor directory exists, we verify the vendored dependencies.",
    case: "a file in vendor/ that was changed (which `go mod verify` does not look at): the build stops, and names it",
    project: projects.tamperedVendor,
    check: async (built) => {
      const problem = await built.problem("failed")
      expect(problem).toContain(
        "vendor/github.com/google/uuid/version4.go: differs from github.com/google/uuid@v1.6.0\n",
      )
    },
  },
  {
    page: "Depot",
    section: "Dependency management",
    sentence: "If a vendor directory exists, we verify the vendored dependencies.",
    case: "the same without a network, once the modules are in the cache",
    project: { ...projects.tamperedVendor, bases: { "golang:1.25": "offlineGolang" } },
    check: async (_, workshop) => {
      // Not a step that BuildKit remembers: it may have dropped the volume meanwhile, which it does on a full disk.
      const goMod = readFileSync("examples/idgen/go.mod", "utf8")
      const anew = { "go.mod": `${goMod}\n// ${randomUUID()}\n` }
      await workshop.build({ ...projects.vendored, files: anew }).image()
      const offline = workshop.build({
        ...projects.tamperedVendor,
        bases: { "golang:1.25": "offlineGolang" },
        files: { ...projects.tamperedVendor.files, ...anew },
      })
      expect(await offline.problem("failed")).toContain("version4.go: differs from")
    },
    notWithDagger: ownBases,
  },
  {
    page: "Depot",
    section: "Dependency management",
    sentence: "If a vendor directory exists, we verify the vendored dependencies.",
    case: "a file in vendor/ that was added",
    project: projects.addedToVendor,
    check: async (built) => {
      expect(await built.problem("failed")).toContain(
        "vendor/github.com/google/uuid/extra.go: github.com/google/uuid@v1.6.0 has no such file\n",
      )
    },
  },
  {
    page: "Depot",
    section: "Dependency management",
    sentence: "Otherwise, we download dependencies from the Go module proxy.",
    case: "no vendor/: built with the module that go.mod requires",
    project: projects.myapp,
    check: async (built) => {
      expect(await built.output()).toContain("words one,and two\n")
    },
  },
  {
    page: "Depot",
    section: "Dependency management",
    sentence: "go mod download && go mod verify",
    case: "another hash in go.sum: the build stops, and says that it may be an attack",
    project: projects.tamperedSum,
    check: async (built) => {
      const problem = await built.problem("failed")
      expect(problem).toContain("github.com/google/shlex@")
      expect(problem).toContain("checksum mismatch")
    },
  },
  {
    page: "Depot",
    section: "Dependency management",
    sentence: "go mod download && go mod verify",
    case: "a module that was changed in the cache volume after it was downloaded: the build stops",
    project: projects.caches,
    check: async (_, workshop) => {
      const { download, volumes, tamper, verify } = projects.tamperedCache()
      await workshop.build(download).image()
      await inVolumes(volumes, tamper)
      const problem = await workshop.build(verify).problem("failed")
      expect(problem).toMatch(/github\.com\/google\/shlex .*: dir has been modified/)
    },
    notWithDagger: "who calls a module cannot reach its cache volumes",
  },
]

const depotCaches: Promised[] = [
  {
    page: "Depot",
    section: "Explanation of the Dockerfile",
    sentence: "Multi-stage builds for clean separation",
    case: "nothing of the builder in any layer: no Go, no source, no module, no compiler",
    project: projects.server,
    check: async (built) => {
      const builders = /^(go|src|out|root)\/.|^usr\/local\/go\/|\.go$|\/gcc$/
      expect(await namesInLayers(await built.image(), builders)).toEqual([])
    },
    notWithDagger: ownBases,
  },
  {
    page: "Depot",
    section: "Explanation of the Dockerfile",
    sentence: "Cache mounts for Go modules and build cache",
    case: "download and build have both, under the same names",
    project: projects.myapp,
    check: async (built) => {
      const { stages } = await built.plan()
      const steps = stages.find(({ name }) => name === "build")?.steps ?? []
      const volumes = steps
        .flatMap((step) => (step.type === "run" ? [step] : []))
        .map(({ args, mounts }) => [
          args
            .slice(args.indexOf("go"))
            .slice(0, 3)
            .filter((word) => !word.startsWith("-"))
            .join(" "),
          ...mounts.flatMap((mount) => (mount.type === "cache" ? [mount.target] : [])),
        ])
      const both = ["/go/pkg/mod", "/root/.cache/go-build"]
      expect(volumes).toContainEqual(["go mod download", ...both])
      expect(volumes).toContainEqual(["go build", ...both])
      expect(volumes.filter((each) => each.length !== 3)).toEqual([])
    },
  },
  {
    page: "Depot",
    section: "Building the application",
    sentence:
      "This ensures fast rebuilds by reusing both downloaded modules and compiled packages.",
    case: "after an edit of the program nothing but itself has to be compiled",
    project: projects.caches,
    check: async (_, workshop) => {
      const series = projects.cacheSeries()
      await workshop.build(series.first).image()
      const output = await workshop.build(series.edited).output()
      expect(output).toContain("stale github.com/user/caches\n")
    },
  },
  {
    page: "Depot",
    section: "Cache Mount Parameters Explained",
    sentence: "**`type=cache`**: Specifies this is a cache mount that persists across builds.",
    case: "what one build leaves in either volume, the next one finds",
    project: projects.caches,
    check: async (_, workshop) => {
      const series = projects.cacheSeries()
      await workshop.build(series.first).image()
      const output = await workshop.build(series.edited).output()
      expect(output).toContain("module there\n")
      expect(output).toContain("stale github.com/user/caches\n")
    },
  },
  {
    page: "Depot",
    section: "Building the application",
    sentence: "./cmd/server",
    case: "--packages ./cmd/server: that one of two, and it is the program",
    project: projects.server,
    check: async (built) => {
      const paths = [...(await built.image()).files.keys()]
      expect(paths.filter((path) => /^\/(app|usr\/local\/bin)\//.test(path))).toEqual([
        "/usr/local/bin/app",
      ])
      expect(await reportOf(built)).toHaveProperty("arguments")
    },
    notWithDagger: ownBases,
  },
]

async function reportOf(built: Built, args?: string[]): Promise<Record<string, unknown>> {
  return JSON.parse(await built.output({ args })) as Record<string, unknown>
}

const depotRuntime: Promised[] = [
  {
    page: "Depot",
    section: "Stage 2: FROM ubuntu:24.04 AS runtime",
    sentence: "The runtime stage uses Ubuntu 24.04 for a reliable runtime environment.",
    case: "the reference in the plan; the image has what the (stand-in of the) base has",
    project: projects.server,
    check: async (built) => {
      const base = (await built.plan()).stages.find(({ name }) => name === "base")
      expect(base?.from).toEqual({ image: "ubuntu:24.04" })
      const image = await built.image()
      expect((await image.readFile("/etc/os-release")).toString()).toContain('"24.04"')
      expect((await image.readFile("/etc/passwd")).toString()).toMatch(/^ubuntu:x:1000:/m)
    },
    notWithDagger: ownBases,
  },
  {
    page: "Depot",
    section: "Stage 2: FROM ubuntu:24.04 AS runtime",
    sentence: "groupadd -g 1001 appgroup",
    case: "the group",
    project: projects.server,
    check: async (built) => {
      const group = (await (await built.image()).readFile("/etc/group")).toString()
      expect(group.match(/^appgroup:.*$/gm)).toEqual(["appgroup:x:1001:"])
      expect(await reportOf(built)).toMatchObject({ gid: "1001", group: "appgroup" })
    },
    notWithDagger: ownBases,
  },
  {
    page: "Depot",
    section: "Stage 2: FROM ubuntu:24.04 AS runtime",
    sentence: "useradd -u 1001 -g appgroup -m -d /app -s /bin/false appuser",
    case: "the user, with that home, which is its own, and without a shell to log in with",
    project: projects.server,
    check: async (built) => {
      const image = await built.image()
      const passwd = (await image.readFile("/etc/passwd")).toString()
      expect(passwd.match(/^appuser:.*$/gm)).toEqual(["appuser:x:1001:1001::/app:/bin/false"])
      expect(image.files.get("/app")).toMatchObject({ type: "directory", uid: 1001, gid: 1001 })
      expect(await reportOf(built)).toMatchObject({ user: "appuser", home: "/app" })
    },
    notWithDagger: ownBases,
  },
  {
    page: "Depot",
    section: "Stage 2: FROM ubuntu:24.04 AS runtime",
    sentence: "COPY --from=build --chown=appuser:appgroup /bin/app /usr/local/bin/app",
    case: "path, owner and mode",
    project: projects.server,
    check: async (built) => {
      expect((await built.image()).files.get("/usr/local/bin/app")).toMatchObject({
        type: "file",
        uid: 1001,
        gid: 1001,
        mode: 0o755,
      })
    },
    notWithDagger: ownBases,
  },
  {
    page: "Depot",
    section: "Stage 2: FROM ubuntu:24.04 AS runtime",
    sentence: "We create a non-root user for security",
    case: "USER appuser: the program runs as 1001, and --root is what it takes to be 0",
    project: projects.server,
    check: async (built, workshop) => {
      expect(await reportOf(built)).toMatchObject({ uid: "1001" })
      const { options } = projects.server
      const asRoot = workshop.build({ ...projects.server, options: { ...options, root: true } })
      expect(await reportOf(asRoot)).toMatchObject({ uid: "0", gid: "0" })
    },
    notWithDagger: ownBases,
  },
  {
    page: "Depot",
    section: "Stage 2: FROM ubuntu:24.04 AS runtime",
    sentence: "ENV TZ=UTC GOMAXPROCS=0",
    case: "the program sees both; Go takes 0 for all processors",
    project: projects.server,
    check: async (built) => {
      expect(await reportOf(built)).toMatchObject({ TZ: "UTC", GOMAXPROCS: "0", processors: true })
    },
    notWithDagger: ownBases,
  },
  {
    page: "Depot",
    section: "Stage 2: FROM ubuntu:24.04 AS runtime",
    sentence: 'ENTRYPOINT ["/usr/local/bin/app"]',
    case: "arguments of `docker run` are added to it",
    project: projects.server,
    check: async (built) => {
      expect((await built.image()).run.Entrypoint).toEqual(["/usr/local/bin/app"])
      expect(await reportOf(built, ["-v", "two words"])).toMatchObject({
        arguments: ["-v", "two words"],
      })
    },
    notWithDagger: ownBases,
  },
]

export const promises: readonly Promised[] = [
  ...detection,
  ...versionDetection,
  ...buildProcess,
  ...binaryNames,
  ...packageSpec,
  ...hooks,
  ...migrate,
  ...linkerSymbols,
  ...runCommand,
  ...caching,
  ...registries,
  ...hardened,
  ...examples,
  ...depotDependencies,
  ...depotCaches,
  ...depotRuntime,
]
