import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterEach, describe, expect, it } from "vitest"
import { LocalSource } from "../../../cli/source/local-source.js"
import { detect } from "../../../src/detect/detect.js"
import { modulePathOf } from "../../../src/detect/modules/go-mod.js"
import { findTargetsIn, targetsInside } from "../../../src/detect/project/descriptor.js"
import { byPlace } from "../../../src/detect/source.js"
import type { Options } from "../../../src/options.js"
import { parseProjectToml } from "../../../src/settings/descriptor/project-toml.js"
import { limitNotices } from "../../../src/detect/found.js"
import { InternalError, UserError } from "../../../src/errors.js"
import { assemblePlan } from "../../../src/plan/assemble.js"
import { messageOf } from "../support/errors.js"
import { junk } from "../support/hostile.js"
import { MemorySource } from "../support/memory-source.js"
import { detectIn, factsOf, main, mains, planOf, project, type Files } from "../support/project.js"
import { fc } from "../support/property.js"

const nothing = { options: {}, environment: {} }

describe("a program that Git ignores", () => {
  const files = {
    "go.mod": "module example.com/shop\n\ngo 1.25\n",
    "cmd/shop/main.go": main,
    "cmd/shop/more.go": "package main\n",
    "cmd/tool/main.go": main,
  }
  const noticesOf = async (ignore: string) => {
    const { facts } = await detectIn(
      { ...files, ".gitignore": ignore },
      { packages: ["./cmd/shop"] },
    )
    return facts.notices.map(({ file, message }) => `${file}: ${message}`)
  }
  const told =
    ".gitignore: it ignores ./cmd/shop, which is built: unless Git tracks it all the same, no commit has this program"

  it.each([
    ["shop\n", [told]],
    ["/shop\n", []],
    // What a generator writes there.
    ["cmd/shop/more.go\n", []],
    // Another program.
    ["tool\n", []],
  ])("%j", async (ignore, expected) => {
    expect(await noticesOf(ignore)).toEqual(expected)
  })
})

it("of a file with many notices, five are told, and how many more there are", () => {
  const of = (file: string, count: number) =>
    Array.from({ length: count }, (_, i) => ({ file, message: `m${i}` }))
  expect(limitNotices([...of("a", 5), ...of("b", 7), ...of("a", 0)])).toEqual([
    ...of("a", 5),
    ...of("b", 5),
    { file: "b", message: "2 more like these" },
  ])
})

describe("what is not of this build is no fault of it:", () => {
  it.each<[string, Files, Options, string[]]>([
    ["a go.mod further down", { "old/go.mod": "modul x\n", "old/main.go": main }, {}, []],
    [
      "a go.work elsewhere",
      {},
      { goWork: "/srv/go.work" },
      ["--go-work: /srv/go.work is not used: the go.work above the module counts"],
    ],
    [
      "lines of a .dockerignore that are no patterns",
      { ".dockerignore": ".\n./\n!\n ! \n[a\n# x\n\n/data/\n" },
      {},
      ['.dockerignore: skipped, not a pattern of files: "[a"'],
    ],
    [
      "a .go-version of the machine's own Go",
      { ".go-version": "# ours\nsystem\n" },
      {},
      [".go-version: no version of Go, skipped: system"],
    ],
  ])("%s", async (_, files, options, notices) => {
    const { facts } = await detectIn(project({ "main.go": main, ...files }), options)
    expect(facts.notices.map(({ file, message }) => `${file}: ${message}`)).toEqual(notices)
    expect(facts.programs.mainPackages.map(({ path }) => path)).toEqual(["."])
  })

  it("a module's path in a go.mod that cannot be read", () => {
    expect(modulePathOf(undefined)).toBeUndefined()
    expect(modulePathOf("modul a\n")).toBeUndefined()
    expect(modulePathOf("module example.com/a\n")).toBe("example.com/a")
  })
})

describe("a package without Go files that is imported is told", () => {
  const message = async (files: Files) => {
    const error: unknown = await planOf(project(files)).catch((each: unknown) => each)
    return error instanceof UserError ? error.message : expect.fail("it was planned")
  }
  const importing = (path: string) =>
    `package main\n\nimport _ "${path}"\n\nfunc main() { println() }\n`
  const generate = (...commands: string[]) =>
    `package x\n\n${commands.map((each) => `//go:generate ${each}\n`).join("")}`
  const files = { "cmd/a/main.go": importing("example.com/hello/gen"), "gen/a.proto": "" }

  it("with the generators, those beside the file first", async () => {
    const found = await message({
      ...files,
      "a/gen.go": generate("one", "two"),
      "cmd/a/gen.go": generate("near").replace("package x", "package main"),
      "z/gen.go": generate("three", "four"),
      "vendor/b/gen.go": generate("other"),
    })
    expect(found.split("\n")).toEqual([
      "cmd/a/main.go:3: imports example.com/hello/gen, which has no Go files",
      "These lines may write it. Run `go generate ./...` in the hook bin/go-pre-compile, or commit their output:",
      "  cmd/a/gen.go:3: //go:generate near",
      "  a/gen.go:3: //go:generate one",
      "  a/gen.go:4: //go:generate two",
    ])
  })

  it("with what can be done, where there is none", async () => {
    expect(await message(files)).toContain(
      "\nAdd the files, or write them before the build in the hook bin/go-pre-compile.",
    )
  })

  it("not, where a module that is required has it, or it is no import", async () => {
    const goMod = (path: string) =>
      `module example.com/hello\n\ngo 1.25\n\nrequire ${path} v1.0.0\n`
    for (const path of ["example.com/hello/gen", "example.com/hello/ge"]) {
      const needs = {
        ...files,
        "go.mod": goMod(path),
        "go.sum": `${path} v1.0.0 h1:x\n${path} v1.0.0/go.mod h1:x\n`,
      }
      const planned = planOf(project(needs)).then(
        () => true,
        () => false,
      )
      expect([path, await planned]).toEqual([path, path.endsWith("gen")])
    }
    const text = `package main\n\nvar a = \`\nimport "example.com/hello/gen"\n\`\n\nfunc main() { println(a) }\n`
    await expect(planOf(project({ ...files, "cmd/a/main.go": text }))).resolves.toBeDefined()
  })
})

describe("targets that a folder has", () => {
  const target = (name: string, packages: string) =>
    `[[go-image.targets]]\nname = "${name}"\npackages = ${packages}\n`
  const files = {
    "project.toml":
      target("web", '["./services/web/cmd"]') +
      target("every", '["./services/..."]') +
      target("none", "[]") +
      target("root", '["."]'),
    "services/web/a.txt": "",
  }
  it.each<[string, string[]]>([
    ["", ["web", "every", "none", "root"]],
    ["services", ["web", "every"]],
    ["services/web", ["web"]],
    ["services/api", []],
  ])("%j: %j", async (folder, names) => {
    const inside = targetsInside(parseProjectToml(files["project.toml"], "project.toml"), folder)
    expect(inside).toEqual(folder === "" ? ["web", "every", "root"] : names)
    const found = await findTargetsIn(new MemorySource(files), folder)
    expect(found).toEqual(names)
  })
})

it("lines are in order of their files, and in these of their numbers", () => {
  const lines = [
    ["b", 1],
    ["a", 10],
    ["a", 9],
    ["a", 9],
  ] as const
  const sorted = lines.map(([path, line]) => ({ path, line, text: "" })).sort(byPlace)
  expect(sorted.map(({ path, line }) => `${path}:${line}`)).toEqual(["a:9", "a:9", "a:10", "b:1"])
})

describe("facts are", () => {
  it("what the files say, each with its place", async () => {
    const facts = await factsOf({
      "go.mod": "module example.com/shop\n\ngo 1.25\n",
      "go.sum": "",
      ".go-version": "1.25.3\n",
      Procfile: "web: shop\n",
      "main.go": main,
      "internal/a.go": "package internal\n",
      "static/a.css": "",
    })
    expect(facts).toMatchObject({
      goMod: { module: { value: "example.com/shop", file: "go.mod", line: 1 } },
      hasGoSum: true,
      vendored: false,
      goVersionFile: { value: "1.25.3", file: ".go-version", line: 1 },
      procfile: { processes: [{ type: "web", command: "shop", line: 1 }] },
      programs: { mainPackages: [{ path: ".", file: "main.go", line: 1 }] },
      rootFolders: ["internal", "static"],
      assets: [{ path: "static/", files: 1 }],
      notices: [],
    })
  })

  it("plain data: they survive being printed", async () => {
    const facts = await factsOf(
      project({ ...mains("./cmd/a"), Procfile: "web: a\n", ".go-version": "1.25\n" }),
    )
    expect(JSON.parse(JSON.stringify(facts))).toEqual(JSON.parse(JSON.stringify({ ...facts })))
  })

  it("without what is missing", async () => {
    const facts = await factsOf(project())
    expect(facts).toMatchObject({ hasGoSum: false, vendored: false, assets: [] })
    expect(facts.workspace).toBeUndefined()
    expect(facts.procfile).toBeUndefined()
    expect(facts.goVersionFile).toBeUndefined()
  })

  it("those of the root, not of files of the same names further down", async () => {
    const facts = await factsOf(
      project({
        "a/.go-version": "1.20\n",
        "a/Procfile": "web: a\n",
        "a/go.work": "use .\n",
        "a/go.sum": "",
      }),
    )
    expect(facts).toMatchObject({ hasGoSum: false })
    expect(facts.workspace).toBeUndefined()
    expect(facts.procfile).toBeUndefined()
    expect(facts.goVersionFile).toBeUndefined()
  })

  it("with main packages of modules further down, and without those of vendor/ and of test data", async () => {
    const facts = await factsOf(
      project({
        ...mains(
          "./server",
          "./tools",
          "./tools/deep/er",
          "./vendor/example.com/a",
          "./testdata/b",
          "./_c",
          "./.d",
        ),
        "tools/go.mod": "module example.com/tools\n",
      }),
    )
    expect(facts.programs.mainPackages.map(({ path }) => path)).toEqual([
      "./server",
      "./tools",
      "./tools/deep/er",
    ])
  })

  it("without main packages that a build tag leaves out", async () => {
    const files = project({ "main.go": `//go:build mine\n\n${main}` })
    expect((await detectIn(files)).facts.programs.mainPackages).toEqual([])
    expect(
      (await detectIn(files, { buildTags: ["mine"] })).facts.programs.mainPackages,
    ).toHaveLength(1)
  })

  it("had in two round trips, however many files there are", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [`cmd/c${i}/main.go`, main]),
    )
    const source = new MemorySource(project(many))
    await detect(source, nothing)
    expect(source.roundTrips).toBe(2)
  })
})

describe("a source that is no Go project is refused", () => {
  it.each<[string, Files, string[]]>([
    [
      "where it is empty",
      {},
      ["the source folder is empty", "Give the folder that has the project's go.mod."],
    ],
    [
      "where it has a VCS folder alone",
      { ".git/config": "" },
      ["the source folder is empty", "Give the folder that has the project's go.mod."],
    ],
    [
      "where it has no Go files",
      { "README.md": "" },
      ["no go.mod, and no Go files", "Give the folder that has the project's go.mod."],
    ],
    [
      "where it has Go files alone",
      mains("."),
      ["Go files, but no go.mod", "`go mod init example.com/hello && go mod tidy` writes one."],
    ],
    [
      "where its modules are further down",
      { "b/go.mod": "", "a/c/go.mod": "" },
      [
        "no go.mod at the root of the source folder, and no main package in it",
        "Give the folder of a module as the source: a/c, b",
      ],
    ],
    [
      "where very many are further down",
      Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`m${i}/go.mod`, ""])),
      [
        "no go.mod at the root of the source folder, and no main package in it",
        "Give the folder of a module as the source: m0, m1, m2, m3, m4, …",
      ],
    ],
    [
      "where a vendored module has one",
      { "vendor/a/go.mod": "", "a.go": "package a\n" },
      ["Go files, but no go.mod", "`go mod init example.com/hello && go mod tidy` writes one."],
    ],
  ])("%s", async (_, files, lines) => {
    await expect(detectIn(files)).rejects.toThrow(UserError)
    await expect(detectIn(files)).rejects.toThrow(lines.join("\n"))
  })
})

describe("a folder on this machine", () => {
  const folders: string[] = []
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  })

  function write(files: Files): string {
    const folder = mkdtempSync(join(tmpdir(), "go-image-test-"))
    folders.push(folder)
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    return folder
  }

  it("says what the same files anywhere else say", async () => {
    const files = project({
      ...mains(".", "./cmd/a", "./vendor/x"),
      "b.go": `// ${"long ".repeat(2000)}\n\n/*\n${"x\n".repeat(3000)}*/\n\npackage main\n`,
      "c/c.go": `/*\n${"package main\n".repeat(500)}*/\npackage c\n`,
      "d/bom.go": `\uFEFF${main}`,
      Procfile: "web: hello\n",
      "static/ü ä.css": "",
      ".git/HEAD": "",
    })
    const local = await detect(new LocalSource(write(files)), nothing)
    expect(local).toEqual(await detect(new MemorySource(files), nothing))
  })

  it("that is empty, or has only empty folders, is refused", async () => {
    const folder = write({})
    await expect(detect(new LocalSource(folder), nothing)).rejects.toThrow(
      "the source folder is empty",
    )
    mkdirSync(join(folder, "a/b"), { recursive: true })
    await expect(detect(new LocalSource(folder), nothing)).rejects.toThrow(
      "the source folder is empty",
    )
  })

  it("that is not there, or a file, is refused", () => {
    const folder = write({ "go.mod": "" })
    expect(messageOf(() => new LocalSource(join(folder, "none")))).toMatch(
      /^the source folder does not exist: /,
    )
    expect(messageOf(() => new LocalSource(join(folder, "go.mod")))).toMatch(
      /^the source is not a folder: /,
    )
  })

  it("with links is listed with them, and never gone out of", async () => {
    const outside = write({ "main.go": main, "secret/a.txt": "" })
    const folder = write(project({ "shop.go": "package shop\n" }))
    symlinkSync(outside, join(folder, "out"))
    symlinkSync("..", join(folder, "up"))
    symlinkSync("nowhere", join(folder, "broken"))
    symlinkSync(join(outside, "main.go"), join(folder, "linked.go"))
    const { facts } = await detect(new LocalSource(folder), nothing)
    expect(facts.programs.mainPackages).toEqual([])
    expect(facts.assets).toEqual([])
    expect(facts.brokenLinks).toEqual(["broken", "linked.go", "out", "up"])
    expect(facts.notices.map(({ message }) => message)).toEqual([
      "3 links that lead to nothing inside the source are not in the image: broken, out, up",
    ])
  })

  it("where go.mod is a folder has none", async () => {
    const folder = write({ "go.mod/a.txt": "", "main.go": main })
    await expect(detect(new LocalSource(folder), nothing)).rejects.toThrow(
      "Go files, but no go.mod",
    )
  })
})

describe("whatever the files say,", () => {
  const text = junk(
    "module ",
    "example.com/a",
    "go 1.25",
    "require ",
    "replace a => ",
    "../b",
    "/c",
    "./d",
    "v1.0.0",
    "web: ",
    "a",
    "$PORT",
    "'",
    "use ",
    "1.25",
    "// +heroku install ",
    "./...",
    "(",
    ")",
    "\n",
    "\n",
    "[[",
    "]]",
    "=",
    '"',
  )
  const files = fc.record({
    "go.mod": fc.oneof(
      text,
      text.map((more) => `module example.com/a\n\nrequire a v1.0.0\n${more}`),
    ),
    "main.go": fc.constant(main),
    Procfile: fc.option(
      fc.oneof(
        text,
        text.map((more) => `web: ${more}`),
      ),
      { nil: undefined },
    ),
    ".go-version": fc.option(text, { nil: undefined }),
    "go.work": fc.option(text, { nil: undefined }),
    "project.toml": fc.option(text, { nil: undefined }),
  })

  it("there is a plan, or a message that says what is wrong with them", async () => {
    await fc.assert(
      fc.asyncProperty(files, async (files) => {
        const present = Object.entries(files).filter(
          (entry): entry is [string, string] => entry[1] !== undefined,
        )
        try {
          const { facts, settings } = await detectIn(Object.fromEntries(present))
          assemblePlan(facts, settings)
        } catch (error) {
          if (error instanceof InternalError || !(error instanceof UserError)) throw error
          expect(error.message).not.toBe("")
        }
      }),
      { numRuns: 1000 },
    )
  })
})
