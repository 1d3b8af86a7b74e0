import { describe, expect, it } from "vitest"
import { hostMatcher, parseNetrc } from "../../../../src/settings/access/netrc.js"
import { findSlowInput, junk } from "../../support/hostile.js"
import { fc } from "../../support/property.js"

describe("a netrc file is taken apart by machine:", () => {
  it.each<[string, string, Record<string, string>]>([
    ["nothing", "", {}],
    [
      "on one line, and on several",
      "machine a.example login me password x\nmachine b.example\n\tlogin you\n\tpassword\n\ty\n",
      {
        "a.example": "machine a.example login me password x",
        "b.example": "machine b.example login you password y",
      },
    ],
    [
      "several on a line, and an account",
      "machine a login b password c machine d account e login f password g",
      {
        a: "machine a login b password c",
        d: "machine d account e login f password g",
      },
    ],
    [
      "without what is for every machine",
      "default login anonymous password secret\nmachine a login b password c\ndefault login x password y\n",
      { a: "machine a login b password c" },
    ],
    [
      "without macros, up to an empty line",
      "macdef init\nmachine evil login x password y\n\nmachine a login b password c\n",
      { a: "machine a login b password c" },
    ],
    [
      "without comments, and with words of its own in values",
      "# machine no login a password b\nmachine a login machine password default\n",
      { a: "machine a login machine password default" },
    ],
    [
      "with quotes, a byte order mark and line ends of Windows",
      '\uFEFFmachine a login "b c" password "d\\"e"\r\nmachine f login g password #h\r\n',
      {
        a: 'machine a login "b c" password "d\\"e"',
        f: "machine f login g password #h",
      },
    ],
    ["that ends too early", "machine a login", { a: 'machine a login ""' }],
  ])("%s", (_, text, entries) => {
    expect(Object.fromEntries(parseNetrc(text).map((each) => [each.machine, each.text]))).toEqual(
      entries,
    )
  })

  it("whatever is in it, each entry is one line that reads as itself", () => {
    const text = junk(
      "machine ",
      "login ",
      "password ",
      "default ",
      "macdef ",
      "a ",
      '"',
      "#",
      "\n",
    )
    fc.assert(
      fc.property(text, (text) => {
        const entries = parseNetrc(text)
        for (const each of entries) {
          expect(each.text).not.toMatch(/[\n\r]/)
          expect(parseNetrc(each.text)).toEqual([each])
        }
      }),
    )
  })

  it("in time that grows with its length", () => {
    expect(findSlowInput(parseNetrc, "machine ", "macdef ", '"')).toBeUndefined()
  })
})

describe("the hosts of private modules are", () => {
  it.each([
    [["github.com/acme/*"], { "github.com": true, "gist.github.com": false, acme: false }],
    [["*.corp.example"], { "git.corp.example": true, "corp.example": false }],
    [["a.example,b.example/x/y"], { "a.example": true, "b.example": true, x: false }],
    [["*"], { "anything.example": true }],
    [["git?.example/", " c.example"], { "git1.example": true, "c.example": true }],
    [["", ","], { "": false, a: false }],
    [["**"], { "a.example": true }],
    [["!a.example"], { "a.example": false, "b.example": false }],
  ])("of %j", (patterns, hosts) => {
    const matches = hostMatcher(patterns)
    expect(Object.fromEntries(Object.keys(hosts).map((host) => [host, matches(host)]))).toEqual(
      hosts,
    )
  })
})
