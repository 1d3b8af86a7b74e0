import { basename } from "node:path"
import { createProgram, ModuleResolutionKind, ScriptTarget, sys } from "typescript"
import { expect, test } from "vitest"

test("a call does not parse what browsers have", () => {
  // As the SDK's introspector does it, for what is installed beside the module there.
  const program = createProgram(sys.readDirectory("src", [".ts"]), {
    experimentalDecorators: true,
    moduleResolution: ModuleResolutionKind.Node10,
    target: ScriptTarget.ES2022,
    types: [],
  })
  const libraries = program
    .getSourceFiles()
    .map(({ fileName }) => basename(fileName))
    .filter((name) => name.startsWith("lib."))
  expect(libraries).toContain("lib.es2015.d.ts")
  expect(libraries.filter((name) => !/^lib\.(es5|es2015|decorators)\b/.test(name))).toEqual([])
})
