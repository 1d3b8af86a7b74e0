import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { yamlList } from "../../../../src/detect/frontend/inputs.js"
import { findMissingEmbeds } from "../../../../src/detect/packages/missing-files.js"
import { parsePackageJson } from "../../../../src/detect/frontend/package-json.js"
import { choosePackageManager } from "../../../../src/detect/frontend/package-manager.js"
import { UserError } from "../../../../src/errors.js"

describe("an embedded pattern lacks", () => {
  const lacking = (pattern: string, ...files: string[]) =>
    findMissingEmbeds(
      [{ file: "a.go", line: 3, path: pattern, pattern, all: false }],
      ["a.go", ...files],
    ).map(({ path, kind, isShared }) => [path, kind, isShared])

  it.each<[string, string[], unknown[]]>([
    ["ui/dist", ["ui/package.json"], ["ui/dist", "directory", false]],
    ["ui/dist", [], ["ui", "directory", false]],
    ["ui/dist/*", ["ui/package.json"], ["ui/dist", "directory", false]],
    ["ui/dist/*", ["ui/a", "ui/dist/.gitkeep"], ["ui/dist", "directory", false]],
    ["ui/dist", ["ui/a", "ui/dist/.gitkeep"], ["ui/dist", "directory", false]],
    ["ui/dist", ["ui/a", "ui/dist/README.md"], ["ui/dist", "directory", false]],
    ["public/*.js", ["public/a.css"], ["public", "directory", true]],
    ["public/app.js", ["public/a.css"], ["public/app.js", "file", false]],
    ["*.html", [], ["", "directory", true]],
  ])("of %s where there is %j", (pattern, files, expected) => {
    expect(lacking(pattern, ...files)).toEqual([expected])
  })

  it.each<[string, string[]]>([
    ["ui/dist", ["ui/dist/index.html", "ui/dist/app.js"]],
    ["ui/dist", ["ui/dist/index.html", "ui/dist/z.js"]],
    ["templates", ["templates/index.html"]],
    ["*.md", ["README.md"]],
    [".env.example", [".env.example"]],
    ["docs/README.md", ["docs/README.md"]],
    ["migrations/*.sql", ["migrations/1.sql"]],
    ["a\\[b\\]/x", ["a[b]/x"]],
  ])("nothing of %s where there is %j", (pattern, files) => {
    expect(lacking(pattern, ...files)).toEqual([])
  })
})

describe("packages are installed by", () => {
  const choose = (json: object, files: Record<string, string>) => {
    const packageJson = parsePackageJson(JSON.stringify(json), "package.json")
    const contents = new Map(Object.entries(files))
    const {
      name,
      package: spec,
      isBerry,
    } = choosePackageManager("", {
      packageJson,
      files: new Set(contents.keys()),
      contents,
    })
    return [name, spec, isBerry]
  }

  it.each<[object, Record<string, string>, unknown[]]>([
    [{}, {}, ["npm", undefined, undefined]],
    [{}, { "package-lock.json": "{}" }, ["npm", undefined, undefined]],
    [{}, { "pnpm-lock.yaml": "lockfileVersion: '6.0'" }, ["pnpm", "pnpm@8", undefined]],
    [{}, { "pnpm-lock.yaml": "lockfileVersion: '9.0'" }, ["pnpm", "pnpm@10", undefined]],
    [{}, { "yarn.lock": "# yarn lockfile v1" }, ["yarn", "yarn@1", undefined]],
    [{}, { "yarn.lock": "__metadata:\n" }, ["yarn", "@yarnpkg/cli-dist@4", true]],
    [
      {},
      { "yarn.lock": "__metadata:\n", ".yarnrc.yml": "yarnPath: .yarn/releases/yarn-3.6.1.cjs" },
      ["yarn", "@yarnpkg/cli-dist@3.6.1", true],
    ],
    [{}, { "bun.lock": "{}" }, ["bun", "bun@1", undefined]],
    [{ packageManager: "pnpm@9.1.0-rc.1" }, {}, ["pnpm", "pnpm@9.1.0-rc.1", undefined]],
    [{ packageManager: "yarn@1" }, {}, ["yarn", "yarn@1", undefined]],
    [{ packageManager: "yarn@1.22.19" }, {}, ["yarn", "yarn@1.22.19", undefined]],
    [{ packageManager: "bun@1.3.0" }, {}, ["bun", "bun@1.3.0", undefined]],
    [{ packageManager: "pnpm@9.1.0+sha512.ab" }, {}, ["pnpm", "pnpm@9.1.0", undefined]],
    [{ packageManager: "yarn@4.5.0" }, {}, ["yarn", "@yarnpkg/cli-dist@4.5.0", true]],
    [
      { packageManager: "npm@10.2.0" },
      { "package-lock.json": "{}", "yarn.lock": "" },
      ["npm", "npm@10.2.0", undefined],
    ],
    [{ volta: { node: "20.1.0", yarn: "1.22.19" } }, {}, ["yarn", "yarn@1.22.19", undefined]],
  ])("%j with %j: %j", (json, files, expected) => {
    expect(choose(json, files)).toEqual(expected)
  })

  it.each(["pnpm@https://evil.example/x.tgz", "pnpm@file:./x", "deno@1.0.0", "--x@1", "npm@^10"])(
    "not by %s",
    (packageManager) => {
      expect(() => choose({ packageManager }, {})).toThrow("not a package manager")
    },
  )
})

describe("a list of YAML is read", () => {
  it.each<[string, string[]]>([
    ["packages:\n  - web\n  - 'packages/*'\n", ["web", "packages/*"]],
    ['packages: ["web", ui]\n', ["web", "ui"]],
    ["# x\npackages:\n# y\n\n- web # ours\n\ncatalog:\n  - no\n", ["web"]],
    ["catalog:\n  a: 1\n", []],
  ])("%j", (text, items) => {
    expect(yamlList(text, "packages")).toEqual(items)
  })
})

it("whatever a package.json holds, it is read or refused in one line", () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      try {
        const { workspaces, scripts } = parsePackageJson(text, "package.json")
        for (const each of [...workspaces, ...Object.values(scripts)])
          expect(each).toBeTypeOf("string")
      } catch (error) {
        expect(error).toBeInstanceOf(UserError)
      }
    }),
  )
})
