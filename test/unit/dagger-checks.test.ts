import { dag, type Directory, type Platform } from "@dagger.io/dagger"
import { describe, expect, test } from "vitest"
import { LocalSource } from "../../cli/source/local-source.js"
import { CheckName } from "../../src/plan/tasks/check-name.js"
import { GoImage } from "../../src/index.js"
import { goImage } from "../dagger/module.js"
import { answersOf } from "../dagger/directory.js"
import { RecordedSession, type Chain } from "../dagger/session.js"

/** A session in which the one command of a check ends so. */
async function session(ended: { code?: number; stdout?: string; stderr?: string } = {}) {
  const commands: Chain[] = []
  const directory = await answersOf(new LocalSource("examples/idgen"))
  const recorded = new RecordedSession((chain) => {
    const last = chain.at(-1)?.name
    if (last === "exitCode") {
      commands.push(chain.slice(0, -1))
      return ended.code ?? 0
    }
    if (last === "stdout") return ended.stdout ?? ""
    if (last === "stderr") return ended.stderr ?? ""
    return directory(chain)
  })
  return { recorded, commands }
}

const checks: [CheckName, (module: GoImage, source: Directory) => Promise<void>, string[]][] = [
  [
    CheckName.Vet,
    (module, source) => module.vet(source),
    ["go", "vet", "-trimpath", "-gcflags=all=-dwarf=false", "./..."],
  ],
  [CheckName.Tidy, (module, source) => module.tidy(source), ["go", "mod", "tidy", "-diff"]],
  [
    CheckName.Vulncheck,
    (module, source) => module.vulncheck(source),
    ["govulncheck", "-db=http://db:8080", "./..."],
  ],
]
const withDatabase = { vulnerabilityDatabase: "http://db:8080" }

describe.each(checks)("%s", (name, call, args) => {
  test("returns nothing where it passes; the text is for another function", async () => {
    const { recorded, commands } = await session({ stdout: "fine\n", stderr: "downloading\n" })
    const [returned, text] = await recorded.run(async () => {
      const module = goImage(withDatabase)
      return [
        await call(module, dag.directory()),
        await module.findings(name, dag.directory()),
      ] as const
    })
    expect(returned).toBeUndefined()
    expect(text).toBe("fine\ndownloading\n")
    for (const command of commands)
      expect(command.at(-1)).toEqual({ name: "withExec", args: { args, expect: "ANY" } })
  })

  test("is an error with what the command printed, where it fails", async () => {
    const { recorded } = await session({ code: 3, stdout: "main.go:3: bad\n" })
    const failing = recorded.run(() => call(goImage(withDatabase), dag.directory()))
    await expect(failing).rejects.toThrow(/^[^\n]+\n(?:.*\n)*main\.go:3: bad$/)
  })

  test("its text is there where it fails, too", async () => {
    const { recorded } = await session({ code: 3, stdout: "main.go:3: bad\n" })
    const text = await recorded.run(() => goImage(withDatabase).findings(name, dag.directory()))
    expect(text).toMatch(/^[^\n]+\nmain\.go:3: bad\n$/)
  })
})

describe("a vulnerability database that is not available is told in one line, with what helps", () => {
  const help = "\nGive another one with --vulnerability-database"
  test.each([
    [
      undefined,
      'govulncheck: fetching vulnerabilities: Get "https://vuln.go.dev/index/db.json": no such host\n',
      'the public vulnerability database is not available: Get "https://vuln.go.dev/index/db.json": no such host',
    ],
    [
      "http://mirror:8080",
      "govulncheck: unrecognized vulndb format; see https://go.dev/security/vuln/database#api for accepted schema\n",
      "http://mirror:8080 is not available: no answer, or no database, at http://mirror:8080/index/modules.json.gz",
    ],
    [
      "file:///src/vulndb",
      "govulncheck: unrecognized vulndb format; see https://go.dev/security/vuln/database#api for accepted schema\n",
      "file:///src/vulndb is not available: the folder has no index/modules.json",
    ],
  ])("%s", async (vulnerabilityDatabase, stderr, message) => {
    const { recorded } = await session({ code: 1, stderr })
    const check = recorded.run(() => goImage({ vulnerabilityDatabase }).vulncheck(dag.directory()))
    await expect(check).rejects.toThrow(message + help)
  })
})

test("lint without a configuration runs nothing", async () => {
  const { recorded, commands } = await session()
  const said = await recorded.run(() => new GoImage().findings(CheckName.Lint, dag.directory()))
  expect(said).toBe("no .golangci.yml, .yaml, .toml or .json: nothing to lint\n")
  expect(commands).toEqual([])
})

test("tests meet the services and variables that they were given, and images do not", async () => {
  const { recorded, commands } = await session()
  const image = await recorded.run(async () => {
    const testEnvironment = ["DATABASE_URL=postgres://db"]
    const postgres = dag.container().from("postgres:17").asService()
    const module = goImage({ testEnvironment }).withService("db", postgres)
    await module.test(dag.directory())
    return recorded.chainOf(await module.debian(dag.directory()))
  })
  const names = (chain: Chain | undefined) => chain?.map(({ name }) => name) ?? []
  const variable = { name: "DATABASE_URL", value: "postgres://db" }
  expect(names(commands[0])).toContain("withServiceBinding")
  expect(commands[0]).toContainEqual({ name: "withEnvVariable", args: variable })
  expect(names(image)).not.toContain("withServiceBinding")
  expect(JSON.stringify(image)).not.toContain("DATABASE_URL")
})

test("one more service leaves the module that it was added to as it was", async () => {
  const { recorded, commands } = await session()
  await recorded.run(async () => {
    const service = (image: string) => dag.container().from(image).asService()
    const module = goImage({ testService: service("postgres:17"), testServiceName: "db" })
    await module.withService("queue", service("nats:2")).test(dag.directory())
    await module.test(dag.directory())
  })
  const names = (chain: Chain | undefined) =>
    chain?.filter(({ name }) => name === "withServiceBinding").map(({ args }) => args["alias"])
  expect(commands.map(names)).toEqual([["db", "queue"], ["db"]])
})

test("settings of the constructor are in the plan", async () => {
  const { recorded } = await session()
  const settings = {
    environment: ["A=b=c"],
    linkerValues: ["main.version=1 2"],
    buildTags: ["netgo"],
    drop: ["web"],
  }
  const plan = await recorded.run(() => goImage(settings).plan(dag.directory()))
  expect(plan).toContain("-X 'main.version=1 2'")
  expect(plan).toContain("-tags=netgo")
  expect(JSON.parse(plan)).toMatchObject({
    image: { environment: expect.arrayContaining([{ name: "A", value: "b=c" }]) as unknown },
  })
})

test("a custom base is the caller's container itself", async () => {
  const { recorded } = await session()
  const chain = await recorded.run(async () => {
    const base = dag.container().from("alpine:3.22").withNewFile("/motd", "hello")
    return recorded.chainOf(await new GoImage().custom(base, dag.directory()))
  })
  expect(chain.slice(0, 3).map(({ name }) => name)).toEqual(["container", "from", "withNewFile"])
})

describe("publish", () => {
  const pushing = async (answer: (chain: Chain) => unknown) => {
    const directory = await answersOf(new LocalSource("examples/hello-web"))
    return new RecordedSession((chain) => {
      const last = chain.at(-1)?.name
      if (last === "plaintext") return "x"
      return last === "publish" ? answer(chain) : directory(chain)
    })
  }
  const secret = () => dag.setSecret("password", "x")

  test("logs in to the one registry of the addresses", async () => {
    const pushed: Chain[] = []
    const recorded = await pushing((chain) => pushed.push(chain) && "r@sha256:0")
    await recorded.run(() =>
      new GoImage().publish(
        ["r.io/a:1", "r.io/b:1"],
        dag.directory(),
        "me",
        secret(),
        undefined,
        undefined,
        false,
      ),
    )
    const logins = pushed.map((chain) => chain.find(({ name }) => name === "withRegistryAuth"))
    expect(logins.map((login) => login?.args["address"])).toEqual(["r.io", "r.io"])
  })

  test("a password that is not there is told before anything is built", async () => {
    const recorded = new RecordedSession((chain) => {
      if (chain.at(-1)?.name !== "plaintext") throw new Error("asked for more")
      throw new Error('rpc error: code = Unknown desc = secret env var not found: "TOK..."')
    })
    await expect(
      recorded.run(() => new GoImage().publish(["r.io/a:1"], dag.directory(), "me", secret())),
    ).rejects.toThrow(
      /^the password is not available: secret env var not found: "TOK\.\.\." \(--password\)\nGive it as env:NAME/,
    )
  })

  test("pushes one image for several platforms, each compiled for its own", async () => {
    const pushed: Chain[] = []
    const recorded = await pushing((chain) => pushed.push(chain) && "r.io/a:1@sha256:0")
    const platforms = ["linux/amd64", "linux/arm64"] as Platform[]
    await recorded.run(() =>
      new GoImage().publish(["r.io/a:1"], dag.directory(), undefined, undefined, platforms),
    )
    expect(pushed).toHaveLength(1)
    const variants = pushed[0]?.at(-1)?.args["platformVariants"]
    expect(variants).toHaveLength(2)
    expect(JSON.stringify(variants)).toMatch(/"amd64".*"arm64"/)
  })

  test.each([
    [
      "one of the two",
      ["r.io/a:1"],
      "me",
      false,
      /^a username for the registry without a password/,
    ],
    [
      "several registries",
      ["r.io/a:1", "a/b:1"],
      "me",
      true,
      /^one password for several registries: r.io, docker.io/,
    ],
  ])("refuses a login: %s", async (_, addresses, username, withSecret, message) => {
    const recorded = await pushing(() => "")
    const published = recorded.run(() =>
      new GoImage().publish(
        addresses,
        dag.directory(),
        username,
        withSecret ? secret() : undefined,
      ),
    )
    await expect(published).rejects.toThrow(message)
  })

  test.each([
    ["connection refused", /^cannot push to r\.io\/a:1: .*connection refused.*\nCheck the address/],
    ["401 Unauthorized", /^cannot push to r\.io\/a:1: .*401 Unauthorized.*\nThe registry needs/],
  ])("says which address failed, and what to do: %s", async (reason, message) => {
    const recorded = await pushing(() => {
      throw new Error(reason)
    })
    const published = recorded.run(() => new GoImage().publish(["r.io/a:1"], dag.directory()))
    await expect(published).rejects.toThrow(message)
  })
})

test.each([
  ["with a service are run each time", true],
  ["without one are not, where nothing changed", false],
])("tests %s", async (_, isBound) => {
  const { recorded, commands } = await session()
  await recorded.run(async () => {
    const module = new GoImage()
    const service = dag.container().asService()
    await (isBound ? module.withService("db", service) : module).test(dag.directory())
  })
  const variables = commands
    .flat()
    .flatMap(({ name, args }) => (name === "withEnvVariable" ? [args["name"]] : []))
  expect(variables.includes("TEST_AS_OF")).toBe(isBound)
})

describe("test-list", () => {
  const listing = async (code: number) => {
    const directory = await answersOf(new LocalSource("examples/idgen"))
    return new RecordedSession((chain) => {
      const last = chain.at(-1)?.name
      if (last === "exitCode") return code
      if (last === "stdout") return ""
      if (last === "stderr") return "main_test.go:3:15: undefined: testing\n"
      const isList = chain.at(-2)?.args["path"] === "/report/tests.txt"
      if (last === "contents" && isList) return "example.com/idgen TestA\n"
      return directory(chain)
    })
  }

  test("gives the names that the command has left", async () => {
    const recorded = await listing(0)
    const list = await recorded.run(() => new GoImage().testList(dag.directory()))
    expect(list).toBe("example.com/idgen TestA\n")
  })

  test("fails with the compiler's words where the tests do not compile", async () => {
    const recorded = await listing(1)
    const list = recorded.run(() => new GoImage().testList(dag.directory()))
    await expect(list).rejects.toThrow(
      "tests could not be listed\nmain_test.go:3:15: undefined: testing",
    )
  })

  test("what is no shard is refused before anything runs", async () => {
    const recorded = await listing(0)
    const list = recorded.run(() =>
      new GoImage().testList(dag.directory(), ["./..."], undefined, "6/5"),
    )
    await expect(list).rejects.toThrow('not a shard: "6/5" (--shard)')
  })
})
