import { execFileSync } from "node:child_process"
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import type { InitFlags } from "../../../../../cli/commands/init/command.js"
import { init, type Ask } from "../../../../../cli/commands/init/init.js"
import { LocalSource } from "../../../../../cli/source/local-source.js"
import { ciProviderNames } from "../../../../../src/ci/providers.js"
import { detect } from "../../../../../src/detect/detect.js"
import type { Options } from "../../../../../src/options.js"
import { assemblePlan } from "../../../../../src/plan/assemble.js"
import { parseProjectToml } from "../../../../../src/settings/descriptor/project-toml.js"
import { printPlan } from "../../../../../src/plan/print.js"
import { temporaryFolder } from "../../temporary.js"
import { parseArguments } from "../../../../../cli/command-line/build-command.js"

function projectOf(example: string): string {
  const folder = join(temporaryFolder(), example)
  cpSync(join("examples", example), folder, { recursive: true })
  return folder
}

function repositoryOf(example: string, remote = "https://github.com/acme/shop"): string {
  const folder = projectOf(example)
  execFileSync("git", ["init", "--quiet", "--initial-branch=trunk", folder])
  execFileSync("git", ["-C", folder, "remote", "add", "origin", remote])
  return folder
}

async function run(
  folder: string,
  { options = {}, person, ...flags }: InitFlags & { options?: Options; person?: Ask } = {
    yes: true,
  },
): Promise<string[]> {
  const said: string[] = []
  const request = { ...parseArguments([folder], {}), options }
  const terminal = { say: (line: string) => said.push(line) }
  await init(request, flags, terminal, person && (() => Promise.resolve(person)))
  return said
}

const workflow = ".github/workflows/image.yml"
const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => !file.startsWith(".git/"))
    .sort()

async function planOf(folder: string): Promise<string> {
  const source = new LocalSource(folder, [])
  const { facts, settings } = await detect(source, { options: {}, environment: {} })
  return printPlan(assemblePlan(facts, settings))
}

/** Answers that differ from what would be taken. */
function answers(changes: Partial<Record<keyof Ask, unknown>> = {}) {
  const shown: string[] = []
  const asked: string[] = []
  const answer = (name: keyof Ask, otherwise: unknown) => (found: unknown) => {
    asked.push(name)
    const value = name in changes ? changes[name] : (otherwise ?? found)
    if (value instanceof Error) throw value
    return Promise.resolve(value)
  }
  const ask = {
    begin: () => undefined,
    end: (line: string) => shown.push(line),
    tell: (line: string) => shown.push(line),
    show: (title: string, content: string) => shown.push(`${title}\n${content}`),
    runtime: answer("runtime", undefined),
    port: answer("port", undefined),
    healthCheck: answer("healthCheck", ""),
    eachProgram: answer("eachProgram", false),
    privateModules: answer("privateModules", ""),
    provider: answer("provider", undefined),
    agree: (message: string, initial: boolean) => {
      asked.push(message)
      return "agree" in changes ? answer("agree", initial)(initial) : Promise.resolve(initial)
    },
  } as unknown as Ask
  return { ask, shown, asked }
}

describe("with --yes", () => {
  it("writes project.toml and the pipeline file of the provider that is known", async () => {
    const folder = repositoryOf("hello-web")
    const said = await run(folder)
    expect(said.at(-1)).toMatch(/^next: .*\/hello-web --run$/)
    expect(said.at(-3)).toMatch(/^wrote .*hello-web\/project\.toml$/)
    const [first] = readFileSync(join(folder, "project.toml"), "utf8").split("\n")
    expect(first).toMatch(/^#:schema https:\/\/\S+\/docs\/project\.schema\.json$/)
    expect(readFileSync(join(folder, workflow), "utf8")).toContain("branches: [trunk]")
  })

  it("twice in a row changes nothing", async () => {
    const folder = repositoryOf("hello-web")
    await run(folder)
    const before = filesOf(folder).map((file) => [file, readIfFile(join(folder, file))])
    expect((await run(folder)).join("\n")).toContain("image.yml is up to date")
    expect(filesOf(folder).map((file) => [file, readIfFile(join(folder, file))])).toEqual(before)
  })

  it("overwrites nothing that is there, unless it is told to", async () => {
    const folder = repositoryOf("hello-web")
    mkdirSync(join(folder, ".github/workflows"), { recursive: true })
    writeFileSync(join(folder, "project.toml"), "[go-image]\nport = 9000 # mine\n")
    writeFileSync(join(folder, workflow), "# mine\n")
    const said = (await run(folder)).join("\n")
    expect(said).toContain(
      "project.toml exists and was not changed (--force writes it again): port",
    )
    expect(said).toContain("image.yml exists and was not changed (--force")
    expect(readFileSync(join(folder, "project.toml"), "utf8")).toContain("# mine")
    expect(readFileSync(join(folder, workflow), "utf8")).toBe("# mine\n")
    await run(folder, { yes: true, force: true, options: { runtime: "scratch" } })
    expect(readFileSync(join(folder, "project.toml"), "utf8")).toMatch(
      /\n\[go-image\]\nruntime = "scratch"\n$/,
    )
    expect(readFileSync(join(folder, workflow), "utf8")).toMatch(/^name: image$/m)
  })

  it("adds what a project.toml lacks, and says what it has", async () => {
    const folder = repositoryOf("hello-web")
    const file = join(folder, "project.toml")
    writeFileSync(file, "[go-image]\nport = 9000 # mine\n")
    const options = { runtime: "scratch", port: ["80"] }
    const said = (await run(folder, { yes: true, options })).join("\n")
    expect(said).toContain('project.toml has port; added: runtime = "scratch"')
    expect(said).toContain("not written, as project.toml says it already: port = 80")
    expect(readFileSync(file, "utf8")).toBe('[go-image]\nruntime = "scratch"\nport = 9000 # mine\n')
  })

  it("says of a repository with targets what each builds, and where the provider is from", async () => {
    const folder = repositoryOf("hello-web")
    const text = '[[go-image.targets]]\nname = "web"\npackages = ["."]\nport = 81\n'
    writeFileSync(join(folder, "project.toml"), text)
    const said = await run(folder)
    expect(said).toContain("target web: ., port 81")
    expect(said).toContainEqual(expect.stringMatching(/not changed .*: targets web$/))
    expect(said).toContainEqual(expect.stringMatching(/^provider: GitHub Actions \((?!--provider)/))
    expect(said.at(-1)).toMatch(/\/hello-web --target web --run$/)
    expect(readFileSync(join(folder, "project.toml"), "utf8")).toBe(text)
    expect(readFileSync(join(folder, workflow), "utf8")).toContain("target: all")
  })

  it("makes a target of each program where nothing says which is meant, and then each is built", async () => {
    const folder = temporaryFolder()
    for (const name of ["services/web", "jobs/web", "jobs/Mail_Out", "tools/gen"]) {
      mkdirSync(join(folder, name), { recursive: true })
      writeFileSync(join(folder, name, "main.go"), "package main\n\nfunc main() {}\n")
      writeFileSync(join(folder, name, "go.mod"), `module example.com/${name}\n\ngo 1.25\n`)
    }
    const said = await run(folder)
    expect(said).toContain("3 programs, an image of each:")
    const { targets } = parseProjectToml(readFileSync(join(folder, "project.toml"), "utf8"))
    expect([...targets.keys()]).toEqual(["mail_out", "jobs-web", "services-web"])
    for (const target of targets.keys()) {
      const source = new LocalSource(folder, [])
      const { facts, settings } = await detect(source, { options: {}, environment: {}, target })
      expect(assemblePlan(facts, settings).binaries).toHaveLength(1)
    }
    // And again: nothing to add.
    expect((await run(folder)).join("\n")).toContain("project.toml exists and was not changed")
  })

  it("offers what a Dockerfile says, and writes it where a person agrees", async () => {
    const folder = projectOf("hello-web")
    const dockerfile = "FROM golang AS b\nRUN go build -o /x .\nFROM debian\nCOPY --from=b /x /x\n"
    writeFileSync(join(folder, "Dockerfile"), `${dockerfile}STOPSIGNAL SIGINT\nENTRYPOINT ["/x"]\n`)
    const said = (await run(folder)).join("\n")
    expect(said).toMatch(
      /^Dockerfile: .* import .* --write writes .*:\n {2}stop-signal = "SIGINT"$/m,
    )
    const file = join(folder, "project.toml")
    expect(readFileSync(file, "utf8")).not.toContain("SIGINT")
    rmSync(file)
    const { ask, asked } = answers({ provider: "none", agree: true })
    await run(folder, { person: ask })
    expect(asked).toContain("Take these settings over?")
    expect(readFileSync(file, "utf8")).toContain('stop-signal = "SIGINT"')
  })

  it("keeps what was imported, where no option or answer says otherwise", async () => {
    const folder = projectOf("hello-web")
    const dockerfile = "FROM golang AS b\nRUN go build -o /x .\nFROM alpine\nCOPY --from=b /x /x\n"
    writeFileSync(join(folder, "Dockerfile"), `${dockerfile}STOPSIGNAL SIGINT\nENTRYPOINT ["/x"]\n`)
    // As a command line without them has them.
    const options: Options = { stopSignal: undefined, runtime: undefined, port: [] }
    const { ask } = answers({ provider: "none", agree: true })
    await run(folder, { person: ask, options })
    expect(readFileSync(join(folder, "project.toml"), "utf8")).toContain('stop-signal = "SIGINT"')
  })

  it("an example of a setting goes where the setting is written", async () => {
    const folder = projectOf("hello-web")
    const file = join(folder, "project.toml")
    await run(folder)
    expect(readFileSync(file, "utf8")).toContain('# runtime = "distroless"')
    await run(folder, { yes: true, options: { runtime: "scratch" } })
    const text = readFileSync(file, "utf8")
    expect(text).toContain('[go-image]\nruntime = "scratch"\n# health-check')
    expect(text.match(/runtime =/g)).toHaveLength(1)
  })

  describe("of a program that does not say where it listens", () => {
    const listens =
      'package main\n\nimport (\n\t"net/http"\n\t"os"\n)\n\nfunc main() { http.ListenAndServe(os.Args[1], nil) }\n'
    const assumed = "# port = 8080 # assumed: the code does not say where it listens\n"
    const files = (folder: string, given: Record<string, string>) => {
      for (const [path, content] of Object.entries(given)) {
        mkdirSync(join(folder, path, ".."), { recursive: true })
        writeFileSync(join(folder, path), content)
      }
      return folder
    }
    const goMod = "module example.com/shop\n\ngo 1.25\n"

    it("an assumed port is called that, until one is given", async () => {
      const folder = files(temporaryFolder(), { "go.mod": goMod, "main.go": listens })
      expect(await run(folder)).toContain(
        "port: 8080 (assumed: the code does not say where it listens; --port sets it)",
      )
      const file = join(folder, "project.toml")
      expect(readFileSync(file, "utf8")).toContain(assumed)
      const before = JSON.parse(await planOf(folder)) as { image: { ports: string[] } }
      expect(before.image.ports).toEqual(["8080/tcp"])
      await run(folder, { yes: true, options: { port: ["9000"] } })
      expect(readFileSync(file, "utf8")).not.toContain("assumed")
      expect(readFileSync(file, "utf8")).toContain("[go-image]\nport = 9000\n")
      rmSync(file)
      await run(folder, { yes: true, options: { port: ["9000"] } })
      expect(readFileSync(file, "utf8")).not.toContain("assumed")
    })

    it("its target has it as a comment, and others have none", async () => {
      const folder = files(temporaryFolder(), {
        "go.mod": goMod,
        "svc/a/main.go": listens,
        "svc/b/main.go": listens.replace("os.Args[1]", '":9001"').replace('\t"os"\n', ""),
        "svc/c/main.go": "package main\n\nfunc main() { println() }\n",
      })
      const said = await run(folder)
      expect(said.slice(2, 5)).toEqual([
        "  a: ./svc/a, port 8080 (assumed)",
        "  b: ./svc/b, port 9001",
        "  c: ./svc/c",
      ])
      const text = readFileSync(join(folder, "project.toml"), "utf8")
      expect(text).toContain(`name = "a"\npackages = ["./svc/a"]\n${assumed}\n`)
      expect(text.match(/# port/g)).toHaveLength(1)
      expect(text).toContain("`go-image explain . --target a` says what, and why.")
      expect(text).toContain("# For all targets; a target's own settings come first.\n[go-image]\n")
      expect((await run(folder)).slice(1, 3)).toEqual([
        "target a: ./svc/a, port 8080 (assumed)",
        "target b: ./svc/b, port 9001",
      ])
    })
  })

  it.each([true, false])("in a folder of the project finds its root (Git: %s)", async (isGit) => {
    const folder = isGit ? repositoryOf("orders") : projectOf("orders")
    await run(join(folder, "cmd/api"))
    expect(existsSync(join(folder, "project.toml"))).toBe(true)
    expect(existsSync(join(folder, "cmd/api/project.toml"))).toBe(false)
    expect(existsSync(join(folder, workflow))).toBe(isGit)
  })

  it("a project in a folder of its repository has its settings there, and its pipeline at the root", async () => {
    const root = temporaryFolder()
    cpSync("examples/hello-web", join(root, "services/web"), { recursive: true })
    execFileSync("git", ["init", "--quiet", root])
    await run(join(root, "services/web"), { yes: true, provider: "gitlab" })
    expect(existsSync(join(root, "services/web/project.toml"))).toBe(true)
    expect(readFileSync(join(root, ".gitlab-ci.yml"), "utf8")).toContain(
      " services/web --check=test",
    )
  })

  it("writes no pipeline where no provider is known, or none is wanted", async () => {
    const unknown = projectOf("hello-web")
    expect((await run(unknown)).join("\n")).toContain("no CI provider is known here")
    const unwanted = repositoryOf("hello-web")
    await run(unwanted, { yes: true, provider: "none" })
    for (const folder of [unknown, unwanted]) {
      expect(filesOf(folder).filter((file) => file.startsWith("."))).toEqual(
        [".git"].filter(() => folder === unwanted),
      )
      expect(existsSync(join(folder, "project.toml"))).toBe(true)
    }
  })

  it.each<[string, Options, RegExp]>([
    ["a runtime that is not known", { runtime: "nope" }, /runtime "nope"/],
    [
      "what only a caller may say",
      { registryMirror: ["a=b"] },
      /never from project.toml: --registry-mirror/,
    ],
    ["a port that is none", { port: ["http"] }, /not a port/],
  ])("%s is refused before anything is written", async (_, options, message) => {
    const folder = repositoryOf("hello-web")
    const before = filesOf(folder)
    await expect(run(folder, { yes: true, options })).rejects.toThrow(message)
    expect(filesOf(folder)).toEqual(before)
  })

  it("writes nothing at all where one of the files cannot be written", async () => {
    const folder = repositoryOf("hello-web")
    writeFileSync(join(folder, ".github"), "a file in the folder's place\n")
    await expect(run(folder)).rejects.toThrow()
    expect(filesOf(folder).filter((file) => /project\.toml/.test(file))).toEqual([])
  })
})

/** Each example, and each provider: one has nothing to do with the other. */
const written = ciProviderNames.map((provider, index): [string, typeof provider] => {
  const examples = ["hello-web", "shortlinks", "orders", "guestbook", "idgen", "ledger"]
  return [examples[index % examples.length] ?? "", provider]
})

it.each(written)("what is written for %s (%s) builds the same image", async (example, provider) => {
  const folder = repositoryOf(example)
  const before = await planOf(folder)
  await run(folder, { yes: true, provider })
  expect(filesOf(folder).length).toBeGreaterThan(readdirSync(join("examples", example)).length)
  expect(await planOf(folder)).toBe(before)
})

describe("a person", () => {
  it("who takes what is proposed gets what --yes writes", async () => {
    const [asked, unasked] = [repositoryOf("orders"), repositoryOf("orders")]
    const { ask, shown } = answers()
    await run(asked, { person: ask })
    await run(unasked)
    for (const file of ["project.toml", workflow]) {
      expect(readFileSync(join(asked, file), "utf8")).toBe(
        readFileSync(join(unasked, file), "utf8"),
      )
      // Seen before it was agreed to.
      expect(shown.join("\n")).toContain(readFileSync(join(asked, file), "utf8").trimEnd())
    }
  })

  it("gets what was chosen into the files, and into the plan", async () => {
    const folder = repositoryOf("orders")
    const chosen = {
      runtime: "distroless",
      healthCheck: "/healthz",
      privateModules: "github.com/acme/*, gitlab.com/acme/lib",
      eachProgram: true,
      provider: "gitlab",
    }
    await run(folder, { person: answers(chosen).ask })
    expect(readFileSync(join(folder, "project.toml"), "utf8")).toContain(`[go-image]
runtime = "distroless"
health-check = "/healthz"
private-modules = ["github.com/acme/*", "gitlab.com/acme/lib"]

[[go-image.targets]]
name = "api"
packages = ["./cmd/api"]
`)
    const pipeline = readFileSync(join(folder, ".gitlab-ci.yml"), "utf8")
    expect(pipeline).toContain("--target=all")
    expect(pipeline).toContain("--token=github.com=env:MODULES_TOKEN_GITHUB_COM")
    expect(await planOf(folder)).toContain("distroless")
  })

  it("is not asked what options say", async () => {
    const { ask, asked } = answers()
    const options: Options = {
      runtime: "scratch",
      healthCheck: "/up",
      privateModules: ["a.example/*"],
    }
    await run(repositoryOf("hello-web"), { person: ask, provider: "gitlab", options })
    expect(asked).toEqual([
      expect.stringMatching(/^Write .*project\.toml and .*\.gitlab-ci\.yml\?$/),
    ])
  })

  it("who does not agree, or leaves, gets nothing written", async () => {
    for (const changes of [
      { agree: false },
      { provider: new Error("left") },
      { agree: new Error("left") },
    ]) {
      const folder = repositoryOf("hello-web")
      const before = filesOf(folder)
      await run(folder, { person: answers(changes).ask }).catch((error: Error) => {
        expect(error.message).toBe("left")
      })
      expect(filesOf(folder)).toEqual(before)
    }
  })

  it("without a terminal is told of --yes", async () => {
    await expect(run(repositoryOf("hello-web"), {})).rejects.toThrow(
      /no terminal[^]*--yes takes the defaults/,
    )
  })
})

function readIfFile(path: string): string {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return ""
  }
}
