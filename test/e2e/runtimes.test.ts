import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createServer, type Server } from "node:https"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { afterAll, beforeAll, describe, expect, it } from "vitest"

import { connect } from "../../cli/engine/choose.js"
import type { Engine } from "../../cli/engine/engine.js"
import { Bases, type BaseName } from "../conformance/bases.js"
import { buildKit, Workshop, type Built, type Project } from "../conformance/builds.js"
import { prepareRuntime } from "./runtime.js"

const folder = mkdtempSync(join(tmpdir(), "go-image-runtimes-"))
const workshop = new Workshop(buildKit, folder, new Bases(join(folder, "bases")))

/** One that our images are to trust, and one that they are not. */
const servers: Server[] = []

/** Held, so that the engine does not start anew for each build. */
let engine: Engine | undefined

beforeAll(async () => {
  await prepareRuntime()
  engine = await connect({ report: { say: (line) => console.log(line) } })
  for (const name of ["trusted", "untrusted"]) servers.push(await serve(name))
})

afterAll(async () => {
  await engine?.close()
  for (const server of servers) server.close()
  rmSync(folder, { recursive: true })
})

async function serve(name: string): Promise<Server> {
  const read = (file: string) =>
    readFileSync(new URL(`../conformance/tls/${file}`, import.meta.url))
  const server = createServer(
    { key: read("server.key"), cert: read(`${name}.pem`) },
    (_, response) => response.end(`answer of the ${name} server`),
  )
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  return server
}

/** As a container reaches them, which has a network of its own. */
function addresses(): string[] {
  return servers.map(
    (server) => `https://host.docker.internal:${(server.address() as AddressInfo).port}`,
  )
}

interface Runtime {
  option: string
  /** What users get; undefined for nothing at all. */
  base: string | undefined
  builder: string
  /** For those that not every machine can pull. */
  standIn?: BaseName
  uid: number
  user: string
  home: string
  shell: boolean
  /** 12:00 in UTC, as local time where the image's environment has a TZ. */
  local?: string
}

const nonroot = { uid: 65532, user: "nonroot", shell: false }

const runtimes: Runtime[] = [
  {
    option: "debian",
    base: "debian:bookworm-slim",
    builder: "golang:1.25",
    uid: 1000,
    user: "app",
    home: "/app",
    shell: true,
  },
  {
    option: "ubuntu",
    base: "ubuntu:24.04",
    builder: "golang:1.25",
    standIn: "ubuntu",
    uid: 1001,
    user: "appuser",
    home: "/app",
    shell: true,
    local: "12:00 UTC",
  },
  {
    option: "dhi",
    base: "dhi.io/golang:1.25",
    builder: "dhi.io/golang:1.25-dev",
    standIn: "dhi",
    ...nonroot,
    home: "/home/nonroot",
  },
  {
    option: "distroless",
    base: "gcr.io/distroless/static-debian12:nonroot",
    builder: "golang:1.25",
    standIn: "distroless",
    ...nonroot,
    home: "/home/nonroot",
  },
  {
    option: "chainguard",
    base: "cgr.dev/chainguard/static:latest",
    builder: "golang:1.25",
    standIn: "chainguard",
    ...nonroot,
    home: "/home/nonroot",
  },
  { option: "scratch", base: undefined, builder: "golang:1.25", ...nonroot, home: "/app" },
  {
    option: "registry.example.com/team/base:1",
    base: "registry.example.com/team/base:1",
    builder: "golang:1.25",
    standIn: "own",
    ...nonroot,
    home: "/app",
    shell: true,
    // As that base has it in its environment.
    local: "21:00 JST",
  },
]

function probe({ option, base, builder, standIn }: Runtime): Project {
  const bases = { [builder]: "golang", ...(standIn && base ? { [base]: standIn } : {}) } as const
  return { source: "probe", options: { runtime: option }, bases }
}

interface Report {
  uid: number
  writes: string[]
  answers: string[]
  local: string
}

async function report(built: Built, options: Parameters<Built["output"]>[0] = {}): Promise<Report> {
  return JSON.parse(await built.output(options)) as Report
}

describe.concurrent.each(runtimes)("the runtime $option", (runtime) => {
  const built = () => workshop.build(probe(runtime))

  it("stands on the image that it says", async () => {
    const { stages } = await built().plan()
    const base = stages.find(({ name }) => name === "base")
    expect(base?.from).toEqual(
      runtime.base === undefined ? { scratch: true } : { image: runtime.base },
    )
    const build = stages.find(({ name }) => name === "build")
    expect(build?.from).toMatchObject({ image: runtime.builder })
  })

  it("gives the program its user, a place to write, zones and certificates", async () => {
    const found = await report(built(), { args: addresses(), env: { TZ: "Asia/Tokyo" } })
    expect(found).toEqual({
      arguments: addresses(),
      uid: runtime.uid,
      gid: runtime.uid,
      user: runtime.user,
      home: runtime.home,
      folder: "/app",
      shell: runtime.shell,
      berlin: "14:00 CEST",
      local: "21:00 JST",
      writes: ["/app", runtime.home, "/tmp"],
      answers: [
        "answer of the trusted server",
        expect.stringMatching(/certificate signed by unknown authority$/),
      ],
    })
  })

  const { local } = runtime
  if (local !== undefined) {
    it("has the time zone that its environment says", async () => {
      expect((await report(built())).local).toBe(local)
    })
  }

  it("has none of its base's programs and arguments to run", async () => {
    const { Entrypoint, Cmd, User } = (await built().image()).run
    expect({ Entrypoint, Cmd: Cmd ?? [], User }).toEqual({
      Entrypoint: [runtime.base === "ubuntu:24.04" ? "/usr/local/bin/app" : "/app/probe"],
      Cmd: [],
      User: `${runtime.uid}:${runtime.uid}`,
    })
  })

  it("runs as root where that is asked for, and only then", async () => {
    const { options, ...rest } = probe(runtime)
    const asRoot = workshop.build({ ...rest, options: { ...options, root: true } })
    const found = await report(asRoot, { args: addresses().slice(0, 1) })
    expect(found).toMatchObject({ uid: 0, gid: 0, answers: ["answer of the trusted server"] })
    expect(found.writes).toContain("/etc")
  })
})

describe.concurrent("a command with variables", () => {
  /** Everything that is expanded without a shell: bare, in quotes of both kinds, with defaults, beside other text. */
  const command = [
    "myapp",
    ...["$PORT", '"$PORT"', "'$PORT'", "\\$PORT", "${PORT}x", "x$PORT", '"${PORT}"y', "$PORT$PORT"],
    ...["a'b c'd", '"e \\"f\\" \\$g"', "''", '""', "h\\ i", "it\\'s"],
    ...["$LIST", '"$LIST"', "pre${LIST}post", '"$LIST"$LIST', "${LIST}${LIST}"],
    ...[
      "$NONE",
      '"$NONE"',
      "x$NONE",
      "$NONE''",
      "''$LIST",
      '$LIST""',
      "${NONE:-two words}",
      '"${NONE:-two words}"',
    ],
    ...[
      "${EMPTY:-of empty}",
      "${EMPTY-of unset}",
      '"${EMPTY-of unset}"',
      "${NONE-}",
      "${EMPTY:-}z",
    ],
  ].join(" ")

  const withCommand = (runtime: string): Built =>
    workshop.build({ source: "tiny", options: { runtime, command } })

  async function launchedWords(env: Record<string, string>): Promise<string[]> {
    return words(await withCommand("scratch").output({ env }))
  }

  /** In each of these environments: what the image's shell makes of the command. One container is enough for that. */
  async function shellWords(environments: Record<string, string>[]): Promise<string[][]> {
    const built = withCommand("debian")
    const line = (await built.image()).run.Cmd?.map(quote).join(" ")
    const commands = environments.map((environment) => {
      const assignments = Object.entries(environment).map(
        ([name, value]) => `${name}=${quote(value)}`,
      )
      return `${assignments.join(" ")} ${line}; echo end`
    })
    const output = await built.output({ entrypoint: ["/bin/sh", "-c", commands.join("\n")] })
    return output.split("end\n").slice(0, -1).map(words)
  }

  function quote(text: string): string {
    return `'${text.replaceAll("'", "'\\''")}'`
  }

  function words(output: string): string[] {
    return output
      .split("\n")
      .flatMap((line) => /^argument (.*)$/.exec(line)?.[1] ?? [])
      .map((quoted) => JSON.parse(quoted) as string)
  }

  it("is run by the shell where there is one, and by the launcher where there is none", async () => {
    expect((await withCommand("debian").image()).run.Cmd?.slice(0, 2)).toEqual(["/bin/sh", "-c"])
    const { run, files } = await withCommand("scratch").image()
    expect(run.Entrypoint?.[0]).toBe("/usr/local/bin/launch")
    expect(files.has("/bin/sh")).toBe(false)
    expect((await withCommand("debian").image()).files.has("/usr/local/bin/launch")).toBe(false)
  })

  it("gets PORT, and every word that was meant", async () => {
    const environment = { LIST: "one  two", EMPTY: "" }
    expect(await launchedWords(environment)).toEqual([
      ...["8080", "8080", "$PORT", "$PORT", "8080x", "x8080", "8080y", "80808080"],
      ...["ab cd", 'e "f" $g', "", "", "h i", "it's"],
      ...[
        "one",
        "two",
        "one  two",
        "preone",
        "twopost",
        "one  twoone",
        "two",
        "one",
        "twoone",
        "two",
      ],
      ...["", "x", "", "one", "two", "one", "two", "two", "words", "two words"],
      ...["of", "empty", "", "z"],
    ])
  })

  it("gets the same words from the launcher as from a shell", async () => {
    const environments: Record<string, string>[] = [
      {},
      { PORT: "9" },
      { LIST: "one  two", EMPTY: "" },
      { LIST: " \t leading and trailing \n", NONE: "not none" },
      { LIST: "", EMPTY: "not empty" },
      { LIST: "   " },
      { LIST: `"quotes' $PORT \`x\` \\ a=b`, NONE: "", PORT: "a b" },
    ]
    const expected = await shellWords(environments)
    for (const [index, environment] of environments.entries()) {
      const words = expected[index] ?? []
      expect(words.length).toBeGreaterThan(15)
      expect(await launchedWords(environment), JSON.stringify(environment)).toEqual(words)
    }
  })

  it("may name a program that is not there: the launcher says so", async () => {
    const built = workshop.build({
      source: "tiny",
      options: { runtime: "scratch", command: "$PROGRAM $PORT" },
    })
    expect(await built.end({ env: { PROGRAM: "/app/missing" } })).toEqual({
      code: 127,
      stdout: "",
      stderr: "launch: /app/missing: no such file or directory\n",
    })
  })
})

describe.concurrent("files that stay", () => {
  const files = {
    "README.md": "about it\n",
    "docs/guide.txt": "guide\n",
    "docs/example.go": "package docs\n",
    "web/src/page.ts": "source\n",
    "web/dist/page.js": "built\n",
  }

  async function below(built: Built): Promise<string[]> {
    const { files } = await built.image()
    return [...files].flatMap(([path, { type }]) =>
      type === "file" && path.startsWith("/app/") ? [path.slice("/app/".length)] : [],
    )
  }

  it("are those that are neither source nor of the build", async () => {
    const built = workshop.build({ source: "tiny", files, options: { runtime: "scratch" } })
    expect(await below(built)).toEqual([
      "docs/guide.txt",
      "myapp",
      "web/dist/page.js",
      "web/src/page.ts",
    ])
  })

  it("are more with keep, and fewer with drop", async () => {
    const options = {
      runtime: "scratch",
      keep: ["README.md", "docs/**/*.go"],
      drop: ["web/src", "**/guide.*"],
    }
    const built = workshop.build({ source: "tiny", files, options })
    expect(await below(built)).toEqual([
      "README.md",
      "docs/example.go",
      "myapp",
      "web/dist/page.js",
    ])
  })
})
