import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseArguments } from "../../../../../cli/command-line/build-command.js"
import { importDockerfile } from "../../../../../cli/commands/import/dockerfile/dockerfile.js"
import { importProject, problemOf } from "../../../../../cli/commands/import/import.js"
import { importOptions, type System } from "../../../../../cli/commands/import/options.js"
import { printImported } from "../../../../../cli/commands/import/print.js"
import { importNixpacks, importRailpack } from "../../../../../cli/commands/import/railpack.js"
import { writeSettings } from "../../../../../cli/commands/import/write.js"
import { LocalSource } from "../../../../../cli/source/local-source.js"
import { detect } from "../../../../../src/detect/detect.js"
import { assemblePlan } from "../../../../../src/plan/assemble.js"
import { settingTable } from "../../../../../src/settings/table/table.js"
import { importFile, importPage } from "../../../../readme/import-page.js"
import { temporaryFolder } from "../../temporary.js"

const program = {
  "go.mod": "module example.com/shop\n\ngo 1.25\n",
  "main.go": "package main\n\nvar version string\n\nfunc main() { println(version) }\n",
}

function projectOf(files: Record<string, string>): string {
  const folder = temporaryFolder()
  for (const [path, content] of Object.entries({ ...program, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

const importOf = (folder: string) => importProject(parseArguments([folder], {}))
const detectIn = (folder: string) =>
  detect(new LocalSource(folder, []), { options: {}, environment: {} })

it("the committed page is the table's", () => {
  const written = readFileSync(importFile, "utf8")
  expect(written, "bash script/readme writes it anew").toBe(importPage())
})

const rows = (Object.keys(importOptions) as System[]).flatMap((system) =>
  importOptions[system].map((row) => ({ system, ...row })),
)

it("a row's setting may stand in project.toml, and no option has two rows", () => {
  for (const { system, option, status, setting } of rows) {
    if (status === "setting") expect(setting, `${system} ${option}`).toBeDefined()
    if (setting && status === "setting") {
      expect(settingTable[setting].help).not.toContain("never from project.toml")
    }
  }
  const names = rows.map(({ system, option }) => `${system} ${option}`)
  expect(new Set(names).size).toBe(names.length)
})

describe("variables of buildpacks", () => {
  const values: Record<string, string> = {
    BP_GO_VERSION: "1.25.*",
    GOOGLE_GO_VERSION: "1.25",
    GOOGLE_RUNTIME_VERSION: "1.25",
    BP_GO_TARGETS: ".",
    BP_GO_WORKDIR: ".",
    GOOGLE_BUILDABLE: ".",
    GO_INSTALL_PACKAGE_SPEC: ".",
    BP_GO_BUILD_FLAGS: "-tags=netgo",
    BP_GO_BUILD_LDFLAGS: "-X main.version=1",
    GOOGLE_GOLDFLAGS: "-X main.version=1",
    BP_KEEP_FILES: "a:b",
    GOOGLE_ENTRYPOINT: "shop serve",
    GO_INSTALL_TOOLS_IN_IMAGE: "true",
    GO_LINKER_SYMBOL: "main.version",
    GO_LINKER_VALUE: "1",
    BP_IMAGE_LABELS: "a=b",
  }
  const isVariable = ({ system, option }: { system: System; option: string }) =>
    ["heroku", "paketo", "google"].includes(system) && /^[A-Z_]+$/.test(option)
  const together = (option: string) =>
    option.startsWith("GO_LINKER_") ? ["GO_LINKER_SYMBOL", "GO_LINKER_VALUE"] : [option]
  const toml = (names: string[]) =>
    names
      .map(
        (name) =>
          `[[io.buildpacks.build.env]]\nname = "${name}"\nvalue = "${values[name] ?? "x"}"\n`,
      )
      .join("")

  it.each(rows.filter(isVariable))("$option: $status, as detection has it", async (row) => {
    const folder = projectOf({ "project.toml": toml(together(row.option)) })
    const { settings, facts } = await detectIn(folder)
    if (row.status === "setting") {
      expect(settings[row.setting!]?.from).toMatch(/^project\.toml:\d+ /)
    } else {
      expect(settings).not.toHaveProperty(row.setting ?? "none")
      expect(facts.notices.map(({ message }) => message)).toContainEqual(
        expect.stringContaining(`${row.option} has no effect`),
      )
    }
    const { found, settings: written } = await importOf(folder)
    expect(found).toContainEqual(
      expect.objectContaining({ option: row.option, status: row.status, file: "project.toml" }),
    )
    // It is in project.toml already.
    expect(written).toEqual({})
  })
})

describe("what buildpacks say of the image", () => {
  const variables = (values: Record<string, string>) =>
    Object.entries(values)
      .map(([name, value]) => `[[io.buildpacks.build.env]]\nname = "${name}"\nvalue = '${value}'\n`)
      .join("")

  it("is in effect where it is", async () => {
    const folder = projectOf({
      "project.toml": variables({
        BPE_MODE: "a b",
        BPE_DEFAULT_LEVEL: "info",
        BPE_APPEND_PATH: "/x",
        BP_IMAGE_LABELS: 'com.example.team="the shop" tier=1',
        BP_OCI_TITLE: "Shop",
        BP_OCI_VERSION: "1",
        GOEXPERIMENT: "jsonv2",
        OTHER: "x",
      }),
    })
    const { settings, facts } = await detectIn(folder)
    expect(settings.environment).toMatchObject({
      ...{ value: ["MODE=a b", "LEVEL=info"], from: "project.toml:2 BPE_MODE" },
    })
    expect(settings.label?.value).toEqual([
      ...["com.example.team=the shop", "tier=1", "org.opencontainers.image.title=Shop"],
    ])
    expect(facts.notices.map(({ message }) => message.split(" has no effect")[0])).toEqual([
      ...["BPE_APPEND_PATH", "BP_OCI_VERSION", "OTHER"],
    ])
    const { found, settings: written } = await importOf(folder)
    expect(written).toEqual({})
    expect(found.map(({ option, line, status }) => [option, line, status])).toEqual([
      ["BPE_NAME", 2, "setting"],
      ["BPE_NAME", 5, "setting"],
      ["BPE_APPEND_NAME", 8, "not supported"],
      ["BP_IMAGE_LABELS", 11, "setting"],
      ["BP_OCI_TITLE", 14, "setting"],
      ["BP_OCI_VERSION", 17, "not supported"],
      ["variables of Go", 20, "automatic"],
      ["other variables", 23, "not supported"],
    ])
  })

  it("comes after what go-image's own table says", async () => {
    const own = '[go-image]\nenvironment = ["A=own"]\n'
    const folder = projectOf({ "project.toml": `${variables({ BPE_A: "theirs" })}${own}` })
    expect((await detectIn(folder)).settings.environment?.value).toEqual(["A=own"])
  })

  it("has a row for each buildpack, the builder and the files", async () => {
    const text = `[_]
schema-version = "0.2"
[io.buildpacks]
builder = "paketobuildpacks/builder-jammy-tiny"
exclude = ["docs/**"]
[[io.buildpacks.group]]
id = "paketo-buildpacks/go"
version = "4.0.0"
[[io.buildpacks.group]]
uri = "docker://docker.io/paketobuildpacks/nodejs"
`
    const { found } = await importOf(projectOf({ "project.toml": text }))
    expect(found.map(({ option, line, status }) => [option, line, status])).toEqual([
      ["buildpacks of Go", 7, "automatic"],
      ["other buildpacks", 10, "not supported"],
      ["builder", 4, "not supported"],
      ["exclude", 5, "automatic"],
    ])
  })
})

describe("a command of another tool", () => {
  it.each([
    ["heroku.yml", "run:\n  web: bin/shop -v\n", { Procfile: "web: shop  -v\n" }],
    ["heroku.yml", "run:\n  web: bin/shop\n", {}],
    ["railpack.json", '{"deploy":{"startCommand":"./shop -v"}}', { Procfile: "web: shop -v\n" }],
  ])("in %s is not written where the image runs the same: %s", async (file, text, others) => {
    const { found, settings } = await importOf(projectOf({ ...others, [file]: text }))
    expect(settings).toEqual({})
    expect(found.filter((each) => each.file === file)).toMatchObject([{ status: "automatic" }])
  })

  it("is written where it is another", async () => {
    const files = { "heroku.yml": "run:\n  web: shop -w\n", Procfile: "web: shop -v\n" }
    expect((await importOf(projectOf(files))).settings).toEqual({ command: "shop -w" })
  })
})

describe("a Dockerfile", () => {
  // https://docs.docker.com/reference/dockerfile/
  const instructions =
    "ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR"

  it("has a row for each instruction that there is", () => {
    const known = new Set(importOptions.dockerfile.map(({ option }) => option.split(" ")[0]))
    expect([...known].join(" ")).toSatisfy((text: string) =>
      instructions.split(" ").every((name) => text.split(" ").includes(name)),
    )
    for (const name of instructions.split(" ").filter((each) => each !== "FROM")) {
      const [found] = importDockerfile(`FROM scratch\n${name} x\n`, "Dockerfile").slice(1)
      expect(found).toMatchObject({ line: 2, value: "x" })
      expect(found?.option.split(" ")[0]).toBe(name)
    }
  })

  it("never throws, and stays in the file", () => {
    const line = fc.oneof(
      fc
        .constantFrom(...instructions.split(" "))
        .chain((name) => fc.string().map((text) => `${name} ${text}`)),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        for (const { line: at } of importDockerfile(lines.join("\n"), "Dockerfile")) {
          expect(at).toBeGreaterThan(0)
          expect(at).toBeLessThanOrEqual(lines.join("\n").split("\n").length)
        }
      }),
    )
  })

  const file = `FROM golang:1.25 AS build
ENV CGO_ENABLED=0
RUN apt-get update && apt-get install -y protobuf-compiler
RUN go build -o /shop .
FROM ubuntu:24.04
RUN apt-get update && apt-get install -y git
LABEL team="shop a" org.opencontainers.image.source=https://x
ENV LOG_LEVEL=debug PORT=9000 DATA=$HOME
EXPOSE 9000 53/udp
USER 1234:1234
VOLUME ["/data"]
STOPSIGNAL SIGINT
HEALTHCHECK CMD curl -f http://localhost:9000/healthz
COPY --from=build /shop /shop
ENTRYPOINT ["/shop"]
`

  it("is written to project.toml, of the image itself alone, and is then in the plan", async () => {
    const folder = projectOf({ Dockerfile: file })
    const { settings } = await importOf(folder)
    const written = {
      runtime: "ubuntu",
      osPackages: ["git"],
      label: ["team=shop a"],
      environment: ["LOG_LEVEL=debug"],
      user: "1234:1234",
      volumes: ["/data"],
      stopSignal: "SIGINT",
      healthCheck: "/healthz",
    }
    expect(settings).toEqual(written)
    expect(writeSettings(folder, settings)).toBe(join(folder, "project.toml"))
    const detected = await detectIn(folder)
    // EXPOSE counts without it.
    const plan = assemblePlan(detected.facts, detected.settings)
    expect(plan.image.ports).toEqual(["9000/tcp", "53/udp"])
    for (const name of Object.keys(written) as (keyof typeof written)[]) {
      expect(detected.settings[name]?.from, name).toMatch(/^project\.toml:\d+$/)
    }
    expect(await problemOf(parseArguments([folder], {}))).toBeUndefined()
    // Twice in a row: there is nothing left to write.
    const before = readFileSync(join(folder, "project.toml"), "utf8")
    expect(writeSettings(folder, (await importOf(folder)).settings)).toBeUndefined()
    expect(readFileSync(join(folder, "project.toml"), "utf8")).toBe(before)
  })

  it.each([
    ["scratch", "scratch"],
    ["gcr.io/distroless/static-debian12:nonroot", "distroless"],
    ["cgr.dev/chainguard/static:latest", "chainguard"],
    ["debian:bookworm-slim", undefined],
    ["alpine:3.22", undefined],
    ["gcr.io/distroless/base-debian12", undefined],
    ["scratch AS a\nFROM a", "scratch"],
  ])("on %s has the runtime %s", (base, runtime) => {
    const [found] = importDockerfile(`FROM ${base}\n`, "Dockerfile")
    expect(found?.writes?.runtime).toBe(runtime)
  })
})

it(".ko.yaml comes to what detection makes of it, each at its line", async () => {
  const folder = projectOf({
    ".ko.yaml": `defaultBaseImage: registry.example.com/base:1
builds:
- id: shop
  main: .
  env:
  - CGO_ENABLED=0
  - GOEXPERIMENT=jsonv2
  flags: ["-tags=netgo"]
  ldflags:
  - -s -w -X main.version=1
  linux_capabilities: [net_bind_service]
`,
  })
  const { found, settings } = await importOf(folder)
  expect(settings).toEqual({
    runtime: "registry.example.com/base:1",
    cgo: "off",
    buildEnvironment: ["GOEXPERIMENT=jsonv2"],
    buildTags: ["netgo"],
    linkerValues: ["main.version=1"],
    capabilities: ["net_bind_service=p"],
  })
  expect(found.map(({ option, line }) => `${option}:${line}`)).toEqual([
    "/ko-app:1",
    "defaultBaseImage:1",
    "builds:2",
    "id:3",
    "main:4",
    "env:5",
    "flags:8",
    "ldflags:9",
    "linux_capabilities:11",
  ])
})

it("several builds of .ko.yaml are targets, where project.toml has none", async () => {
  const main = "package main\n\nfunc main() {}\n"
  const files = {
    "cmd/api/main.go": main,
    "cmd/worker/main.go": main,
    ".ko.yaml": "builds:\n- id: a\n  main: ./cmd/api\n- id: b\n  main: ./cmd/worker\n",
  }
  const targets = [
    { name: "api", settings: { packages: ["./cmd/api"] } },
    { name: "worker", settings: { packages: ["./cmd/worker"] } },
  ]
  const folder = projectOf(files)
  const imported = await importOf(folder)
  expect(imported.targets).toEqual(targets)
  expect(printImported(imported)).toContain('\n  [[go-image.targets]]\n  name = "api"\n')
  writeSettings(folder, imported.settings, imported.targets)
  expect(await importOf(folder)).toMatchObject({ targets: [], settings: {} })
  expect(readFileSync(join(folder, "project.toml"), "utf8")).toMatch(
    /name = "worker"\npackages = \["\.\/cmd\/worker"\]\n$/,
  )

  const own = '[go-image]\nruntime = "scratch"\n'
  const another = projectOf({ ...files, "project.toml": own })
  writeSettings(another, {}, targets)
  expect(readFileSync(join(another, "project.toml"), "utf8")).toMatch(
    /^\[go-image\]\nruntime = "scratch"\n\n\[\[go-image\.targets\]\]\nname = "api"\n/,
  )
})

it("-extldflags -static of .ko.yaml need no line where a program has no C", async () => {
  const ko = "builds:\n- main: .\n  ldflags:\n  - -extldflags '-static'\n"
  expect((await importOf(projectOf({ ".ko.yaml": ko }))).settings).toEqual({
    runtime: "chainguard",
  })
})

it(".ko.yaml's {{.Env.NAME}} is never written: by its name it is Git's, or it is told", async () => {
  const folder = projectOf({
    ".ko.yaml": `builds:
- main: .
  flags: ["-tags={{.Env.TAGS}},netgo"]
  ldflags:
  - -X main.version={{.Env.VERSION}} -X main.mode={{.Env.MODE}}
  - -X main.region=eu -X main.sha={{.Env.KO_COMMIT_SHA}}
`,
  })
  const { found, settings } = await importOf(folder)
  expect(settings).toEqual({
    runtime: "chainguard",
    buildTags: ["netgo"],
    linkerValues: ["main.version={{.Tag}}", "main.region=eu", "main.sha={{.Commit}}"],
  })
  expect(
    found
      .filter(({ option }) => option === "{{.Env.NAME}}")
      .map(({ line, value }) => [line, value]),
  ).toEqual([
    [3, "{{.Env.TAGS}}"],
    [5, "{{.Env.MODE}}"],
  ])
  writeSettings(folder, settings)
  expect(await problemOf(parseArguments([folder], {}))).toBeUndefined()
})

it("Procfile, comments of go.mod and hooks are told, and need no line", async () => {
  const folder = projectOf({
    "go.mod":
      "module example.com/shop\n\n// +heroku goVersion go1.25\n// +heroku install .\n\ngo 1.25\n",
    Procfile: "web: shop serve\nrelease: shop migrate\nworker: shop work\n",
    "bin/go-pre-compile": "#!/bin/sh\n",
  })
  const { found, settings } = await importOf(folder)
  expect(settings).toEqual({})
  expect(found.map(({ option, file, line }) => `${option} ${file}:${line}`)).toEqual([
    "web Procfile:1",
    "release Procfile:2",
    "other processes Procfile:3",
    "// +heroku goVersion go.mod:3",
    "// +heroku install go.mod:4",
    "bin/go-pre-compile bin/go-pre-compile:1",
  ])
})

describe("// +heroku goVersion that go.mod does not allow", () => {
  const goMod = (version: string, go: string, more = "") =>
    `module example.com/shop\n\n// +heroku goVersion ${version}\n\ngo ${go}\n${more}`
  const rowOf = async (text: string, descriptor?: string) => {
    const folder = projectOf({
      ...{ "go.mod": text, "main.go": "package main\n\nfunc main() {}\n" },
      ...(descriptor !== undefined && { "project.toml": descriptor }),
    })
    const { found, settings } = await importOf(folder)
    const [row] = found.filter(({ option }) => option === "// +heroku goVersion")
    return { folder, settings, row }
  }

  it("is told, and the newer one is written", async () => {
    const { folder, settings, row } = await rowOf(goMod("go1.24.4", "1.25.2"))
    expect(row).toMatchObject({
      status: "setting",
      meaning: "Go 1.24.4 was asked for, but go.mod:5 needs 1.25.2",
    })
    expect(settings).toEqual({ goVersion: "1.25" })
    expect(await problemOf(parseArguments([folder], {}))).toContain("Go 1.24.4 was asked for")
    writeSettings(folder, settings)
    expect(await problemOf(parseArguments([folder], {}))).toBeUndefined()
  })

  it.each([
    ["it is no version", goMod("go1.x.y", "1.25"), 'not a Go version: "go1.x.y" (go.mod:3)'],
    ["it is too old", goMod("go1.2", "1.1"), "Go go1.2 is too old (go.mod:3)"],
  ])("is told where %s", async (_, text, meaning) => {
    expect((await rowOf(text)).row).toMatchObject({ meaning })
  })

  it.each([
    ["it is new enough", goMod("go1.25", "1.25.2"), undefined],
    [
      "only the toolchain is newer",
      goMod("go1.25.1", "1.25.0", "\ntoolchain go1.25.3\n"),
      undefined,
    ],
    [
      "a setting says another one",
      goMod("go1.24.4", "1.25.2"),
      '[go-image]\ngo-version = "1.26"\n',
    ],
  ])("is nothing to tell where %s", async (_, text, descriptor) => {
    const { row, settings } = await rowOf(text, descriptor)
    expect(row).toMatchObject({ status: "automatic", meaning: "the Go version" })
    expect(settings).toEqual({})
  })
})

describe("Railpack and Nixpacks", () => {
  it("have their packages, variables and command", () => {
    const text = JSON.stringify(
      {
        $schema: "https://schema.railpack.com",
        packages: { go: "1.25", node: "22" },
        buildAptPackages: ["libvips-dev"],
        steps: { build: { commands: ["make"] } },
        deploy: {
          aptPackages: ["...", "git"],
          startCommand: "shop serve",
          variables: { LOG_LEVEL: "debug", CGO_ENABLED: "1" },
        },
      },
      null,
      2,
    )
    const found = importRailpack(text, "railpack.json")
    expect(Object.assign({}, ...found.map(({ writes }) => writes))).toEqual({
      goVersion: "1.25",
      buildPackages: ["libvips-dev"],
      osPackages: ["git"],
      command: "shop serve",
      environment: ["LOG_LEVEL=debug"],
    })
    const lines = text.split("\n")
    // Of other tools, the line is their own.
    for (const { option, line } of found.filter((each) => each.option !== "packages"))
      expect(lines[line - 1]).toContain(option.split(".").at(-1))
    expect(found.find(({ option }) => option === "steps")?.status).toBe("not supported")
  })

  it("of Nixpacks, too", () => {
    const found = importNixpacks(
      '[variables]\nLOG_LEVEL = "debug"\n\n[phases.setup]\naptPkgs = ["...", "libvips-dev"]\nnixPkgs = ["go"]\n\n[phases.build]\ncmds = ["make"]\n\n[start]\ncmd = "./out"\n',
      "nixpacks.toml",
    )
    expect(found.map(({ option, line, writes }) => [option, line, writes])).toEqual([
      ["variables", 1, { environment: ["LOG_LEVEL=debug"] }],
      ["phases.setup.aptPkgs", 5, { buildPackages: ["libvips-dev"] }],
      ["phases.setup.nixPkgs", 6, undefined],
      ["phases", 8, undefined],
      ["start.cmd", 12, undefined],
    ])
  })

  it.each([
    ["railpack.json", "{", /^railpack\.json: not JSON/],
    ["nixpacks.toml", "[start", /^nixpacks\.toml:1:\d+: not TOML/],
  ])("%s that is none is told in one line", async (name, text, message) => {
    await expect(importOf(projectOf({ [name]: text }))).rejects.toThrow(message)
  })

  it("values of another type are told, and not written", () => {
    const text =
      '{"packages": {"go": 1.25}, "buildAptPackages": "x", "deploy": {"startCommand": [], "variables": []}}'
    for (const { writes } of importRailpack(text, "railpack.json")) expect(writes).toBeUndefined()
  })
})

describe("--write", () => {
  it.each([
    [
      "a table",
      "# mine\n[go-image]\nport = 1 # one\n",
      '# mine\n[go-image]\nstop-signal = "SIGINT"\nport = 1 # one\n',
    ],
    [
      "targets alone",
      '[[go-image.targets]]\nname = "a"\n',
      '[go-image]\nstop-signal = "SIGINT"\n\n[[go-image.targets]]\nname = "a"\n',
    ],
    ["other tables", '[_]\nname = "x"', '[_]\nname = "x"\n\n[go-image]\nstop-signal = "SIGINT"\n'],
  ])("leaves alone what is there: %s", (_, before, after) => {
    const folder = projectOf({ "project.toml": before })
    writeSettings(folder, { stopSignal: "SIGINT" })
    expect(readFileSync(join(folder, "project.toml"), "utf8")).toBe(after)
  })

  it("does not replace what project.toml says", async () => {
    const folder = projectOf({
      Dockerfile: "FROM scratch\nSTOPSIGNAL SIGINT\n",
      "project.toml": '[go-image]\nstop-signal = "SIGQUIT"\n',
    })
    expect((await importOf(folder)).settings).toEqual({ runtime: "scratch" })
  })

  it("settings of several tools that do not fit together are told", async () => {
    const folder = projectOf({
      Dockerfile: "FROM scratch\n",
      "railpack.json": '{"deploy": {"aptPackages": ["git"]}}',
    })
    writeSettings(folder, (await importOf(folder)).settings)
    expect(await problemOf(parseArguments([folder], {}))).toContain("--os-packages needs a base")
  })
})

it("what is printed has each option with its place, and what to write", async () => {
  const folder = projectOf({ Dockerfile: "FROM alpine:3.22\nSTOPSIGNAL SIGINT\n" })
  const text = printImported(await importOf(folder))
  expect(text).toContain("✗ Dockerfile:1  FROM alpine  alpine:3.22\n")
  expect(text).toContain("= Dockerfile:2  STOPSIGNAL  SIGINT\n")
  expect(text).toMatch(/\n {2}stop-signal = "SIGINT"\n$/)
  const kept = readFileSync("test/cases/hello/Dockerfile", "utf8")
  const ofOurs = projectOf({ Dockerfile: kept })
  expect(printImported(await importOf(ofOurs))).toContain("nothing to import")
  expect(printImported(await importOf(projectOf({})))).toContain("nothing to import")
})
