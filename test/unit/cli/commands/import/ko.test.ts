import { execFileSync } from "node:child_process"
import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { expect, it } from "vitest"
import { parseArguments } from "../../../../../cli/command-line/build-command.js"
import { importProject, problemOf } from "../../../../../cli/commands/import/import.js"
import { printImported } from "../../../../../cli/commands/import/print.js"
import { writeSettings } from "../../../../../cli/commands/import/write.js"
import { targetNames } from "../../../../../cli/commands/init/target-names.js"
import { LocalSource } from "../../../../../cli/source/local-source.js"
import { detect } from "../../../../../src/detect/detect.js"
import { temporaryFolder } from "../../temporary.js"

const main = "package main\n\nvar mode string\n\nfunc main() { println(mode) }\n"
const programs = {
  "go.mod": "module example.com/koshop\n\ngo 1.25\n",
  "cmd/api/main.go": main,
  "cmd/seed/main.go": main,
  "cmd/worker/main.go": main,
}
const builds =
  "builds:\n- main: ./cmd/api\n- main: ./cmd/worker\n  ldflags: [-X main.mode=slow]\n- main: ./cmd/seed\n"

function projectOf(files: Record<string, string>): string {
  const folder = temporaryFolder()
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

const importOf = (folder: string) => importProject(parseArguments([folder], {}))
const settingsOf = async (folder: string, target: string) => {
  const source = new LocalSource(folder, [])
  return (await detect(source, { options: {}, environment: {}, target })).settings
}

it("what .ko.yaml says of one of several programs is in its target", async () => {
  const folder = projectOf({
    ...programs,
    ".ko.yaml": `defaultBaseImage: cgr.dev/chainguard/static:latest
baseImageOverrides:
  example.com/koshop/cmd/worker: debian:bookworm-slim
${builds}`,
  })
  const imported = await importOf(folder)
  const { settings, targets } = imported
  expect(settings).toEqual({ runtime: "cgr.dev/chainguard/static:latest" })
  expect(targets).toEqual([
    { name: "api", settings: { packages: ["./cmd/api"] } },
    {
      name: "worker",
      settings: {
        packages: ["./cmd/worker"],
        runtime: "debian:bookworm-slim",
        linkerValues: ["main.mode=slow"],
      },
    },
    { name: "seed", settings: { packages: ["./cmd/seed"] } },
  ])
  const text = printImported(imported)
  expect(text).toMatch(/:2 {2}baseImageOverrides\n.*\(runtime\); in target worker\n/)
  expect(text).toMatch(/:1 {2}defaultBaseImage .*\n.*\(runtime\)\n/)
  expect(text).toMatch(/:5 {2}main .*\n.*\(packages\); in target api\n/)
  expect(text).toMatch(/:7 {2}ldflags .*\n.*\(linker-values\); in target worker\n/)

  writeSettings(folder, settings, targets)
  // Of several programs, each target is one of them.
  expect(await problemOf(parseArguments([folder], {}))).toBeUndefined()
  const runtimes = await Promise.all(
    ["api", "worker"].map(async (each) => (await settingsOf(folder, each)).runtime?.value),
  )
  expect(runtimes).toEqual(["cgr.dev/chainguard/static:latest", "debian:bookworm-slim"])
  expect(printImported(await importOf(folder))).not.toContain("must stay")
})

it("what project.toml's targets do not have is read from .ko.yaml, which must stay", async () => {
  const own = ["api", "worker"].map(
    (each) => `[[go-image.targets]]\nname = "${each}"\npackages = ["./cmd/${each}"]\n`,
  )
  const folder = projectOf({ ...programs, ".ko.yaml": builds, "project.toml": own.join("\n") })
  expect(printImported(await importOf(folder))).toContain(
    "each build reads its linker-values from this file, which must stay (linker-values); nothing to write\n",
  )
  expect((await settingsOf(folder, "worker")).linkerValues?.value).toEqual(["main.mode=slow"])
})

it("several programs of a .ko.yaml without builds are targets, too", async () => {
  const { targets } = await importOf(
    projectOf({ ...programs, ".ko.yaml": "defaultBaseImage: registry.example.com/base:1\n" }),
  )
  expect(targets.map(({ name, settings }) => [name, settings])).toEqual(
    ["api", "seed", "worker"].map((name) => [name, { packages: [`./cmd/${name}`] }]),
  )
})

it("a template that only ko has is told, and not written: project.toml could not have it", async () => {
  const folder = projectOf({
    "go.mod": programs["go.mod"],
    "main.go": main,
    ".ko.yaml":
      "builds:\n- main: .\n  ldflags:\n  - -X main.mode={{.Git.Branch}}\n  - -X main.at={{.Date}}\n",
  })
  const { found, settings } = await importOf(folder)
  expect(settings).toEqual({ runtime: "chainguard", linkerValues: ["main.at={{.Date}}"] })
  const others = found.filter(({ option }) => option === "other templates")
  expect(others.map(({ line, value, status }) => [line, value, status])).toEqual([
    [4, "{{.Git.Branch}}", "not supported"],
  ])
})

it("init and import call a target the same", () => {
  const of = (path: string) => ({ path, importPath: `example.com/shop/${path.slice(2)}` })
  expect(targetNames([of("./services/web"), of("./services/links")])).toEqual(["web", "links"])
  expect(targetNames([of("./web/cmd/server"), of("./links/cmd/server")])).toEqual([
    "web-cmd-server",
    "links-cmd-server",
  ])
  expect(targetNames([{ path: ".", importPath: "example.com/Shop" }])).toEqual(["shop"])
})

const single = { "go.mod": programs["go.mod"], "main.go": main }

it("defaultPlatforms is platform, of several with commas, and all is none", async () => {
  const of = (list: string) => ({ ...single, ".ko.yaml": `# of ours\ndefaultPlatforms: ${list}\n` })
  const folder = projectOf(of("[linux/arm64, linux/amd64]"))
  const { settings } = await importOf(folder)
  // As ko has it where nothing is said.
  expect(settings).toEqual({ runtime: "chainguard", platform: "linux/arm64,linux/amd64" })
  writeSettings(folder, settings)
  expect(await problemOf(parseArguments([folder], {}))).toBeUndefined()
  const again = await importOf(folder)
  expect(again.settings).toEqual({})
  expect(printImported(again)).toMatch(
    /:2 {2}defaultPlatforms .*\n.*\(platform\); nothing to write\n/,
  )
  const source = new LocalSource(folder, [])
  const { facts } = await detect(source, { options: {}, environment: {} })
  expect(facts.notices.map(({ message }) => message).join()).not.toContain("defaultPlatforms")

  const all = await importOf(projectOf(of("[all]")))
  expect(all.settings).toEqual({ runtime: "chainguard" })
  expect(all.found).toContainEqual(
    expect.objectContaining({ option: "defaultPlatforms", line: 2, status: "not supported" }),
  )
})

it("files that ko's image has not are left out, with how to keep some; kodata stays", async () => {
  const reads = `package main

import "os"

func main() { b, _ := os.ReadFile("scripts/a.txt"); println(string(b)) }
`
  const folder = projectOf({
    ...single,
    "main.go": reads,
    "scripts/a.txt": "a",
    "tests/key.txt": "b",
    "kodata/page.html": "c",
    ".ko.yaml": "# Ours\n\nbuilds:\n- main: .\n",
  })
  const { found, settings } = await importOf(folder)
  expect(settings.drop).toEqual(["**"])
  const row = found.find(({ option }) => option === "files")
  expect(row?.line).toBe(3)
  expect(row?.meaning).toMatch(/\d+ more files? of the project|one more file/)
  expect(row?.meaning).toContain('drop = ["**", "!FOLDER/**"]')
  expect(found.find(({ option }) => option === "/ko-app")?.line).toBe(3)
  writeSettings(folder, settings)
  const { facts } = await detect(new LocalSource(folder, []), { options: {}, environment: {} })
  expect(facts.assets).toEqual([])
  expect(facts.kodata?.folders).toEqual(["kodata"])
  expect((await importOf(folder)).settings).toEqual({})
})

it("of a variable of whoever runs ko, what stands for it here: the Makefile's values, or a tag", async () => {
  const folder = projectOf({
    ...single,
    Makefile:
      'LDFLAGS = -X main.version=$(shell git describe --tags)\nko:\n\tLDFLAGS="$(LDFLAGS)" ko build\n',
    "main.go": "package main\n\nvar version string\n\nfunc main() { println(version) }\n",
    ".ko.yaml":
      'builds:\n- main: .\n  flags:\n  - -tags\n  - "{{ .Env.GIT_HASH }}"\n  ldflags:\n  - "{{ .Env.LDFLAGS }}"\n',
  })
  const git = (...words: string[]) => execFileSync("git", ["-C", folder, ...words])
  git("init", "--quiet")
  git("add", ".")
  const author = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
  git(...author, "commit", "--quiet", "--message=a")
  const rows = async () =>
    (await importOf(folder)).found
      .filter(({ option }) => option === "{{.Env.NAME}}")
      .map(({ line, status, setting, meaning }) => [line, status, setting, meaning])
  expect(await rows()).toEqual([
    [5, "not supported", "buildTags", expect.stringContaining("build-tags")],
    [7, "automatic", "linkerValues", expect.stringMatching(/Makefile:1 .*: main\.version; /)],
  ])
  rmSync(join(folder, "Makefile"))
  expect((await rows()).at(-1)?.[1]).toBe("not supported")
})

it("a linker value is at its line, not at its build's", async () => {
  const text =
    "defaultBaseImage: debian\nbuilds:\n- id: main\n  main: .\n  ldflags:\n  - -s -w\n  - -X main.mode={{.Git.Branch}}\n"
  const of = async (ko: string) => {
    const source = new LocalSource(projectOf({ ...single, ".ko.yaml": ko }), [])
    return (await detect(source, { options: {}, environment: {} })).settings.linkerValues?.from
  }
  expect(await of(text)).toBe(".ko.yaml:7")
  expect(await of("# a\ndefaultLdflags:\n- -s\n- -X main.mode=a\n")).toBe(".ko.yaml:4")
  // On one line with its build.
  expect(await of('builds:\n- {main: ., ldflags: ["-X main.mode=a"]}\n')).toBe(".ko.yaml:2")
})

const without = { ...programs, ".ko.yaml": "defaultBaseImage: registry.example.com/base:1\n" }
const rowOf = ({ found }: Awaited<ReturnType<typeof importOf>>, name: string) =>
  found.find(({ option }) => option === name)

it.each<[string, Record<string, string>, string[], string]>([
  [
    "a Makefile's lines",
    {
      Makefile:
        "API ?= ./cmd/api\nimages:\n\tKO_DOCKER_REPO=$(REPO) ko build --bare \\\n\t  --tags $(TAG) $(API)\n\t$(KO) publish example.com/koshop/cmd/worker | tee x\n",
    },
    ["api", "worker"],
    "Makefile:3",
  ],
  [
    "a pattern",
    { "hack/release.sh": 'IMAGES="$(ko build ./cmd/... )"\n' },
    ["api", "seed", "worker"],
    "",
  ],
  [
    "what manifests reference",
    {
      "config/api.yaml": "image: ko://example.com/koshop/cmd/api\n",
      "config/worker.yaml": "image: ko://example.com/koshop/cmd/worker\n",
      "release.sh": "ko resolve -f config/ > release.yaml\n",
    },
    ["api", "worker"],
    "config/api.yaml:1",
  ],
])("programs that ko is seen to build are targets, by %s", async (_, files, names, from) => {
  const imported = await importOf(projectOf({ ...without, ...files }))
  expect(imported.targets.map(({ name }) => name)).toEqual(names)
  expect(rowOf(imported, "programs")?.meaning).toBe(
    from === ""
      ? undefined
      : `none is built of ./cmd/seed: no ko line names it, and ${from} names others`,
  )
})

it.each<[string, Record<string, string>]>([
  ["no line has ko build them", {}],
  [
    "a variable of whoever runs it says which",
    { "x.sh": "ko build ./cmd/api\nko build --bare $IMAGES\n" },
  ],
  [
    "a comment or a name mentions it alone",
    { Makefile: "# ko build ./cmd/api\n", "a.yaml": "a: 1\n" },
  ],
])("all of them are targets where %s, and that is told", async (_, files) => {
  const imported = await importOf(projectOf({ ...without, ...files }))
  expect(imported.targets.map(({ name }) => name)).toEqual(["api", "seed", "worker"])
  expect(rowOf(imported, "programs")?.meaning).toBe(
    "nothing here says which programs ko builds, so each has a target: delete those that are not shipped (./cmd/api, ./cmd/seed, ./cmd/worker)",
  )
})

it("of builds, those that no line has ko build are no targets; without lines all are, and nothing is a guess", async () => {
  const all = await importOf(projectOf({ ...programs, ".ko.yaml": builds }))
  expect(all.targets.map(({ name }) => name)).toEqual(["api", "worker", "seed"])
  expect(rowOf(all, "programs")).toBe(undefined)
  const makefile = { Makefile: "push:\n\tko build ./cmd/worker ./cmd/api\n" }
  const some = await importOf(projectOf({ ...programs, ".ko.yaml": builds, ...makefile }))
  expect(some.targets.map(({ name }) => name)).toEqual(["api", "worker"])
})

it.each(["", builds])(
  "of several programs the only one that ko builds is packages (%s)",
  async (text) => {
    const ko = { ".ko.yaml": `defaultBaseImage: registry.example.com/base:1\n${text}` }
    const files = { ...programs, ...ko, "x.sh": "ko build -B ./cmd/worker\n" }
    const { targets, settings } = await importOf(projectOf(files))
    expect(targets).toEqual([])
    expect(settings.packages).toEqual(["./cmd/worker"])
    const own = { "project.toml": '[go-image]\npackages = ["./cmd/api"]\n' }
    expect((await importOf(projectOf({ ...files, ...own }))).settings.packages).toBe(undefined)
  },
)

it("ko's own pipeline is told in one row, with what takes its place", async () => {
  const workflow = `jobs:\n  a:\n    steps:\n      - uses: ko-build/setup-ko@v0.9\n      - name: ko build is next\n      - run: ko build --bare .\n`
  const files = { ...single, ".github/workflows/ko.yml": workflow }
  const imported = await importOf(projectOf(files))
  const rows = imported.found.filter(({ option }) => option === "ko build")
  expect(rows.map(({ file, line, value }) => [file, line, value])).toEqual([
    [".github/workflows/ko.yml", 6, "ko build --bare ."],
  ])
  expect(rows[0]?.meaning).toBe(
    "ko makes and pushes images there; here `go-image . --tag REGISTRY/NAME:TAG --push` does, or the pipeline that `go-image ci` prints; also .github/workflows/ko.yml:4",
  )
  const several = await importOf(projectOf({ ...without, "x.sh": "ko build ./cmd/...\n" }))
  expect(rowOf(several, "ko build")?.meaning).toContain(
    "`go-image . --target all --tag 'REGISTRY/{{.Target}}:TAG' --push` does",
  )
  expect(rowOf(await importOf(projectOf(single)), "ko build")).toBe(undefined)
})
