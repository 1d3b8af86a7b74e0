import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { readAccess, tokenLines } from "../../../../cli/access/access.js"
import {
  parseCertificates,
  parseTokenHost,
  netrcLine,
} from "../../../../src/settings/access/access.js"
import { goProxyAddresses } from "../../../../src/settings/build-environment.js"
import { knownHosts } from "../../../../src/settings/access/known-hosts.js"
import { linesWithPort, parseNetrc } from "../../../../src/settings/access/netrc.js"

const folder = mkdtempSync(join(tmpdir(), "go-image-"))
afterAll(() => rmSync(folder, { recursive: true }))
const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
const setting = (...value: string[]) => ({ value, from: "--known-hosts" })

describe("the host of a token", () => {
  it.each([
    ["github.com", { host: "github.com", user: "x-access-token" }],
    ["GitLab.example.com", { host: "gitlab.example.com", user: "oauth2" }],
    ["ci@gitlab.com", { host: "gitlab.com", user: "ci" }],
    ["bitbucket.org", { host: "bitbucket.org", user: "x-token-auth" }],
  ])("%s", (text, login) => expect(parseTokenHost(text, "--token")).toEqual(login))

  it.each(["https://github.com", "github.com:443", "github.com/acme", "", "a b", "x\ny", "-a.b"])(
    "is not %j",
    (text) =>
      expect(() => parseTokenHost(text, "--token")).toThrow(
        /^not the name of a host: .*\(--token\)\nWrite it without https:/,
      ),
  )
})

it.each(["", "sec\nret", "sec ret", '"a"', "ü"])(
  "a token that no netrc file can hold is refused: %j",
  (token) => {
    const line = () => netrcLine({ host: "h.example", user: "u" }, token, "--token")
    expect(line).toThrow(/^the token for h\.example .*\(--token\)\n/)
    // It may be most of the real one.
    if (token.length > 1) expect(line).not.toThrow(token)
  },
)

describe("certificates", () => {
  const made = join(folder, "ca.pem")
  const options = ["-newkey", "rsa:2048", "-nodes", "-keyout", join(folder, "key"), "-out", made]
  execFileSync("openssl", ["req", "-x509", "-subj", "/CN=a", ...options], { stdio: "pipe" })
  const { certificates = "" } = readAccess({ caCertificates: made }) ?? {}

  it("are taken without what stands around them", () => {
    const text = `subject=a\n${certificates.replace(/\n/g, "\r\n")}\n# end`
    expect(parseCertificates(text, "f", "--ca-certificates")).toBe(certificates)
  })

  it.each<[string, string, RegExp]>([
    ["no PEM", "hello", /^f has no certificate \(/],
    ["an empty file", "", /^f has no certificate \(/],
    [
      "a broken one",
      certificates.replace(/\n.{20}/, "\n"),
      /^f has a certificate that cannot be read, number 1 of 1 \(/,
    ],
    ["a private key", `${certificates}-----BEGIN PRIVATE KEY-----\n`, /^f has a private key, /],
    ["too many", certificates.repeat(500), /^f has more than 500 KB of certificates/],
  ])("%s is refused", (_, text, expected) =>
    expect(() => parseCertificates(text, "f", "--ca-certificates")).toThrow(expected),
  )
})

describe("what is wrong with an option is said in one line", () => {
  const file = join(folder, "file")
  writeFileSync(file, "hello")
  it.each([
    [{ ssh: "x" }, /^not an SSH agent: "x" \(--ssh\)/],
    [{ ssh: "default=/no/such" }, /^no such socket: \/no\/such \(--ssh\)/],
    [
      { ssh: `default=${file}` },
      /^\S+ is neither a socket of an SSH agent nor a private key \(--ssh\)/,
    ],
    [{ caCertificates: "/no/such" }, /^no such file: \/no\/such \(--ca-certificates\)/],
    [{ tokens: ["github.com"] }, /^a token without a host, or a host without a token \(--token\)/],
    [{ tokens: ["https://a.b=env:X"] }, /^not the name of a host: "https:\/\/a\.b" \(--token\)/],
  ])("%j", (asked, expected) => expect(() => readAccess(asked)).toThrow(expected))

  it.each([
    [
      ["github.com=env:NO_SUCH_VARIABLE"],
      /^the environment variable NO_SUCH_VARIABLE is not set \(--token\)/,
    ],
    [["github.com=ghp_secret"], /^not a reference to a secret \(--token\)\n(?!.*ghp_)/],
    [[`a.b=file:${file}`, `A.b=file:${file}`], /^two tokens for a\.b \(--token\)/],
  ])("%j", (tokens, expected) => expect(() => tokenLines({ tokens })).toThrow(expected))
})

describe("known hosts", () => {
  it("are those of the forges, and what is given, with its port", () => {
    const hashed = "|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg="
    const { port } = knownHosts(
      setting(
        `# comment\ngit.example.com,10.0.0.1 ${key}\n\n[own.example]:2222 ${key}`,
        `*.corp.example ${key}`,
        `${hashed} ${key}`,
      ),
    )
    const hosts = [
      "github.com",
      "git.example.com",
      "own.example",
      "a.corp.example",
      "other.example",
    ]
    expect(hosts.map(port)).toEqual([22, 22, 2222, 22, undefined])
    // Of OpenSSH's own manual.
    expect(port("192.168.1.61")).toBe(22)
  })

  it.each(["git.example.com", `${key}`, "git.example.com ssh-ed25519 zzz", `a b ${key}`])(
    "%j is not one",
    (text) =>
      expect(() => knownHosts(setting(text))).toThrow(/^not a line of a known_hosts file: /),
  )

  it("are not the project's to set", () =>
    expect(() => knownHosts({ ...setting(`a.b ${key}`), byProject: true })).toThrow(
      /^known-hosts cannot be set by the project/,
    ))
})

it("a proxy with a port has a line of its own, as Go 1.24 looks for one", () => {
  const addresses = goProxyAddresses([
    "GOPROXY=https://p.example:8443/go,http://q.example,https://r.example|direct",
  ])
  expect(addresses).toEqual(["p.example:8443", "r.example"])
  const entries = parseNetrc("machine p.example login a password $&b")
  expect(linesWithPort(entries, addresses)).toEqual(["machine p.example:8443 login a password $&b"])
})
