import { describe, expect, it } from "vitest"
import { goName } from "../../../../src/detect/packages/main-packages.js"
import { nameBinaries } from "../../../../src/plan/image/binary-names.js"
import { readTable } from "../../reference/table.js"
import { messageOf } from "../../support/errors.js"
import { fc } from "../../support/property.js"
import { defaultName } from "../../../../src/detect/packages/program-name.js"

const importPath = (module: string, path: string) =>
  path === "." ? module : `${module}/${path.slice("./".length)}`

const packages = (module: string, ...paths: string[]) =>
  paths.map((path) => ({ path, importPath: importPath(module, path) }))

describe("the go command's own name for a program is known:", () => {
  const table = readTable<{ module: string; package: string; name?: string }>("program-names")
  it.each(table.filter(({ name }) => name))("$module $package", (row) => {
    expect(goName(importPath(row.module, row.package))).toBe(row.name)
  })
})

describe("a program is called like", () => {
  it.each([
    ["its module's last part", "github.com/acme/shop", ".", "shop"],
    ["the module, where that is one word", "shop", ".", "shop"],
    ["the part before a major version", "github.com/acme/shop/v2", ".", "shop"],
    ["the part before gopkg.in's version", "gopkg.in/acme/shop.v3", ".", "shop"],
    ["the whole last part, elsewhere", "example.com/shop.v3", ".", "shop.v3"],
    ["its folder", "github.com/acme/shop", "./cmd/api", "api"],
    ["the folder above a major version", "github.com/acme/shop", "./cmd/api/v2", "api"],
    ["app, where the go command would have no name", "", ".", "app"],
    ["app, where a name would be an option", "example.com/-shop", ".", "app"],
    ["app, where a name would be hidden", "example.com/.shop", ".", "app"],
    ["app, where a name has quotes", 'example.com/"shop"', ".", "app"],
    ["app, where a folder has blanks", "example.com/shop", "./cmd/my api", "app"],
    ["app, where a name is two dots", "example.com/..", ".", "app"],
  ])("%s", (_, module, path, name) => {
    expect(defaultName(importPath(module, path))).toBe(name)
    expect(nameBinaries(packages(module, path), [])).toEqual([name])
  })
})

describe("one program", () => {
  const name = (folders: string[], option?: string) =>
    nameBinaries(packages("example.com/shop", "."), folders, option)

  it("has the name that was asked for", () => {
    expect(name([], "server")).toEqual(["server"])
  })

  it("does not take a folder's name", () => {
    expect(name(["shop"])).toEqual(["app"])
    expect(name(["app", "shop"])).toEqual(["shop-app"])
    expect(name(["app", "shop", "shop-app"])).toEqual(["app-shop"])
  })

  it("does not take a folder's name, though it was asked to", () => {
    expect(messageOf(() => name(["static"], "static"))).toBe(
      [
        "the program cannot be called static: the project has a folder of that name",
        "Both would be at the same path in the image. Choose another name.",
      ].join("\n"),
    )
  })

  it.each(["", ".", "..", "a/b", "/a", "-a", "a b", "ü", "a\n", "a'b", "$a"])(
    "cannot be called %j",
    (option) => {
      expect(messageOf(() => name([], option))).toBe(
        [
          `not a file name for a program: ${JSON.stringify(option)}`,
          "Use letters, digits and . _ ~ + -, without a slash.",
        ].join("\n"),
      )
    },
  )

  it.each(["a", "a.b", "a-b", "a_b", "A1", "_a", "7z", "a+b"])("can be called %s", (option) => {
    expect(name([], option)).toEqual([option])
  })
})

describe("several programs", () => {
  const name = (...paths: string[]) => nameBinaries(packages("example.com/shop", ...paths), [])

  it("have their folders' names, in order", () => {
    expect(name("./cmd/worker", "./cmd/api", ".")).toEqual(["worker", "api", "shop"])
  })

  it("of one name are told apart by their paths", () => {
    expect(name("./a/server", "./b/server", "./c")).toEqual(["a-server", "b-server", "c"])
    expect(name(".", "./cmd/shop")).toEqual(["shop", "cmd-shop"])
  })

  it("are told apart even where a path looks like another's name", () => {
    expect(new Set(name("./a/server", "./b/server", "./a-server")).size).toBe(3)
  })

  it("may have folders' names: they are in a folder of their own", () => {
    expect(
      nameBinaries(packages("example.com/shop", "./cmd/api", "./cmd/web"), ["api", "web"]),
    ).toEqual(["api", "web"])
  })

  it("cannot have one name", () => {
    expect(messageOf(() => nameBinaries(packages("m", "./cmd/a", "./cmd/b"), [], "server"))).toBe(
      [
        "a name for one program (server), but 2 are built",
        "Choose one with --packages: ./cmd/a, ./cmd/b",
      ].join("\n"),
    )
  })
})

describe("whatever the packages,", () => {
  const element = fc.oneof(
    fc.constantFrom("a", "b", "a-b", "v2", "v1", "app", "server", "-", "_", "a b", ".a", "ü"),
    fc.stringMatching(/^[a-z0-9.~+-]{1,4}$/),
  )
  const path = fc
    .array(element, { maxLength: 3 })
    .map((parts) => (parts.length === 0 ? "." : `./${parts.join("/")}`))
  const module = fc.array(element, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"))

  it("each has a name of its own that is a file's name and needs no quotes", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(path, { minLength: 1, maxLength: 6 }),
        module,
        fc.array(element),
        (paths, module, folders) => {
          const names = nameBinaries(packages(module, ...paths), folders)
          expect(names).toHaveLength(paths.length)
          expect(new Set(names).size).toBe(names.length)
          for (const name of names) expect(name).toMatch(/^\w[\w.~+-]*$/)
          if (names.length === 1) expect(folders).not.toContain(names[0])
        },
      ),
      { numRuns: 1000 },
    )
  })
})
