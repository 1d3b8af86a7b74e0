import { describe, expect, it } from "vitest"
import type { WhyAccount } from "../../../../../cli/commands/why/account.js"
import { chainText, groupsOf } from "../../../../../cli/commands/why/groups.js"
import { naturally } from "../../../../../cli/commands/why/names/natural-order.js"
import { packagesText, packageText } from "../../../../../cli/commands/why/packages-text.js"
import type { CompiledPackage, Packages } from "../../../../../cli/commands/why/packages.js"

const of = (name: string, more: Partial<CompiledPackage> = {}): CompiledPackage => ({
  ...{ package: name, files: [], through: [], modules: [] },
  ...more,
})

/** p1 changed; p2 imports it, p3 imports p2, and so on up to p120. */
const chain: CompiledPackage[] = Array.from({ length: 120 }, (_, i) => {
  if (i === 0) return of("./p1", { files: ["p1/p1.go"] })
  const through = Array.from({ length: i }, (_, j) => `./p${i - j}`)
  return of(`./p${i + 1}`, { through, ...(i > 1 && { maybe: true as const }) })
})

const packages: Packages = { own: 200, compiled: chain }
const all = chain.map((each) => each.package)
const account: WhyAccount = {
  ...{ time: "2026-01-01T00:00:00Z", before: "2026-01-01T00:00:00Z", decisions: [], files: [] },
  ...{ ran: [], cached: 0, packages, slow: [] },
}

describe("packages that were compiled again", () => {
  it("are told once for each reason, with a long chain once, and in the order of people", () => {
    const lines = packagesText(packages)
    expect(lines.slice(0, 5)).toEqual([
      "By files and imports, 2 of 200 own packages were compiled again, and perhaps 118 more, but for what Go's cache had of earlier builds:",
      "  ./p1: p1/p1.go changed",
      "  ./p2: it imports ./p1",
      "  118 packages: only if what they import came out different (./p120 -> ./p119 -> ./p118 -> (114 more) -> ./p3 -> ./p2 -> ./p1)",
      "    ./p3, ./p4, ./p5, ./p6, ./p7, ./p8, ./p9, ./p10, ./p11, ./p12, ./p13, ./p14, ./p15, ./p16,",
    ])
    expect(lines.at(-1)).toMatch(/\.\/p42 and 78 more$/)
    for (const line of lines) expect(line.length).toBeLessThan(140)
  })

  it("of one reason are one group, of two are two", () => {
    const groups = groupsOf([
      of("./b", { through: ["./x"] }),
      of("./x", { files: ["x.go"] }),
      of("./a", { through: ["./x"] }),
      of("./m", { modules: ["example.com/m"] }),
      of("./n", { modules: ["example.com/n"] }),
    ])
    expect(groups.map(({ kind, packages }) => [kind, packages])).toEqual([
      ["changed", ["./x"]],
      ["modules", ["./m"]],
      ["modules", ["./n"]],
      ["imports", ["./a", "./b"]],
    ])
  })

  it("of one package say the way from it, cut in the middle", () => {
    expect(packageText("./p50", account, all)).toBe(
      "./p50 may have been compiled again: only if ./p49 came out different, by way of ./p49 -> ./p48 -> ./p47 -> (43 more) -> ./p3 -> ./p2 -> ./p1, where p1/p1.go changed.\n",
    )
  })

  it("of a folder are those in it", () => {
    const inFolder = ["./a/b", "./a/c", "./d"]
    const compiled = [of("./a/b", { files: ["a/b/b.go"] }), of("./d", { through: ["./a/b"] })]
    const told = { ...account, packages: { own: 3, compiled } }
    expect(packageText("./a", told, inFolder)).toBe(
      "2 packages in ./a, 1 compiled again:\n  ./a/b: a/b/b.go changed\n",
    )
    expect(packageText("./a", { ...told, packages: { own: 3, compiled: [] } }, inFolder)).toBe(
      "2 packages in ./a, none compiled again: nothing that they are compiled from changed.\n",
    )
    expect(() => packageText("./x", told, inFolder)).toThrow(
      /^the programs need no package \.\/x\nThey need \.\/a\/b, \.\/a\/c, \.\/d\.$/,
    )
  })
})

it("orders names as people do", () => {
  expect(["p10", "p2", "p1", "P1", "q"].sort(naturally)).toEqual(["p1", "P1", "p2", "p10", "q"])
})

it("names a short chain whole", () => {
  expect(chainText(["a", "b", "c"])).toBe("a -> b -> c")
})
