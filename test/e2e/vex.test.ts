import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { script } from "./command.js"

const folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
const project = join(folder, "project")
const library = "golang.org/x/text"

/** A database of vulnerabilities, as https://go.dev/doc/security/vuln/database has it, in a folder of the project. */
const known = [
  { id: "GO-2099-0001", summary: "Called", package: "language", symbol: "Parse", fixed: "0.3.7" },
  { id: "GO-2099-0002", summary: "Imported", package: "language", symbol: "MatchStrings" },
  { id: "GO-2099-0003", summary: "Not imported", package: "width", symbol: "Narrow" },
  { id: "GO-2099-0004", summary: "Gone", package: "language", symbol: "Parse", fixed: "0.3.0" },
]
const modified = "2025-03-01T09:30:00Z"

function entry({ id, summary, package: name, symbol, fixed }: (typeof known)[number]) {
  const events = [{ introduced: "0" }, ...(fixed === undefined ? [] : [{ fixed }])]
  return {
    ...{ schema_version: "1.3.1", id, modified, published: modified, summary },
    aliases: [id.replace("GO", "CVE")],
    database_specific: { url: `https://pkg.go.dev/vuln/${id}` },
    affected: [
      {
        package: { name: library, ecosystem: "Go" },
        ranges: [{ type: "SEMVER", events }],
        ecosystem_specific: { imports: [{ path: `${library}/${name}`, symbols: [symbol] }] },
      },
    ],
  }
}

beforeAll(() => {
  const file = (name: string, content: string | object) =>
    writeFileSync(
      join(project, name),
      typeof content === "string" ? content : JSON.stringify(content),
    )
  for (const name of ["vulndb/index", "vulndb/ID"])
    mkdirSync(join(project, name), { recursive: true })
  file("go.mod", `module example.com/shop\n\ngo 1.25\n\nrequire ${library} v0.3.5\n`)
  file(
    "main.go",
    `package main

import "${library}/language"

func main() { parse("en") }

func parse(text string) { println(language.Make(text).String()); language.Parse(text) }
`,
  )
  execFileSync("go", ["mod", "tidy"], { cwd: project, stdio: "pipe" })
  const vulns = known.map(({ id, fixed }) => ({ id, modified, fixed }))
  file("vulndb/index/db.json", { modified })
  file("vulndb/index/modules.json", [{ path: library, vulns }])
  for (const each of known) file(`vulndb/ID/${each.id}.json`, entry(each))
})

afterAll(() => rmSync(folder, { recursive: true }))

it("a check that fails says which known vulnerabilities a program can reach, and by which calls", async () => {
  const vex = join(folder, "vex.json")
  const { code, stderr } = await script([
    ...[project, "--check", "vulncheck", "--vex", vex],
    ...["--vulnerability-database", "file:///src/vulndb"],
  ])
  expect(stderr).toContain("GO-2099-0001")
  expect(code).toBe(3)
  const text = readFileSync(vex, "utf8")
  expect(text).not.toContain(project)
  const purl = `pkg:golang/${library}@v0.3.5`
  const products = [{ "@id": "pkg:golang/example.com/shop", subcomponents: [{ "@id": purl }] }]
  expect(JSON.parse(text)).toMatchObject({
    "@context": "https://openvex.dev/ns/v0.2.0",
    timestamp: modified,
    statements: [
      {
        vulnerability: {
          "@id": "https://pkg.go.dev/vuln/GO-2099-0001",
          name: "GO-2099-0001",
          aliases: ["CVE-2099-0001"],
        },
        products,
        status: "affected",
        status_notes: expect.stringMatching(
          /^example\.com\/shop\.main \(main\.go:5\) → example\.com\/shop\.parse \(main\.go:7\) → golang\.org\/x\/text\/language\.Parse /,
        ) as string,
        action_statement: "Update to v0.3.7.",
      },
      {
        vulnerability: { name: "GO-2099-0002" },
        products,
        status: "not_affected",
        justification: "vulnerable_code_not_in_execute_path",
      },
      {
        vulnerability: { name: "GO-2099-0003" },
        products,
        status: "not_affected",
        justification: "vulnerable_code_not_present",
      },
    ],
  })
  expect((JSON.parse(text) as { statements: [] }).statements).toHaveLength(3)
})

it("needs the check that it is about", async () => {
  const { code, stderr } = await script([project, "--vex", "vex.json"])
  expect(code).toBe(2)
  expect(stderr).toMatch(/^error: --vex is about --check vulncheck\n/)
})
