import { execFileSync } from "node:child_process"
import { type Container, dag, type File, type Secret, type Socket } from "@dagger.io/dagger"
import { describe, expect, test } from "vitest"
import { LocalSource } from "../../cli/source/local-source.js"
import { answersOf } from "../dagger/directory.js"
import { goImage } from "../dagger/module.js"
import { RecordedSession, type Answer, type Chain } from "../dagger/session.js"

/** Logins for downloads, as arguments of the constructor: which steps get them, and that they are nowhere else. */

const project = await answersOf(new LocalSource("examples/shortlinks"))
const pem = certificate()

/** Secrets hold what `dag.setSecret` gave them; a file of `withNewFile` has its contents. */
const answer: Answer = (chain) => {
  const asked = chain.at(-1)?.name
  if (asked === "plaintext") return chain.at(-2)?.args["plaintext"]
  if (asked === "contents")
    return chain.find(({ name }) => name === "withNewFile")?.args["contents"]
  return project(chain)
}

/** All that the network is used for, in their order. */
const downloads = [
  "go mod download",
  "go mod verify",
  "/bin/sh /project-code.sh fetch download",
  "go mod download",
]

const file = (contents: string): File =>
  dag.directory().withNewFile("ca.pem", contents).file("ca.pem")
// The engine gives a module no host: its caller's socket is an argument.
const socket = (): Socket =>
  (dag as unknown as { host: () => { unixSocket: (path: string) => Socket } })
    .host()
    .unixSocket("/run/agent.sock")
const tokens = (...values: string[]): Secret[] =>
  values.map((value, index) => dag.setSecret(`token-${index}`, value))

/** The builder's operations, as an engine is asked for them. */
async function builder(given: Readonly<Record<string, unknown>>): Promise<Chain> {
  const session = new RecordedSession(answer)
  return session.run(async () => {
    const container: Container = await goImage({
      privateModules: ["git.example.com/*"],
      ...given,
    }).builder(dag.directory())
    return session.chainOf(container)
  })
}

/** What a call fails with. */
const refusal = (given: Readonly<Record<string, unknown>>, by: Answer = answer) =>
  new RecordedSession(by)
    .run(() => goImage(given).builder(dag.directory()))
    .then(
      () => "nothing",
      (error: unknown) => (error as Error).message,
    )

/** Of each command, whether a mount of that kind is there while it runs. */
function commandsWith(chain: Chain, add: string, remove: string, of?: (value: unknown) => boolean) {
  const there = new Set<unknown>()
  const commands: { args: string; mounted: boolean }[] = []
  for (const { name, args } of chain) {
    if (name === add && (of?.(args["source"]) ?? true)) there.add(args["path"])
    if (name === remove) there.delete(args["path"])
    if (name === "withExec")
      commands.push({ args: (args["args"] as string[]).join(" "), mounted: there.size > 0 })
  }
  return { commands, left: [...there] }
}

describe("tokens of hosts", () => {
  const given = {
    tokenHosts: ["git.example.com", "robot@proxy.example.com"],
    tokens: tokens("first-canary", "second-canary\n"),
  }

  test("are one netrc file, of which only the download of modules is told", async () => {
    const chain = await builder(given)
    const { commands, left } = commandsWith(chain, "withMountedSecret", "withoutMount")
    expect(commands.filter(({ mounted }) => mounted).map(({ args }) => args)).toEqual(downloads)
    expect(commands.some(({ args }) => args.includes("go build"))).toBe(true)
    expect(left).toEqual([])
  })

  test("each is for its host, with the user that was given or the host's usual one", async () => {
    const mount = (await builder(given)).find(({ name }) => name === "withMountedSecret")
    const [made] = mount?.args["source"] as Chain
    expect(made).toEqual({
      name: "setSecret",
      args: {
        name: expect.any(String) as string,
        plaintext: [
          "machine git.example.com login x-access-token password first-canary",
          "machine proxy.example.com login robot password second-canary",
          "",
          "",
        ].join("\n"),
      },
    })
  })

  test("are in no argument but the secret's own", async () => {
    const without = (value: unknown): unknown =>
      JSON.parse(
        JSON.stringify(value, (key, each: unknown) => (key === "plaintext" ? undefined : each)),
      )
    expect(JSON.stringify(without(await builder(given)))).not.toContain("canary")
  })

  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    [
      "one host more",
      { tokenHosts: ["a.example.com", "b.example.com"], tokens: tokens("x") },
      "2 hosts and 1 tokens (--token-hosts, --tokens)",
    ],
    [
      "no host name",
      { tokenHosts: ["https://a.example.com"], tokens: tokens("x") },
      'not the name of a host: "https://a.example.com" (--token-hosts)',
    ],
    [
      "an empty token",
      { tokenHosts: ["a.example.com"], tokens: tokens("") },
      "the token for a.example.com is empty (--tokens)",
    ],
  ])("%s is refused", async (_, wrong, message) => {
    expect((await refusal(wrong)).split("\n")[0]).toBe(message)
  })

  test("one that is not there is told with its host", async () => {
    const missing: Answer = (chain) => {
      if (chain.at(-1)?.name !== "plaintext") return project(chain)
      throw new Error('rpc error: code = Unknown desc = secret env var not found: "NOS..."')
    }
    const wrong = { tokenHosts: ["a.example.com"], tokens: tokens("x") }
    expect((await refusal(wrong, missing)).split("\n")[0]).toBe(
      'the token for a.example.com is not available: secret env var not found: "NOS..." (--tokens)',
    )
  })
})

describe("an SSH agent", () => {
  test("is there for the download of modules, and gone before the build", async () => {
    const { commands, left } = commandsWith(
      await builder({
        ssh: socket(),
        knownHosts: [
          "git.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl",
        ],
      }),
      "withUnixSocket",
      "withoutUnixSocket",
    )
    const mounted = commands.filter((command) => command.mounted)
    // Git is told the servers' keys by the script.
    expect(mounted.map(({ args }) => args.replace(/^\/bin\/sh \/download\.sh /, ""))).toEqual(
      downloads,
    )
    expect(left).toEqual([])
  })

  test("is mounted nowhere where nobody gave one", async () => {
    expect((await builder({})).map(({ name }) => name)).not.toContain("withUnixSocket")
  })
})

describe("certificate authorities", () => {
  test("are a file that every user can read, for downloads alone", async () => {
    const chain = await builder({ caCertificates: file(pem) })
    const ours = (value: unknown) =>
      (value as Chain).some(({ args }) => args["contents"] === pem && args["permissions"] === 0o444)
    const { commands, left } = commandsWith(chain, "withMountedFile", "withoutMount", ours)
    const mounted = commands.filter((command) => command.mounted)
    expect(mounted.map(({ args }) => args)).toEqual(
      downloads.map((command) => `/bin/sh /download.sh ${command}`),
    )
    expect(left).toEqual([])
  })

  test.each([
    ["no certificate", "hello", "the file has no certificate (--ca-certificates)"],
    [
      "a private key",
      "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n",
      "the file has a private key, which must stay secret (--ca-certificates)",
    ],
    [
      "half a certificate",
      "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n",
      "the file has a certificate that cannot be read, number 1 of 1 (--ca-certificates)",
    ],
  ])("%s is refused", async (_, contents, message) => {
    expect((await refusal({ caCertificates: file(contents) })).split("\n")[0]).toBe(message)
  })
})

function certificate(): string {
  const request =
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=Test -days 2"
  const made = execFileSync("openssl", [...request.split(" "), "-keyout", "/dev/null"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  })
  return made.slice(made.indexOf("-----BEGIN"))
}
