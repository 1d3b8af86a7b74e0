import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { dag, type Directory, type Workspace } from "@dagger.io/dagger"
import { describe, expect, test } from "vitest"
import { LocalSource } from "../../cli/source/local-source.js"
import { DaggerSource } from "../../src/dagger/source/dagger-source.js"
import { detect } from "../../src/detect/detect.js"
import { GoImage } from "../../src/index.js"
import { assemblePlan } from "../../src/plan/assemble.js"
import { printPlan } from "../../src/plan/print.js"
import { answersOf } from "../dagger/directory.js"
import { goImage } from "../dagger/module.js"
import { RecordedSession } from "../dagger/session.js"
import { temporaryFolder } from "./cli/image/make-archive.js"

const given = { options: {}, environment: {} }

test.each(["hello-web", "orders", "idgen", "guestbook"])(
  "a Directory gives the same facts as a local folder: %s",
  async (example) => {
    const local = new LocalSource(`examples/${example}`)
    const session = new RecordedSession(await answersOf(local))
    const detected = await session.run(() => detect(new DaggerSource(dag.directory()), given))
    expect(detected).toEqual(await detect(local, given))
  },
)

describe("what a user waits for is round trips to the engine, one after the other", () => {
  const requests = async (example: string, use: (source: Directory) => Promise<unknown>) => {
    const session = new RecordedSession(await answersOf(new LocalSource(`examples/${example}`)))
    await session.run(() => use(dag.directory()))
    return session.requests
  }
  const calls = {
    // Its ID, and all that there is.
    detection: (source: Directory) => detect(new DaggerSource(source), given),
    plan: (source: Directory) => new GoImage().plan(source),
    // Besides, an object's ID for each one that an operation takes (source, volumes, stages' files, the builder image for its
    // certificates), and the image's.
    image: async (source: Directory) => (await new GoImage().debian(source)).id(),
    builder: async (source: Directory) => (await new GoImage().builder(source)).id(),
  }
  test.each([
    ["hello-web", { detection: 2, plan: 2, image: 10, builder: 10 }],
    // Three programs.
    ["orders", { detection: 2, plan: 2, image: 10, builder: 10 }],
    ["guestbook", { detection: 2, plan: 2, image: 12, builder: 10 }],
  ])("%s: a new one is a reason to think again", async (example, expected) => {
    const found: Record<string, number> = {}
    for (const [name, use] of Object.entries(calls)) found[name] = await requests(example, use)
    expect(found).toEqual(expected)
  })

  test("a repository of 4,000 files in 20 modules takes no more of them, and no list of its files", async () => {
    const folder = temporaryFolder()
    for (let module = 0; module < 20; module++) {
      const path = join(folder, `services/s${module}`)
      for (const sub of ["a", "b"]) mkdirSync(join(path, sub), { recursive: true })
      writeFileSync(join(path, "go.mod"), `module example.com/s${module}\n\ngo 1.25\n`)
      writeFileSync(
        join(path, "main.go"),
        `package main\n\nimport _ "example.com/s${module}/a"\n\nfunc main() {}\n`,
      )
      for (let file = 0; file < 100; file++) {
        writeFileSync(
          join(path, file % 2 ? "a" : "b", `f${file}.go`),
          `package ${file % 2 ? "a" : "b"}\n`,
        )
        writeFileSync(join(path, "b", `f${file}.json`), "{}\n")
      }
    }
    const answers = await answersOf(new LocalSource(folder))
    let answered = 0
    const session = new RecordedSession((chain) => {
      const answer = answers(chain)
      answered += Array.isArray(answer) ? answer.length : 1
      return answer
    })
    const plan = await session.run(() =>
      goImage({ packages: ["./services/s7"] }).plan(dag.directory()),
    )
    expect(JSON.parse(plan)).toHaveProperty("binaries.0.package", "./services/s7")
    expect(session.requests).toBe(2)
    // An engine calls itself for each item of a list: the archive, its ID, and lists of which none has an item here.
    expect(answered).toBeLessThan(10)
  })

  test("the constructor, which runs at each call as a workspace is never the same one, asks nothing", async () => {
    const session = new RecordedSession()
    await session.run(() => {
      const ws = (dag as unknown as { currentWorkspace: () => Workspace }).currentWorkspace()
      goImage({ ws, packages: ["./cmd/api"], environment: ["A=b"] })
      return Promise.resolve()
    })
    expect(session.requests).toBe(0)
  })
})

test("plan gives the plan that the command line gives", async () => {
  const local = new LocalSource("examples/guestbook")
  const session = new RecordedSession(await answersOf(local))
  const printed = await session.run(() => new GoImage().plan(dag.directory()))
  const { facts, settings } = await detect(local, given)
  expect(printed).toBe(printPlan(assemblePlan(facts, settings)))
})

test("binary gives the program of the builder stage", async () => {
  const session = new RecordedSession(await answersOf(new LocalSource("examples/hello-web")))
  const chain = await session.run(async () =>
    session.chainOf(await new GoImage().binary(dag.directory())),
  )
  expect(chain.slice(0, 2)).toEqual([
    { name: "container", args: {} },
    { name: "from", args: { address: "golang:1.25" } },
  ])
  expect(chain.at(-1)).toEqual({ name: "file", args: { path: "/out/image/app/hello-web" } })
})

test("binary of several programs says how to choose one", async () => {
  const session = new RecordedSession(await answersOf(new LocalSource("examples/orders")))
  const binary = session.run(() => new GoImage().binary(dag.directory()))
  await expect(binary).rejects.toThrow(
    "3 programs are built: ./cmd/api, ./cmd/migrate, ./cmd/worker\nChoose one with --packages, or take all with `binaries`.",
  )
})

test("publish pushes the one image under each address", async () => {
  const pushed: unknown[] = []
  const answers = await answersOf(new LocalSource("examples/hello-web"))
  const session = new RecordedSession((chain) => {
    const last = chain.at(-1)
    if (last?.name !== "publish") return answers(chain)
    pushed.push(chain.slice(0, -1))
    return `${String(last.args["address"])}@sha256:0`
  })
  const published = await session.run(() =>
    goImage({ runtime: "scratch" }).publish(
      ["r.example.com/a:1", "r.example.com/a"],
      dag.directory(),
    ),
  )
  expect(published).toEqual(["r.example.com/a:1@sha256:0", "r.example.com/a:latest@sha256:0"])
  expect(pushed[0]).toEqual(pushed[1])
})

test("what is not an address is refused before anything is built", async () => {
  const session = new RecordedSession()
  const publish = session.run(() => new GoImage().publish(["r.example.com/A b"], dag.directory()))
  await expect(publish).rejects.toThrow("not an image reference: r.example.com/A b")
  expect(session.requests).toBe(0)
})

test("lock asks the engine what the tags are now, and keeps what it does not ask for", async () => {
  const project = new LocalSource("test/cases/locked-partly/project")
  const answers = await answersOf(project)
  const digest = (digit: string) => `sha256:${digit.repeat(64)}`
  const session = new RecordedSession((chain) => {
    const last = chain.at(-1)
    const address = String(chain.find(({ name }) => name === "from")?.args["address"])
    if (last?.name === "imageRef") {
      return `docker.io/library/${address}@${digest(address.startsWith("golang") ? "1" : "2")}`
    }
    return last?.name === "envVariable" ? "1.25.9" : answers(chain)
  })
  const chain = await session.run(async () =>
    session.chainOf(await new GoImage().lock(dag.directory())),
  )
  expect(chain.map(({ name }) => name)).toEqual(["directory", "withNewFile", "changes"])
  const { path, contents } = chain[1]!.args as Record<string, string>
  expect(path).toBe("go-image.lock")
  expect(contents!.split("\n").slice(-5, -1)).toEqual([
    "[images]",
    `"debian:bookworm-slim" = "debian:bookworm-slim@${digest("2")}"`,
    `"golang:1.24" = "golang:1.24.9@${digest("b")}"`,
    `"golang:1.25" = "golang:1.25.9@${digest("1")}"`,
  ])
})

test("the workspace is the source, without version control; a source that is given comes first", async () => {
  const session = new RecordedSession(await answersOf(new LocalSource("examples/hello-web")))
  const chains = await session.run(async () => {
    // The SDK of Dagger 1.0 has it no more, as no module may ask for it.
    const ws = (dag as unknown as { currentWorkspace: () => Workspace }).currentWorkspace()
    const other = dag.directory().withNewFile("x", "")
    const sources = [goImage({ ws }), goImage({ ws, source: other })]
    return Promise.all(
      sources.map((each) => session.chainOf((each as unknown as { source: Directory }).source)),
    )
  })
  expect(chains[0]).toEqual([
    { name: "currentWorkspace", args: {} },
    {
      name: "directory",
      args: { path: ".", exclude: ["**/.git", "**/.hg", "**/.svn", "**/.bzr", "**/.jj"] },
    },
  ])
  expect(chains[1]?.at(-1)?.name).toBe("withNewFile")
})

test("neither a workspace nor a source is one line", async () => {
  await expect(new GoImage().plan()).rejects.toThrow(
    "no Go project was given, and there is no workspace\nGive the folder",
  )
})

test("publish without an address says so", async () => {
  const publish = new RecordedSession().run(() => new GoImage().publish([], dag.directory()))
  await expect(publish).rejects.toThrow("no address to publish the image to")
})
