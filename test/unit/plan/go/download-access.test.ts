import { describe, expect, it } from "vitest"
import {
  accessNotices,
  downloadAccess,
  toolAccess,
  trustedCertificates,
} from "../../../../src/plan/go/download-access.js"
import type { Settings } from "../../../../src/settings/resolve.js"

const settings = (patterns: string[] | undefined, access: object, more: Partial<Settings> = {}) =>
  ({
    ...(patterns && { privateModules: { value: patterns, from: "--private-modules" } }),
    access: { value: access, from: "--ssh" },
    ...more,
  }) as Settings

/** What steps that download have. */
const accessOf = (patterns: string[], access: object, more: Partial<Settings> = {}) => {
  const { steps, args, mounts } = downloadAccess(settings(patterns, access, more))
  return {
    rewrites: steps.flatMap((step) => (step.type === "environment" ? step.value.split(" ") : [])),
    files: steps.flatMap((step) => (step.type === "file" ? [step.path] : [])),
    args,
    mounts: mounts.map(({ type }) => type),
  }
}
const ssh = { ssh: true }
const over = (host: string, path = "") => `https://${host}/${path}=ssh://git@${host}/${path}`

describe("over SSH come", () => {
  it.each<[string, string[], string[]]>([
    ["modules of a host", ["github.com"], [over("github.com")]],
    ["those below a path", ["github.com/acme/*"], [over("github.com", "acme/")]],
    [
      "those of several",
      ["github.com/a , gitlab.com/b", "codeberg.org/c"],
      [over("github.com", "a"), over("gitlab.com", "b"), over("codeberg.org", "c")],
    ],
    ["those of a host in any letters", ["GitHub.com/Acme"], [over("github.com", "Acme")]],
    ["those of what is before a class", ["github.com/acme[ab]"], [over("github.com", "acme")]],
  ])("%s", (_, patterns, rewrites) => {
    expect(accessOf(patterns, ssh)).toEqual({
      rewrites,
      files: ["/download.sh", "/known_hosts"],
      args: ["/bin/sh", "/download.sh"],
      mounts: ["secret", "ssh"],
    })
  })

  it.each([
    ["of any host", ["*.corp.example/x"]],
    ["of no host", ["acme", "git hub.com", "github.com/a b", "a.b/c='d'"]],
  ])("no modules %s", (_, patterns) => {
    expect(accessOf(patterns, ssh)).toEqual({
      rewrites: [],
      files: [],
      args: [],
      mounts: ["secret"],
    })
  })

  it("no modules of a host with a token, and none unless asked for", () => {
    const hosts = ["github.com/a", "gitlab.com/b"]
    const { rewrites } = accessOf(hosts, { ...ssh, tokenHosts: ["github.com"] })
    expect(rewrites).toEqual([over("gitlab.com", "b")])
    expect(accessOf(hosts, {}).mounts).toEqual(["secret"])
  })

  it("none, where no private modules are named", () => {
    expect(downloadAccess(settings(undefined, ssh))).toEqual({ steps: [], args: [], mounts: [] })
  })

  it("modules of a host by its own port", () => {
    const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
    const knownHosts = { value: [`[git.example.com]:2222 ${key}`], from: "--known-hosts" }
    expect(accessOf(["git.example.com/a"], ssh, { knownHosts }).rewrites).toEqual([
      "https://git.example.com/a=ssh://git@git.example.com:2222/a",
    ])
  })

  it("none of a host whose key is not known", () => {
    expect(() => accessOf(["git.example.com"], ssh)).toThrow(
      "the SSH host key of git.example.com is not known (--ssh)\nCompare it with the one that the server's owner publishes, then give it: --known-hosts",
    )
  })
})

describe("where tools are fetched, a password for a module proxy is there", () => {
  it.each<[string, string[] | undefined, object, string[]]>([
    [
      "for a token of a host that is no private module's",
      ["github.com/a"],
      { tokenHosts: ["p.example"] },
      ["secret"],
    ],
    ["for one without private modules", undefined, { tokenHosts: ["p.example"] }, ["secret"]],
    ["not for one of private modules", ["github.com/a"], { tokenHosts: ["github.com"] }, []],
    ["not without a token", ["github.com/a"], {}, []],
  ])("%s", (_, patterns, access, mounts) => {
    expect(toolAccess(settings(patterns, access)).mounts.map(({ type }) => type)).toEqual(mounts)
  })
})

it.each<[string[] | undefined, object, string[]]>([
  [
    undefined,
    ssh,
    ["--ssh has no effect: no private modules are named (--private-modules github.com/acme/*)"],
  ],
  [
    ["github.com/a", "*.corp.example,,acme"],
    ssh,
    [
      "*.corp.example, acme (--private-modules) names no host, so its modules are not downloaded over SSH, unlike those of others: name each host",
    ],
  ],
  [
    ["*.corp.example"],
    ssh,
    [
      "*.corp.example (--private-modules) names no host, so its modules are not downloaded over SSH: name each host",
    ],
  ],
  [["github.com/a"], ssh, []],
  [["*.corp.example"], {}, []],
])("private modules %j with %j are told to have no effect: %j", (patterns, access, notices) => {
  expect(accessNotices(settings(patterns, access))).toEqual(notices)
})

describe("certificates that the image trusts", () => {
  const trusted = (access: object, value?: boolean) =>
    trustedCertificates(
      settings(undefined, access, {
        ...(value !== undefined && { trustCertificates: { value, from: "--trust-certificates" } }),
      }),
    )

  it("are those that were given, where that is asked for", () => {
    const given = { certificates: "PEM" }
    expect([true, false, undefined].map((asked) => trusted(given, asked))).toEqual([
      "PEM",
      undefined,
      undefined,
    ])
  })

  it("must be given", () => {
    expect(() => trusted({}, true)).toThrow(
      "there are no certificates to trust (--trust-certificates)\nGive them: --ca-certificates FILE",
    )
  })
})
