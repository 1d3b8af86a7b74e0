import { expect, it } from "vitest"
import { detect } from "../../../../src/detect/detect.js"
import { main, project, type Files } from "../../support/project.js"
import { MemorySource } from "../../support/memory-source.js"

async function importsOf(files: Files, given: { dependencyLayer?: boolean; folder?: string } = {}) {
  const { dependencyLayer = true, folder } = given
  const { facts } = await detect(new MemorySource(files), {
    options: { dependencyLayer },
    environment: {},
    withTests: true,
    ...(folder !== undefined && { folder: { value: folder, from: "test" } }),
  })
  return facts.testImports
}

const go = (...imports: string[]) =>
  `package x\n\nimport (\n${imports.map((path) => `\t"${path}"\n`).join("")})\n`

it("all packages and their tests, for this platform", async () => {
  const files = project({
    "main.go": main,
    "main_test.go": go("testing", "example.com/check"),
    "unused/unused.go": go("encoding/xml", "example.com/hello/inner"),
    "inner/inner.go": go("strings"),
    "inner/inner_linux_test.go": go("os/exec"),
    "inner/inner_windows_test.go": go("example.com/windows"),
    "inner/tagged_test.go": `//go:build integration\n\n${go("example.com/integration")}`,
  })
  expect(await importsOf(files)).toEqual([
    ...["encoding/xml", "example.com/check", "os/exec", "strings", "testing"],
  ])
})

it("nothing of what patterns leave out, nor of other modules", async () => {
  const files = project({
    "main.go": main,
    "testdata/x_test.go": go("example.com/a"),
    "vendor/example.com/v/v_test.go": go("example.com/b"),
    "_old/x_test.go": go("example.com/c"),
    "tools/go.mod": "module example.com/tools\n\ngo 1.25\n",
    "tools/x_test.go": go("example.com/d"),
  })
  expect(await importsOf(files)).toEqual([])
})

it("of another module of the source, what is imported, and not its tests", async () => {
  const files = project({
    "go.mod":
      "module example.com/hello\n\ngo 1.25\n\nrequire example.com/lib v0.0.0\n\nreplace example.com/lib => ./lib\n",
    "main.go": main,
    "main_test.go": go("example.com/lib/used"),
    "lib/go.mod": "module example.com/lib\n\ngo 1.25\n",
    "lib/used/used.go": go("bytes"),
    "lib/used/used_test.go": go("example.com/a"),
    "lib/other/other.go": go("example.com/b"),
  })
  expect(await importsOf(files)).toEqual(["bytes"])
})

it("is looked for only where there is a layer for it", async () => {
  expect(await importsOf(project({ "main.go": main }), { dependencyLayer: false })).toBeUndefined()
})
