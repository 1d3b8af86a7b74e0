import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { Runner } from "../ci/stand-ins.js"
import { readApi } from "../dagger/api.js"
import { compile } from "../dagger/client-types.js"
import { mistakes } from "../dagger/command-line.js"
import { homepage } from "../../src/version.js"

const api = await readApi()
const { _constructor, methods } = api.objects["GoImage"]!

const read = (file: string) => readFileSync(file, "utf8")
const typeScript = read("examples/typescript/src/index.ts")
const go = read("examples/go/main.go")
const python = read("examples/python/src/examples/__init__.py")
const scripts = readdirSync("examples/shell")

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "go-image-examples-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

test.each([
  ["examples/typescript", "../.."],
  ["examples/go", "../.."],
  ["examples/python", "../.."],
  ["test", ".."],
])("%s is a module that depends on this one", (module, source) => {
  const manifest = JSON.parse(read(join(module, "dagger.json"))) as Record<string, unknown>
  const { engineVersion } = JSON.parse(read("dagger.json")) as Record<string, unknown>
  expect(manifest).toMatchObject({ engineVersion, dependencies: [{ name: "go-image", source }] })
})

test("neither the examples nor the tests are files of the module itself", () => {
  const { include } = JSON.parse(read("dagger.json")) as { include: string[] }
  expect(include).toEqual(expect.arrayContaining(["!examples", "!test"]))
})

describe("the layout that Daggerverse reads", () => {
  const typeScriptNames = [...typeScript.matchAll(/^ {2}(?:async )?(goImage\w*)\(/gm)].map(second)

  test("each example is named like the function that it shows", () => {
    expect(typeScriptNames).not.toEqual([])
    for (const name of typeScriptNames) {
      const [, shown = ""] = /^goImage([A-Z]\w*?)?(_[a-z]\w*)?$/.exec(name) ?? []
      if (shown) expect(methods).toHaveProperty(shown[0]!.toLowerCase() + shown.slice(1))
    }
  })

  test("Go, Python and the shell have the same ones, by the names that they have there", () => {
    const plain = (name: string) => name.replaceAll("_", "").toLowerCase()
    const wanted = typeScriptNames.map(plain).sort()
    const goNames = [...go.matchAll(/^func \(m \*Examples\) (GoImage\w*)\(/gm)].map(second)
    expect(goNames.map(plain).sort()).toEqual(wanted)
    const pythonNames = [...python.matchAll(/^ {4}(?:async )?def (go_image\w*)\(/gm)].map(second)
    expect(pythonNames.map(plain).sort()).toEqual(wanted)
    expect(scripts.map((file) => plain(basename(file, ".sh"))).sort()).toEqual(wanted)
  })
})

test("modules in TypeScript call what there is, with what it takes", () => {
  const modules = ["examples/typescript/src", "test/module/src"]
  const files = modules.flatMap((each) => readdirSync(each).map((file) => join(each, file)))
  const mistaken = join(folder, "index.ts")
  writeFileSync(
    mistaken,
    `import { dag } from "@dagger.io/dagger"
dag.goImage().fedora()
dag.goImage({ colour: "red" }).debian()
export const size: number = dag.goImage().binary()
`,
  )
  // At once, as the compiler takes seconds to read the SDK.
  const found = compile([...files, mistaken], api, folder)
  expect(Object.fromEntries(found)).toEqual({
    ...Object.fromEntries(files.map((file) => [file, []])),
    [mistaken]: [
      expect.stringContaining("'fedora' does not exist"),
      expect.stringContaining("'colour' does not exist"),
      expect.stringContaining("is not assignable to type 'number'"),
    ],
  })
}, 60_000)

test("the module in Go gives options that there are", () => {
  const options = [...go.matchAll(/dagger\.GoImage(\w*)Opts\{([^}]*\}?[^}]*)\}/g)]
  expect(options.length).toBeGreaterThan(0)
  for (const [, shown = "", fields = ""] of options) {
    const method = methods[shown.charAt(0).toLowerCase() + shown.slice(1)]
    const all = Object.keys((shown ? method : _constructor)?.arguments ?? {})
    const given = [...fields.matchAll(/\b([A-Z]\w*):/g)].map(second)
    expect(all.map((name) => name.toLowerCase())).toEqual(
      expect.arrayContaining(given.map((name) => name.toLowerCase())),
    )
  }
})

test("the module in Python gives options that there are", () => {
  const snake = (name: string) => name.replace(/[A-Z]/g, (each) => `_${each.toLowerCase()}`)
  const calls = [...python.matchAll(/(?:dag\.(go_image)|service\.(publish))\(([^)]*)\)/g)]
  expect(calls.length).toBeGreaterThan(3)
  for (const [, constructor, name = "", text = ""] of calls) {
    const taken = Object.keys((constructor ? _constructor : methods[name])?.arguments ?? {})
    const given = [...text.matchAll(/\b(\w+)=(?!=)(?=\S)/g)].map(second)
    // What stands in a text, as of DATABASE_URL, is none.
    const options = given.filter((each) => each === each.toLowerCase())
    expect(options.length).toBeGreaterThan(0)
    expect(taken.map(snake)).toEqual(expect.arrayContaining(options))
  }
})

describe("scripts", () => {
  test.each(scripts)("%s calls what there is", async (file) => {
    const { code, output, calls } = await new Runner(folder)
      .preinstall()
      .run(["bash"], read(join("examples/shell", file)))
    expect(code, output).toBe(0)
    expect(calls).not.toEqual([])
    for (const { arguments: words } of calls) {
      expect(words.slice(0, 3)).toEqual(["-m", homepage.replace("https://", ""), "call"])
      expect(mistakes(words.slice(3), api)).toEqual([])
    }
  })

  test.each([
    [["fedora"], ["no such function: fedora"]],
    [["debian", "--colour=red"], ["no such flag: colour"]],
    [["--packages=.", "with-service", "--name=db", "test"], ["is missing: service"]],
  ])("a mistake is found: %j", (words, found) => {
    expect(mistakes(words, api)).toEqual(found)
  })
})

function second(match: RegExpExecArray): string {
  return match[1]!
}
