import { describe, expect, it } from "vitest"
import { findNodeVersion } from "../../../../src/detect/frontend/node-version.js"
import { parsePackageJson } from "../../../../src/detect/frontend/package-json.js"
import type { Options } from "../../../../src/options.js"
import { detectIn, mains, project, type Files } from "../../support/project.js"

const embedding = (pattern: string): Files => ({
  "main.go": `package main\n\nimport "embed"\n\n//go:embed ${pattern}\nvar web embed.FS\n\nfunc main() { println(web) }\n`,
})
const reading = (line: string): Files => ({
  "main.go": `package main\n\nimport "net/http"\n\nfunc main() {\n\t${line}\n}\n`,
})
const json = (value: object) => JSON.stringify({ scripts: { build: "vite build" }, ...value })

/** `ui: build -> ui/dist`: the folder, its script, what it makes, where that goes and how. */
const found = async (files: Files, options: Options = {}) => {
  const { facts } = await detectIn(project(files), options)
  return (facts.frontends ?? []).map(
    ({ folder, script, outputs }) =>
      `${folder}: ${script} -> ` +
      outputs
        .map(({ path, to, isReplaced, inImage, kind }) =>
          [
            path,
            to !== path && `as ${to}`,
            kind === "file" && "file",
            isReplaced && "replaced",
            inImage && "in the image",
          ]
            .filter(Boolean)
            .join(" "),
        )
        .join(", "),
  )
}

describe("a front end is built for", () => {
  it.each<[string, Files, string[]]>([
    [
      "what is embedded",
      { ...embedding("ui/dist"), "ui/package.json": json({}) },
      ["ui: build -> ui/dist replaced"],
    ],
    [
      "a file",
      { ...embedding("ui/dist/index.html"), "ui/package.json": json({}) },
      ["ui: build -> ui/dist replaced"],
    ],
    [
      "nothing, if it is there",
      { ...embedding("ui/dist"), "ui/package.json": json({}), "ui/dist/a.js": "" },
      [],
    ],
    ["nothing that is read where no front end is", { ...reading('http.Dir("ui/dist")') }, []],
    [
      "nothing that is read and that no front end makes",
      { ...reading('http.Dir("other/dist")'), "ui/package.json": json({}), "other/a.txt": "" },
      [],
    ],
    [
      "a folder that is read",
      { ...reading('http.Dir("ui/dist")'), "ui/package.json": json({}) },
      ["ui: build -> ui/dist replaced in the image"],
    ],
    [
      "one by a path from here",
      { ...reading('http.Dir("./ui/dist/")'), "ui/package.json": json({}) },
      ["ui: build -> ui/dist replaced in the image"],
    ],
    [
      "one below /app",
      { ...reading('http.Dir("/app/ui/build")'), "ui/package.json": json({}) },
      ["ui: build -> ui/build replaced in the image"],
    ],
    [
      "no other absolute path",
      { ...reading('http.Dir("/srv/ui/dist")'), "ui/package.json": json({}) },
      [],
    ],
    [
      "no route to what is in the source, too",
      { ...reading('http.Handle("/ui/dist", x)'), "ui/package.json": json({}) },
      [],
    ],
    [
      "no path that leads out",
      { ...reading('http.Dir("../ui/dist")'), "ui/package.json": json({}) },
      [],
    ],
    [
      "a word that is opened",
      { ...reading('http.Dir("dist")'), "package.json": json({}) },
      [": build -> dist replaced in the image"],
    ],
    ["no word alone", { ...reading('println("dist")'), "package.json": json({}) }, []],
    [
      "no end of a longer string",
      { ...reading('println(root + "ui/dist")'), "ui/package.json": json({}) },
      [],
    ],
    ["no comment", { ...reading('// "ui/dist"'), "ui/package.json": json({}) }, []],
    ["no import", { ...reading('import "ui/dist"'), "ui/package.json": json({}) }, []],
    ["no file of Go", { ...reading('println("dist/a.go")'), "package.json": json({}) }, []],
    [
      "no test's",
      {
        ...mains("."),
        "a_test.go": 'package main\n\nvar a = "ui/dist"\n',
        "ui/package.json": json({}),
      },
      [],
    ],
    [
      "none of a dependency",
      {
        ...reading('http.Dir("ui/dist")'),
        "node_modules/a/package.json": json({}),
        "vendor/b/package.json": json({}),
      },
      [],
    ],
    [
      "two folders of one",
      { ...embedding("ui/dist ui/out"), "ui/package.json": json({}) },
      ["ui: build -> ui/dist replaced, ui/out replaced"],
    ],
  ])("%s", async (_, files, expected) => {
    expect(await found(files)).toEqual(expected)
  })
})

describe("what is missing is made by", () => {
  it.each<[string, Files, string[]]>([
    [
      "the nearest folder",
      { "package.json": json({}), "ui/package.json": json({}) },
      ["ui: build -> ui/dist replaced"],
    ],
    [
      "the nearest that builds",
      { "package.json": json({}), "ui/package.json": "{}" },
      [": build -> ui/dist replaced"],
    ],
    [
      "the only one whose script has the way there",
      { "web/package.json": json({ scripts: { build: "vite build --outDir ../ui/dist" } }) },
      ["web: build -> ui/dist replaced"],
    ],
    [
      "a script of another name",
      { "web/package.json": json({ scripts: { "build:go": "vite build --outDir ../ui/dist" } }) },
      ["web: build:go -> ui/dist replaced"],
    ],
    [
      "the script build of two",
      { "web/package.json": json({ scripts: { a: "../ui/dist", build: "../ui/dist" } }) },
      ["web: build -> ui/dist replaced"],
    ],
    [
      "one further down, by the shortest way",
      { "ui/web/package.json": json({ scripts: { build: "x ../dist" } }) },
      ["ui/web: build -> ui/dist replaced"],
    ],
    [
      "one by way of the root",
      { "ui/web/package.json": json({ scripts: { build: "x ../../ui/dist" } }) },
      ["ui/web: build -> ui/dist replaced"],
    ],
    [
      "one whose configuration says so",
      { "web/package.json": json({}), "web/vite.config.ts": 'outDir: "../ui/dist"' },
      ["web: build -> ui/dist replaced"],
    ],
  ])("%s", async (_, more, expected) => {
    expect(await found({ ...embedding("ui/dist"), "ui/page.txt": "", ...more })).toEqual(expected)
  })

  it.each<[string, Files]>([
    [
      "two whose scripts have the way",
      {
        "a/package.json": json({ scripts: { build: "../ui/dist" } }),
        "b/package.json": json({ scripts: { build: "../ui/dist" } }),
      },
    ],
    ["one that does not build", { "ui/package.json": json({ scripts: { start: "x" } }) }],
    [
      "one whose configuration says so, without a script",
      { "web/package.json": "{}", "web/vite.config.ts": 'outDir: "../ui/dist"' },
    ],
    [
      "a configuration of another folder",
      { "web/package.json": json({}), "web/src/vite.config.ts": 'outDir: "../ui/dist"' },
    ],
    [
      "another file that says so",
      { "web/package.json": json({}), "web/notes.ts": 'outDir: "../ui/dist"' },
    ],
  ])("not by %s", async (_, more) => {
    expect(await found({ ...embedding("ui/dist"), "ui/page.txt": "", ...more })).toEqual([])
  })
})

describe("a folder that a build makes in one that is embedded", () => {
  const whole = { ...embedding("all:static"), "static/index.html": "" }
  it.each<[string, Files, string[]]>([
    [
      "is built by its script",
      { "web/package.json": json({ scripts: { build: "vite build --outDir=../static/dist" } }) },
      ["web: build -> static/dist replaced"],
    ],
    [
      "is built by its configuration",
      {
        "web/package.json": json({}),
        "web/vite.config.js": 'export default { build: { outDir: "../static/dist/" } }',
      },
      ["web: build -> static/dist replaced"],
    ],
    [
      "is there",
      {
        "web/package.json": json({ scripts: { build: "vite build --outDir=../static/dist" } }),
        "static/dist/a.js": "",
      },
      [],
    ],
    [
      "is there but for what stands in",
      {
        "web/package.json": json({ scripts: { build: "vite build --outDir=../static/dist" } }),
        "static/dist/.gitkeep": "",
      },
      ["web: build -> static/dist replaced"],
    ],
    [
      "is elsewhere",
      { "web/package.json": json({ scripts: { build: "vite build --outDir=../other/dist" } }) },
      [],
    ],
    [
      "is of a front end that does not build",
      { "web/package.json": json({ scripts: { start: "vite build --outDir=../static/dist" } }) },
      [],
    ],
    [
      "is not called so",
      { "web/package.json": json({ scripts: { build: "vite build --outDir=../static/pages" } }) },
      [],
    ],
    [
      "leads out of the source",
      {
        "web/package.json": json({
          scripts: { build: "vite build --outDir=../../../static/dist" },
        }),
      },
      [],
    ],
    [
      "is absolute",
      { "web/package.json": json({ scripts: { build: "vite build --outDir=/static/dist" } }) },
      [],
    ],
    [
      "is the word by which tools build",
      {
        ...embedding("all:web"),
        "web/package.json": json({ scripts: { build: "build && vite build" } }),
        "web/build.js": 'import { build } from "esbuild"\n',
      },
      [],
    ],
    [
      "is named beside such a word",
      {
        ...embedding("all:web"),
        "web/package.json": json({ scripts: { build: "ng build" } }),
        "web/angular.json": '{ "build": { "options": { "outputPath": "dist" } } }',
      },
      ["web: build -> web/dist replaced"],
    ],
    [
      "is called so as an option's value",
      {
        ...embedding("all:web"),
        "web/package.json": json({ scripts: { build: "parcel build --dist-dir build" } }),
      },
      ["web: build -> web/build replaced"],
    ],
    [
      "is called so in a configuration",
      {
        ...embedding("all:web"),
        "web/package.json": json({}),
        "web/vite.config.js": 'export default { build: { outDir: "build" } }',
      },
      ["web: build -> web/build replaced"],
    ],
    [
      "is of a configuration elsewhere",
      {
        "web/package.json": json({}),
        "web/sub/vite.config.js": '"../static/dist"',
        "sub/vite.config.js": '"../static/dist"',
      },
      [],
    ],
  ])("%s", async (_, more, expected) => {
    expect(await found({ ...whole, ...more })).toEqual(expected)
  })
})

describe("the front end that is asked for", () => {
  const ui = { "ui/package.json": json({}) }
  it.each<[string, Files, string[], string[]]>([
    [
      "makes what is missing",
      { ...embedding("ui/dist"), ...ui },
      ["ui"],
      ["ui: build -> ui/dist replaced"],
    ],
    [
      "makes again what is embedded",
      { ...embedding("ui/dist/*"), ...ui, "ui/dist/a.js": "" },
      ["ui"],
      ["ui: build -> ui/dist replaced"],
    ],
    [
      "makes the first folder below it again",
      { ...embedding("ui/dist/assets"), ...ui, "ui/dist/assets/a.js": "" },
      ["ui"],
      ["ui: build -> ui/dist replaced"],
    ],
    [
      "makes the folder that is named",
      { ...mains("."), ...ui },
      ["ui", "output=ui/www"],
      ["ui: build -> ui/www replaced in the image"],
    ],
    [
      "makes it for Go alone, if that is embedded",
      { ...embedding("ui/www/a.js"), ...ui, "ui/www/a.js": "" },
      ["ui", "output=ui/www"],
      ["ui: build -> ui/www replaced"],
    ],
    [
      "makes it, with what is missing inside",
      { ...embedding("ui/www/a"), ...ui },
      ["ui", "output=ui/www"],
      ["ui: build -> ui/www replaced"],
    ],
    [
      "makes it where a program reads it",
      { ...reading('http.Dir("ui/dist")'), ...ui },
      ["ui", "output=ui/dist"],
      ["ui: build -> ui/dist replaced in the image"],
    ],
    [
      "makes it elsewhere, for what is missing",
      { ...embedding("static/dist"), "static/a.txt": "", ...ui },
      ["ui", "output=ui/www"],
      ["ui: build -> ui/www as static/dist replaced"],
    ],
    [
      "makes it, and elsewhere, for what else is missing",
      { ...embedding("ui/www/a static/dist"), "static/a.txt": "", ...ui },
      ["ui", "output=ui/www"],
      ["ui: build -> ui/www replaced, ui/www as static/dist replaced"],
    ],
    [
      "makes again nothing that is embedded of elsewhere",
      { ...embedding("ui/dist static/b"), ...ui, "ui/dist/a.js": "", "static/b": "" },
      ["ui"],
      ["ui: build -> ui/dist replaced"],
    ],
    [
      "does not replace its own folder",
      { ...mains("."), ...ui },
      ["ui", "output=ui"],
      ["ui: build -> ui in the image"],
    ],
    [
      "does not replace code",
      { ...mains("."), ...ui, "ui/www/a.go": "package www\n" },
      ["ui", "output=ui/www"],
      ["ui: build -> ui/www in the image"],
    ],
  ])("%s", async (_, files, frontend, expected) => {
    expect(await found(files, { frontend })).toEqual(expected)
  })

  it.each<[string, Files, string[], string]>([
    [
      "in a folder with a package.json",
      { ...ui, "package.json": json({}) },
      ["web"],
      "no package.json in web (--frontend)\nFolders with one: ., ui",
    ],
    ["at the root with one", ui, ["."], "no package.json in . (--frontend)\nFolders with one: ui"],
    [
      "with the script that builds it",
      { "ui/package.json": json({ scripts: { start: "x" } }) },
      ["ui", "output=ui/dist"],
      "ui/package.json: no script `build` in package.json (--frontend)\nAdd one, or name the command: --frontend command=LINE",
    ],
    [
      "with an output that is known, at the root, too",
      { "package.json": json({}) },
      ["."],
      "the output folder of the front end in . is not known (--frontend)\nName the folder that its build writes: --frontend . --frontend output=dist",
    ],
    [
      "with an output that is known, where all of it is embedded",
      { ...embedding("ui"), ...ui },
      ["ui"],
      "the output folder of the front end in ui is not known (--frontend)",
    ],
    [
      "whose package.json is an object",
      { "ui/package.json": "[1]" },
      ["ui", "output=ui/dist"],
      "ui/package.json: not a package.json: expected an object",
    ],
  ])("is %s", async (_, files, frontend, message) => {
    await expect(found({ ...mains("."), ...files }, { frontend })).rejects.toThrow(message)
  })

  it("needs no script of its own where its command is given", async () => {
    const files = { ...mains("."), "ui/package.json": json({ scripts: {} }) }
    expect(await found(files, { frontend: ["ui", "output=ui/dist", "command=make"] })).toEqual([
      "ui: build -> ui/dist replaced in the image",
    ])
  })

  it("has an output that somebody names", async () => {
    await expect(found({ ...mains("."), ...ui }, { frontend: ["ui"] })).rejects.toThrow(
      "the output folder of the front end in ui is not known (--frontend)",
    )
  })
})

describe("the packages of a front end", () => {
  const details = async (more: Files) => {
    const { facts } = await detectIn(
      project({ ...embedding("ui/dist"), "ui/package.json": json({}), ...more }),
    )
    return facts.frontends?.[0]
  }

  it.each<[string, Files, string[]]>([
    ["a token", { "ui/.npmrc": "//a/:_authToken=${NPM_TOKEN}\n" }, ["NPM_TOKEN"]],
    [
      "several, in order, once",
      { "ui/.npmrc": "$B_PASS ${A_AUTH} ${B_PASS}", "ui/bunfig.toml": "$C_KEY" },
      ["A_AUTH", "B_PASS", "C_KEY"],
    ],
    ["none of what is no secret", { "ui/.npmrc": "cache=${HOME}\na=${PATH}\n" }, []],
    ["one that ends so", { "ui/.yarnrc.yml": "a: ${GH_PAT}" }, ["GH_PAT"]],
  ])("want for passwords %s", async (_, files, passwords) => {
    expect((await details(files))?.passwords).toEqual(passwords)
  })

  it.each<[string, Files, string | undefined]>([
    ["a file of pnpm", { "ui/.pnpmfile.cjs": "" }, "ui/.pnpmfile.cjs"],
    ["an older one", { "ui/pnpmfile.js": "" }, "ui/pnpmfile.js"],
    ["a newer one", { "ui/.pnpmfile.mjs": "" }, "ui/.pnpmfile.mjs"],
    ["none of another folder", { "pnpmfile.js": "" }, undefined],
    ["a shell of npm's", { "ui/.npmrc": "a=b\n script-shell = ./x\n" }, "ui/.npmrc"],
    ["no other setting of npm's", { "ui/.npmrc": "my-shell=./x\n" }, undefined],
    ["plugins of yarn", { "ui/.yarnrc.yml": "a: 1\nplugins:\n" }, "ui/.yarnrc.yml"],
    ["no plugins further down", { "ui/.yarnrc.yml": "a:\n  plugins:\n" }, undefined],
    [
      "what pnpm's workspace names",
      { "ui/pnpm-workspace.yaml": "configDependencies:\n" },
      "ui/pnpm-workspace.yaml",
    ],
    [
      "nothing that is called so further down in it",
      { "ui/pnpm-workspace.yaml": "catalog:\n  pnpmfile: 1\n" },
      undefined,
    ],
    ["what bun loads before", { "ui/bunfig.toml": 'preload = ["./a"]\n' }, "ui/bunfig.toml"],
    ["nothing of bun", { "ui/bunfig.toml": 'a = "./a"\n' }, undefined],
  ])("run code as they are installed: %s", async (_, files, file) => {
    expect((await details(files))?.installCode).toBe(file)
  })

  it.each<[string, object, boolean, boolean]>([
    ["none", {}, false, true],
    ["some", { dependencies: { a: "1" } }, true, true],
    ["some for development", { devDependencies: { a: "^1" } }, true, true],
    ["some that may fail", { optionalDependencies: { a: "^1" } }, true, true],
    ["one of a folder", { dependencies: { a: "file:../a" } }, true, false],
    ["one of a link", { dependencies: { a: "link:../a" } }, true, false],
    ["one that is called so", { dependencies: { a: "npm:file" } }, true, true],
  ])("are %s", async (_, packages, installs, isListed) => {
    const frontend = await details({ "ui/package.json": json(packages) })
    expect(frontend?.installs).toBe(installs)
    expect(frontend?.manifests !== undefined).toBe(isListed)
  })

  it("have names that bun lets run their scripts, and scripts of the project's own", async () => {
    const names = ["a", "@a/b.c", "~a", "a b", "-a", "@a", "a/b", 1]
    const scripts = { build: "x", prepare: "y", postinstall: "z", test: "t" }
    const frontend = await details({
      "ui/package.json": json({ trustedDependencies: names, scripts }),
    })
    expect(frontend?.trusted).toEqual(["a", "@a/b.c", "~a"])
    expect(frontend?.lifecycle).toEqual(["postinstall", "prepare"])
  })

  it.each<[string, Files, string, string[]]>([
    [
      "npm's",
      {
        "package.json": json({ workspaces: ["ui", "lib/*"] }),
        "lib/a/package.json": "{}",
        "other/package.json": "{}",
      },
      "",
      ["lib/a", "ui"],
    ],
    [
      "npm's, as an object",
      { "package.json": json({ workspaces: { packages: ["./ui/"] } }) },
      "",
      ["ui"],
    ],
    [
      "pnpm's",
      { "package.json": "{}", "pnpm-workspace.yaml": "packages:\n  - ui # ours\n" },
      "",
      ["ui"],
    ],
    [
      "pnpm's, not npm's",
      {
        "package.json": json({ workspaces: ["ui"] }),
        "pnpm-workspace.yaml": "packages:\n  - lib\n",
      },
      "ui",
      [],
    ],
    ["none that it is no member of", { "package.json": json({ workspaces: ["lib"] }) }, "ui", []],
    [
      "none, with a lockfile of its own",
      { "package.json": json({ workspaces: ["ui"] }), "ui/package-lock.json": "{}" },
      "ui",
      [],
    ],
    ["none of itself alone", { "package.json": json({ workspaces: ["."] }) }, "ui", []],
    [
      "but not those taken out",
      { "package.json": json({ workspaces: ["*", "!lib"] }), "lib/package.json": "{}" },
      "",
      ["ui"],
    ],
    [
      "and not what is below a member",
      { "package.json": json({ workspaces: ["ui"] }), "ui/sub/package.json": "{}" },
      "",
      ["ui"],
    ],
  ])("are of a workspace: %s", async (_, files, root, members) => {
    const frontend = await details(files)
    expect({ root: frontend?.root, members: [...(frontend?.members ?? [])].sort() }).toEqual({
      root,
      members,
    })
  })
})

it.each([
  ["ui/.config/mise.toml", { value: "22", file: "ui/.config/mise.toml", line: 2 }],
  ["ui/mise.toml", { value: "22", file: "ui/mise.toml", line: 2 }],
  ["other/mise.toml", undefined],
])("a front end has the Node.js of %s: %j", async (file, node) => {
  const files = { ...embedding("ui/dist"), "ui/package.json": json({}) }
  const { facts } = await detectIn(project({ ...files, [file]: '[tools]\nnode = "22"\n' }))
  expect(facts.frontends?.[0]?.node).toEqual(node)
})

describe("what a front end is built from", () => {
  const excluded = async (more: Files) => {
    const files = { ...embedding("ui/dist"), "ui/package.json": json({}), "ui/a.js": "", ...more }
    const { facts } = await detectIn(project(files))
    return { exclude: facts.frontends?.[0]?.exclude.slice(6), sources: facts.frontendSources }
  }
  const others = { "server/a.txt": "", "server/b/c.txt": "" }

  it("is all of its folder, but for what it makes", async () => {
    expect(await excluded(others)).toEqual({ exclude: ["dist"], sources: ["ui"] })
  })

  it("is of a workspace what is at its root and in its members", async () => {
    const root = { "package.json": json({ workspaces: ["ui"] }), "tsconfig.json": "{}" }
    const { exclude = [] } = await excluded({ ...others, ...root })
    expect(exclude).toEqual(expect.arrayContaining(["ui/dist", "server"]))
    expect(exclude).not.toContain("ui")
    expect(exclude).not.toContain("tsconfig.json")
  })

  it("is left to the program, where that reads more of its folder than what it makes", async () => {
    const code = 'http.Dir("ui/dist"); http.Dir("ui/pages")'
    const files = { ...reading(code), "ui/src/a.js": "", "ui/pages/a.html": "" }
    expect((await excluded(files)).sources).toEqual(["ui/src"])
    expect((await excluded({ ...files, ...reading('http.Dir("ui/dist")') })).sources).toEqual([
      "ui",
    ])
  })
})

describe("the Node.js of a front end is", () => {
  const find = (files: Record<string, string>) => {
    const contents = new Map(Object.entries(files))
    const packages = new Map(
      [...contents]
        .filter(([file]) => file.endsWith("package.json"))
        .map(([file, text]) => [file, parsePackageJson(text, file)] as const),
    )
    const node = findNodeVersion("ui", contents, packages, [])
    return node && `${node.value} ${node.file}:${node.line}`
  }

  it.each<[Record<string, string>, string | undefined]>([
    [{}, undefined],
    [{ "ui/.nvmrc": "# ours\n\n v20.1.0 # why\n" }, "v20.1.0 ui/.nvmrc:3"],
    [{ "ui/.nvmrc": "# none\n" }, undefined],
    [{ ".node-version": "20" }, "20 .node-version:1"],
    [{ ".node-version": "20", "ui/.node-version": "22" }, "22 ui/.node-version:1"],
    [{ ".tool-versions": "nodejs 20.1.0\n" }, "20.1.0 .tool-versions:1"],
    [{ "mise.toml": '[tools]\nnode = "22"\n' }, "22 mise.toml:2"],
    [
      { "ui/package.json": '{\n"node": 1,\n"volta": {\n"node": "20.1.0" } }' },
      "20.1.0 ui/package.json:4",
    ],
    [{ "ui/package.json": '{\n"engines": { "node": ">=20" } }' }, ">=20 ui/package.json:2"],
    [
      { "ui/package.json": '{\n"node": 1,\n"engines": {\n"node": "20" } }' },
      "20 ui/package.json:4",
    ],
    [
      {
        "ui/package.json": '{ "engines": { "node": " " } }',
        "package.json": '{ "engines": { "node": "22" } }',
      },
      "22 package.json:1",
    ],
    [{ "ui/package.json": '{ "engines": { "node": "20" } }', ".nvmrc": "22" }, "22 .nvmrc:1"],
    [
      { "ui/package.json": '{ "engines": { "node": "20" } }', Dockerfile: "FROM node:22" },
      "20 ui/package.json:1",
    ],
    [
      {
        Dockerfile: "FROM golang\nfrom --platform=a docker.io/library/node:v22.10.1-alpine AS a\n",
      },
      "22.10.1 Dockerfile:2",
    ],
    [{ Dockerfile: "FROM node:22@sha256:a" }, "22 Dockerfile:1"],
    [{ Dockerfile: "FROM node:22.1.2.3" }, undefined],
    [{ Dockerfile: "FROM node:22.x" }, undefined],
    [{ Dockerfile: "# FROM node:22\nFROM mynode:20\nFROM node\nFROM node:lts" }, undefined],
  ])("of %j: %s", (files, expected) => {
    expect(find(files)).toBe(expected)
  })
})
