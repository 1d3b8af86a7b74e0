import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { root, script } from "./command.js"

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

/** Of an image, there is no folder of the project: the database is on this disk. */
const database = () => ["--vulnerability-database", join(project, "vulndb")]
const statuses = (text: string) =>
  (JSON.parse(text) as Vex).statements.map(
    ({ vulnerability, status, justification, status_notes }) => [
      vulnerability.name.slice(-4),
      justification ?? status,
      status_notes,
    ],
  )

interface Vex {
  statements: {
    vulnerability: { name: string }
    products: { "@id": string }[]
    status: string
    justification?: string
    status_notes?: string
  }[]
}

describe("of an image", () => {
  const archive = join(folder, "shop.tar")
  const sbom = join(folder, "shop.cdx.json")
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
      cwd: project,
      stdio: "pipe",
    })

  beforeAll(async () => {
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "one")
    const options = ["--runtime", "scratch", "-o", archive, "--sbom", sbom]
    const { code, stderr } = await script([project, ...options])
    expect(code, stderr).toBe(0)
  })

  it("what was linked into its programs tells what can be reached, without an engine or a source", async () => {
    const vex = join(folder, "image.vex.json")
    const found = await script(["vulncheck", archive, ...database(), "--vex", vex])
    expect(found.stdout).toMatch(
      /^GO-2099-0001 \(CVE-2099-0001\): reachable: Called\n {2}pkg:golang\/golang\.org\/x\/text@v0\.3\.5\n {2}\/app\/shop has golang\.org\/x\/text\/language\.Parse\n {2}Update to v0\.3\.7\.\n/,
    )
    expect(found.stdout).toMatch(/\n1 reachable, 2 not reachable\n$/)
    expect(found.stderr).toBe("")
    expect(found.code).toBe(1)
    const text = readFileSync(vex, "utf8")
    expect(statuses(text)).toEqual([
      ["0001", "affected", "/app/shop has golang.org/x/text/language.Parse"],
      ["0002", "vulnerable_code_not_present", undefined],
      ["0003", "vulnerable_code_not_present", undefined],
    ])
    const { statements } = JSON.parse(text) as Vex
    expect(statements[0]?.products[0]?.["@id"]).toMatch(/^pkg:oci\/shop@sha256:[0-9a-f]{64}$/)
    const again = await script(["vulncheck", archive, ...database(), "--json"])
    expect(again.stdout).toBe(text)
  })

  it("its source tells by which calls, at its commit, whatever the work tree is at", async () => {
    writeFileSync(join(project, "main.go"), "package main\n\nfunc main() {}\n")
    const options = ["--source", project, "--json"]
    const { code, stdout, stderr } = await script(["vulncheck", archive, ...database(), ...options])
    git("checkout", "-q", ".")
    expect(code, stderr).toBe(1)
    expect(statuses(stdout)[0]).toEqual([
      "0001",
      "affected",
      expect.stringMatching(
        /^example\.com\/shop\.main \(main\.go:5\) → example\.com\/shop\.parse \(main\.go:7\) → golang\.org\/x\/text\/language\.Parse /,
      ),
    ])
  })

  it("an SBOM tells only which versions are there, until its source is given", async () => {
    const list = await script(["vulncheck", sbom, ...database(), "--json"])
    expect(list.code, list.stderr).toBe(1)
    const unknown = expect.stringContaining("does not say whether") as string
    expect(statuses(list.stdout)).toEqual(
      ["0001", "0002", "0003"].map((name) => [name, "under_investigation", unknown]),
    )
    const called = await script(["vulncheck", sbom, ...database(), "--source", project, "--json"])
    expect(statuses(called.stdout), called.stderr).toEqual([
      ["0001", "affected", expect.stringContaining("→")],
      ["0002", "vulnerable_code_not_in_execute_path", undefined],
      ["0003", "vulnerable_code_not_present", undefined],
    ])
  })

  it("nothing is known of a program without such modules: exit status 0", async () => {
    const plain = join(folder, "plain")
    mkdirSync(plain)
    writeFileSync(join(plain, "go.mod"), "module example.com/plain\n\ngo 1.25\n")
    writeFileSync(join(plain, "main.go"), "package main\n\nfunc main() {}\n")
    const image = join(folder, "plain.tar")
    expect((await script([plain, "--runtime", "scratch", "-o", image])).code).toBe(0)
    const { code, stdout } = await script(["vulncheck", image, ...database()])
    expect(stdout).toBe("no known vulnerabilities\n")
    expect(code).toBe(0)
  })

  it.each<[string, () => string[], number, RegExp]>([
    ["no image", () => [], 2, /missing required argument 'image'/],
    [
      "JSON that is no SBOM",
      () => [join(root, "package.json")],
      2,
      /^not an SBOM: .*package\.json\n/,
    ],
    [
      "a folder that is no database",
      () => [archive, "--vulnerability-database", folder],
      2,
      /^not a vulnerability database: .* has no index\/modules\.json\n/,
    ],
    [
      "a URL of another kind",
      () => [archive, "--vulnerability-database", "ftp://x/y"],
      2,
      /^not a vulnerability database: ftp:/,
    ],
    [
      "a database that does not answer",
      () => [archive, "--vulnerability-database", "http://127.0.0.1:1"],
      4,
      /^http:\/\/127\.0\.0\.1:1 is not available: .*\n.*--vulnerability-database/,
    ],
    [
      "a source without that commit",
      () => [archive, ...database(), "--source", root],
      2,
      /^the image's commit is not in /,
    ],
  ])("%s is one line, and what to do", async (_, args, status, said) => {
    const { code, stdout, stderr } = await script(["vulncheck", ...args()])
    expect(stderr).toMatch(said)
    expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m)
    expect(code).toBe(status)
    expect(stdout).toBe("")
  })
})

it("needs the check that it is about", async () => {
  const { code, stderr } = await script([project, "--vex", "vex.json"])
  expect(code).toBe(2)
  expect(stderr).toMatch(/^error: --vex needs --check vulncheck\n/)
})
