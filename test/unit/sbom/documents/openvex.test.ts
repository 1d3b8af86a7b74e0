import { expect, it } from "vitest"
import { openVex } from "../../../../src/sbom/documents/openvex.js"

interface Vex {
  timestamp: string
  statements: {
    vulnerability: { name: string }
    products: { subcomponents: { "@id": string }[] }[]
    status: string
    status_notes?: string
    action_statement?: string
  }[]
}

/** As govulncheck prints it: objects of several lines, one after the other. */
const stream = (...messages: object[]) =>
  messages.map((each) => `${JSON.stringify(each, undefined, 2)}\n`).join("")

const config = { config: { protocol_version: "v1.0.0", db_last_modified: "2025-03-01T09:30:00Z" } }
const finding = (called: string, filename: string) => ({
  finding: {
    osv: "GO-1",
    trace: [
      {
        module: "stdlib",
        version: "v1.25.1",
        package: "net/http",
        function: "Do",
        receiver: "*Client",
      },
      {
        module: "example.com/shop",
        package: "example.com/shop",
        function: called,
        position: { filename, line: 3 },
      },
    ],
  },
})
const read = (output: string) =>
  JSON.parse(openVex(output, { path: "example.com/shop", version: "v1.2.3" })) as Vex

it("of nothing: no statement, at the time of the database", () => {
  expect(read(stream(config))).toMatchObject({ timestamp: "2025-03-01T09:30:00Z", statements: [] })
})

it("the standard library, a fault without a fix, and no path of a machine", () => {
  const [statement] = read(stream(config, finding("main", "/usr/local/go/a.go"))).statements
  expect(statement).toMatchObject({
    status: "affected",
    status_notes: "example.com/shop.main → net/http.*Client.Do",
    action_statement: "No fixed version is available yet.",
  })
  expect(statement?.products[0]?.subcomponents).toEqual([{ "@id": "pkg:golang/stdlib@1.25.1" }])
})

it("many ways there are shown in part, and a finding's text may look like the end of an object", () => {
  const many = Array.from({ length: 8 }, (_, index) => finding(`call${index}`, "main.go"))
  const osv = { osv: { id: "GO-1", summary: "a\n}\n{ b", aliases: ["CVE-2", "CVE-1"] } }
  const [statement] = read(stream(config, osv, ...many)).statements
  expect(statement?.vulnerability).toMatchObject({
    description: "a\n}\n{ b",
    aliases: ["CVE-1", "CVE-2"],
  })
  expect(statement?.status_notes?.split("\n")).toHaveLength(6)
  expect(statement?.status_notes).toMatch(/\nand 3 more$/)
})
