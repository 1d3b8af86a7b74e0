import { expect, it } from "vitest"
import { assemblePlan } from "../../../../src/plan/assemble.js"
import { readTable } from "../../reference/table.js"
import { detectIn, type Files } from "../../support/project.js"

const rows = readTable<{ about: string; files: Files; refused?: string }>("go-sums")

const refusal = async (files: Files, options = {}): Promise<string | undefined> => {
  const { facts, settings } = await detectIn(files, options)
  try {
    assemblePlan(facts, settings)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

/** Only the go command, which reads the dependencies themselves, can know. */
const beyondText = ["another version, before pruning", "a dependency of a dependency"]

it.each(rows.map((row) => [row.about, row] as const))(
  "go.sum: %s: refused where the go command refuses, and nowhere else",
  async (about, { files, refused }) => {
    expect(refused ?? "missing go.sum entry").toContain("missing go.sum entry")
    const isRefused = refused !== undefined && !beyondText.includes(about)
    const message = await refusal(files)
    if (isRefused) expect(message).toMatch(/^go\.mod:\d+: .*: run `go mod tidy`$/)
    else expect(message).toBeUndefined()
  },
)

const uuid = "github.com/google/uuid v1.6.0"
const main =
  'package main\n\nimport "github.com/google/uuid"\n\nfunc main() { println(uuid.NewString()) }\n'
const goMod = `module example.com/app\n\ngo 1.25\n\nrequire ${uuid}\n`

it("is said in one line, with the requirement and the import", async () => {
  expect(await refusal({ "go.mod": goMod, "main.go": main })).toBe(
    `go.mod:5: there is no go.sum with ${uuid}, imported at main.go:3: run \`go mod tidy\``,
  )
  expect(await refusal({ "go.mod": goMod, "go.sum": "\n", "main.go": main })).toBe(
    `go.mod:5: go.sum lacks ${uuid}, imported at main.go:3: run \`go mod tidy\``,
  )
})

it("names all that is missing", async () => {
  const files = {
    "go.mod": `${goMod}require rsc.io/quote v1.5.2\n`,
    "main.go": main.replace("import", 'import "rsc.io/quote"\nimport'),
  }
  expect(await refusal(files)).toBe(
    "go.mod:6: there is no go.sum with rsc.io/quote v1.5.2, imported at main.go:3: run `go mod tidy`\n" +
      `Also missing: ${uuid}.`,
  )
})

it.each<[string, Files, object]>([
  [
    "a program that is not built",
    { "cmd/a/main.go": main, "cmd/b/main.go": "package main\n\nfunc main() { b() }\n" },
    { packages: ["./cmd/b"] },
  ],
  ["a hook that may write it", { "main.go": main, "bin/go-pre-compile": "go mod tidy\n" }, {}],
  ["a vendored module", { "main.go": main, "vendor/modules.txt": `# ${uuid}\n` }, {}],
  [
    "a Go that adds what is missing",
    { "main.go": main, "go.mod": goMod.replace("1.25", "1.14") },
    { goVersion: "1.15" },
  ],
  [
    "a workspace that has the sum in a file of its own",
    { "main.go": main, "go.work": "go 1.25\n\nuse .\n", "go.work.sum": `${uuid} h1:A=\n` },
    {},
  ],
])("says nothing of %s", async (_, files, options) => {
  expect(await refusal({ "go.mod": goMod, ...files }, options)).toBeUndefined()
})
