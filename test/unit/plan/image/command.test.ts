import { describe, expect, it } from "vitest"
import type { Options } from "../../../../src/options.js"
import { UserError } from "../../../../src/errors.js"
import { mains, planOf, project, type Files } from "../../support/project.js"

/** What the image runs, and what said so. */
async function run(files: Files, options: Options = {}) {
  const plan = await planOf(project(files), options)
  const { entrypoint, command } = plan.image
  const from = plan.decisions.find(({ what }) => what === "command")?.from
  return { runs: [...entrypoint, ...command], entrypoint, command, from }
}

async function message(files: Files, options: Options = {}): Promise<string> {
  const error: unknown = await planOf(project(files), options).catch((error: unknown) => error)
  return error instanceof UserError ? error.message : expect.fail("it was planned")
}

const one = mains(".")
const several = mains("./cmd/api", "./cmd/worker")
const procfile = (...lines: string[]) => ({ Procfile: lines.join("\n") })

describe("of several that say something,", () => {
  const files = {
    ...one,
    ...procfile("release: hello migrate", "web: hello serve", "worker: hello work"),
  }

  it.each<[string, Files, Options, string[], string]>([
    [
      "the option is the first",
      files,
      { command: "hello -x", process: "worker" },
      ["/app/hello", "-x"],
      "--command",
    ],
    [
      "then the Procfile's process that was asked for",
      files,
      { process: "worker" },
      ["/app/hello", "work"],
      "Procfile:3",
    ],
    [
      "also a release process",
      files,
      { process: "release" },
      ["/app/hello", "migrate"],
      "Procfile:1",
    ],
    ["then the web process", files, {}, ["/app/hello", "serve"], "Procfile:2"],
    [
      "then the only process but release",
      { ...one, ...procfile("release: hello migrate", "bot: hello bot") },
      {},
      ["/app/hello", "bot"],
      "Procfile:2",
    ],
    ["then the only program", one, {}, ["/app/hello"], "the only program"],
    [
      "the only program also where two processes are no web",
      { ...one, ...procfile("a: hello a", "b: hello b") },
      {},
      ["/app/hello"],
      "the only program",
    ],
    [
      "and where there is a release process alone",
      { ...one, ...procfile("release: hello migrate") },
      {},
      ["/app/hello"],
      "the only program",
    ],
    [
      "then the program named like the module",
      mains("./cmd/hello", "./cmd/seed"),
      {},
      ["/app/bin/hello"],
      "the program named like the module",
    ],
  ])("%s", async (_, files, options, runs, from) => {
    expect(await run(files, options)).toMatchObject({ runs, from })
  })
})

describe("a program is meant by", () => {
  it.each(["hello", "./hello", "bin/hello", "./bin/hello", "/app/hello"])(
    "%s, where it is the only one",
    async (name) => {
      expect((await run({ ...one, ...procfile(`web: ${name} -v`) })).runs).toEqual([
        "/app/hello",
        "-v",
      ])
    },
  )

  it.each(["api", "./api", "bin/api", "./bin/api", "/app/bin/api"])(
    "%s, where there are several",
    async (name) => {
      expect((await run({ ...several, ...procfile(`web: ${name} -v`) })).runs).toEqual([
        "/app/bin/api",
        "-v",
      ])
    },
  )

  it("the name that it would have, where it has another", async () => {
    const files = { ...one, "hello/a.txt": "", ...procfile("web: hello -v") }
    expect((await run(files)).runs).toEqual(["/app/app", "-v"])
    expect((await run(one, { binaryName: "server", command: "hello" })).runs).toEqual([
      "/app/server",
    ])
  })
})

describe("an absolute path that was written for another image", () => {
  it.each([
    [{}, "/bin/hello -v", ["/app/hello", "-v"]],
    [{ runtime: "scratch" }, "/usr/local/bin/hello", ["/app/hello"]],
    [{ runtime: "ubuntu" }, "/app/hello", ["/usr/local/bin/app"]],
    [{ runtime: "alpine:3.22" }, "/hello", ["/app/hello"]],
  ])("means the program of that name: %j %s", async (options, command, runs) => {
    const plan = await planOf(project({ ...one, ...procfile(`web: ${command}`) }), options)
    expect([...plan.image.entrypoint, ...plan.image.command]).toEqual(runs)
    expect(plan.notices).toContain(
      `Procfile:1: ${command.split(" ")[0]} is ${runs[0]} in this image`,
    )
  })

  it("is left to the base where it has a program of that name", async () => {
    const files = { "go.mod": "module example.com/env\n\ngo 1.25\n", ...mains("./cmd/env") }
    expect((await run(files, { command: "/usr/bin/env A=b env" })).runs[0]).toBe("/usr/bin/env")
  })

  it.each([
    ["distroless", "/bin/server"],
    ["scratch", "/bin/sh"],
    ["debian", "/app/server"],
    ["scratch", "/app/start.sh"],
  ])("is refused on %s where nothing is there: %s", async (runtime, command) => {
    expect(await message(one, { runtime, command })).toMatch(
      `the command's program is not in the image: ${command} (--command)`,
    )
  })

  it("may be a kept file's", async () => {
    const files = { ...one, "scripts/start.sh": "" }
    expect((await run(files, { command: "/app/scripts/start.sh" })).runs).toEqual([
      "/app/scripts/start.sh",
    ])
  })
})

describe("a container", () => {
  it("of one program takes arguments after the image's name", async () => {
    expect(await run({ ...one, ...procfile("web: hello -v 'a b'") })).toMatchObject({
      entrypoint: ["/app/hello"],
      command: ["-v", "a b"],
    })
  })

  it("of several programs takes arguments as well, and has all of them on its PATH", async () => {
    const plan = await planOf(project({ ...several, ...procfile("web: api -v") }))
    expect(plan.image).toMatchObject({ entrypoint: ["/app/bin/api"], command: ["-v"] })
    expect(plan.image.environment).toContainEqual({
      name: "PATH",
      value: expect.stringMatching(/^\/app\/bin:/) as string,
    })
  })
})

describe("arguments", () => {
  const asked = { entryArguments: ["--log", "a b"], defaultArguments: ["$X"] }

  it("stay, or can be replaced, behind those of the command", async () => {
    expect(await run({ ...one, ...procfile("web: hello serve") }, asked)).toMatchObject({
      entrypoint: ["/app/hello", "--log", "a b"],
      command: ["serve", "$X"],
    })
  })

  it("are as they are where the launcher expands others", async () => {
    const files = { ...one, ...procfile("web: hello :$PORT") }
    expect((await run(files, { ...asked, runtime: "scratch" })).runs).toEqual([
      "/usr/local/bin/launch",
      "/app/hello",
      ":$[PORT]",
      "--log",
      "a b",
      "$$X",
    ])
  })
})

describe("a shell", () => {
  it("puts variables in, and gives its place to the program", async () => {
    expect((await run({ ...one, ...procfile("web: ./hello -listen :$PORT") })).runs).toEqual([
      "/bin/sh",
      "-c",
      "exec /app/hello -listen :$PORT",
    ])
  })

  it("runs what only it can, programs named by their paths", async () => {
    const files = { ...several, ...procfile("web: worker once && A=b api | tee 'api.log'") }
    expect((await run(files)).runs).toEqual([
      "/bin/sh",
      "-c",
      "/app/bin/worker once && A=b /app/bin/api | tee 'api.log'",
    ])
  })

  it.each([
    ["worker once && api", "/app/bin/worker once && exec /app/bin/api"],
    ["worker once; api -v;", "/app/bin/worker once; exec /app/bin/api -v;"],
    ["worker once || A=b api", "/app/bin/worker once || A=b exec /app/bin/api"],
    ["worker & api > log 2>&1", "/app/bin/worker & exec /app/bin/api > log 2>&1"],
    ["cd /tmp && /bin/api", "cd /tmp && exec /app/bin/api"],
    ["worker | tee log && api", "/app/bin/worker | tee log && exec /app/bin/api"],
    ["api # | tee log", "exec /app/bin/api # | tee log"],
    ["worker && api # (trap", "/app/bin/worker && exec /app/bin/api # (trap"],
    ["worker && exec api", "/app/bin/worker && exec /app/bin/api"],
  ])("gives its place to the last program of a list: %s", async (command, script) => {
    const plan = await planOf(project(several), { command })
    expect(plan.image.command).toEqual(["/bin/sh", "-c", script])
    expect(plan.notices.join()).not.toContain("a shell stays")
  })

  it.each([
    "worker | api",
    "api &",
    "worker & wait",
    "(cd /tmp && api)",
    "if true; then api; fi",
    "worker && cd /tmp",
    "api $(worker; worker)",
  ])("stays where the last program cannot take its place, which is said: %s", async (command) => {
    const plan = await planOf(project(several), { command })
    expect(plan.image.command?.at(-1)).not.toContain("exec")
    expect(plan.notices).toContain(
      `--command: a shell stays the first process, and it does not pass on the signal that stops the container: ${command}`,
    )
  })

  it("is refused, with the programs that there are", async () => {
    const scratch = { runtime: "scratch", command: "nope" }
    expect(await message(one, scratch)).toBe(
      "the command's program is not in the image: nope (--command)\nThe command is: nope\nPrograms built here: hello\nUse that name, or name the program with --binary-name.",
    )
    expect(await message(several, scratch)).toContain(
      "\nPrograms built here: api, worker\nUse one of these names.",
    )
  })

  it("stays where the command looks after signals itself", async () => {
    const command = "trap 'kill $!' TERM; api & wait"
    const plan = await planOf(project(several), { command })
    expect(plan.image.command?.at(-1)).toBe("trap 'kill $!' TERM; /app/bin/api & wait")
    expect(plan.notices.join()).not.toContain("a shell stays")
  })

  it("is left out where its exec is all that there is", async () => {
    expect((await run({ ...one, ...procfile("web: exec ./hello -v") })).runs).toEqual([
      "/app/hello",
      "-v",
    ])
  })

  it("finds programs that something else starts", async () => {
    for (const command of [
      "env A=b hello",
      "timeout 5 hello",
      "sh -c hello",
      "cd /tmp && hello",
      "A=b hello",
    ]) {
      const plan = await planOf(project(one), { command })
      const path = plan.image.environment.find(({ name }) => name === "PATH")?.value
      expect([command, path]).toEqual([command, expect.stringMatching(/^\/app:/)])
    }
  })
})

describe("without a shell", () => {
  const distroless = { runtime: "distroless" }

  it("a plain command is run as it is", async () => {
    expect((await run({ ...one, ...procfile("web: ./hello -v") }, distroless)).runs).toEqual([
      "/app/hello",
      "-v",
    ])
  })

  it("the launcher puts variables in, and is in the image", async () => {
    const plan = await planOf(
      project({ ...one, ...procfile('web: ./hello -listen ":$PORT" $FLAGS') }),
      distroless,
    )
    expect(plan.image.entrypoint).toEqual([
      "/usr/local/bin/launch",
      "/app/hello",
      "-listen",
      ":${PORT}",
      "$[FLAGS]",
    ])
    expect(plan.stages.map(({ name }) => name)).toContain("launcher")
  })

  it("what needs a shell is refused, with the file and line", async () => {
    expect(await message({ ...one, ...procfile("", "web: hello | tee log") }, distroless)).toBe(
      [
        "the command needs a shell, but distroless has none: hello | tee log (Procfile:2)",
        "Use a runtime with a shell, such as debian, or a command without shell syntax; variables such as $PORT are fine.",
      ].join("\n"),
    )
  })
})

describe("a command may start with", () => {
  it.each([
    [
      "a script of the project",
      { "scripts/start.sh": "" },
      "./scripts/start.sh -v",
      ["./scripts/start.sh", "-v"],
    ],
    ["a script at the root", { "start.sh": "" }, "./start.sh", ["./start.sh"]],
    ["an absolute path", {}, "/usr/bin/env hello", ["/usr/bin/env", "hello"]],
    ["a shell", {}, "sh ./start.sh", ["sh", "./start.sh"]],
    ["a variable", {}, "$HOME/hello", ["/bin/sh", "-c", "exec $HOME/hello"]],
  ])("%s", async (_, files, command, runs) => {
    expect((await run({ ...one, ...files }, { command })).runs).toEqual(runs)
  })

  it.each([
    "server",
    "./server",
    "bin/server",
    "node index.js",
    "start.sh",
    "./scripts/start.sh",
    "hello/x",
  ])("no %s that is not there", async (command) => {
    expect(await message({ ...one, "start.sh": "" }, { command })).toBe(
      [
        `the command's program is not in the image: ${command.split(" ")[0]} (--command)`,
        `The command is: ${command}`,
        "Programs built here: hello",
        "Use that name, or name the program with --binary-name.",
      ].join("\n"),
    )
  })
})

describe("what says nothing is refused:", () => {
  it("an empty command", async () => {
    expect(await message(one, { command: "  " })).toBe("the command is empty (--command)")
    expect(await message(one, { command: "''" })).toBe("the command is empty (--command)")
  })

  it("a process that the Procfile has not", async () => {
    expect(
      await message({ ...one, ...procfile("web: hello", "worker: hello") }, { process: "clock" }),
    ).toBe('no process "clock" in the Procfile (--process)\nIt has: web, worker')
    expect(await message(one, { process: "clock" })).toBe(
      'no process "clock" in the Procfile (--process)\nThere is no Procfile, or it has no process.',
    )
  })

  it("several programs, with the ways to choose one", async () => {
    expect(await message(several)).toBe(
      [
        "2 programs, and it is not clear which one the image runs: api (./cmd/api), worker (./cmd/worker)",
        "Choose one, in any of these ways:",
        "  --command api: all are in the image, that one is run",
        "  --packages ./cmd/api: only that one is built",
        "  a Procfile with a line such as `web: api`",
        "  --target: an image of each, if project.toml lists them as [[go-image.targets]]",
      ].join("\n"),
    )
  })
})
