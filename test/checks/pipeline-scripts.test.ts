import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { Pipeline } from "../../src/ci/pipeline.js"
import { ciProviders, type CiProvider } from "../../src/ci/providers.js"
import { version } from "../../src/version.js"
import { action } from "../ci/action.js"
import { theLine } from "../ci/line.js"
import {
  credentials,
  environmentOf,
  gitHubJob,
  gitHubTag,
  modulesToken,
  providers,
  release,
  type JobName,
  type Provider,
} from "../ci/providers.js"
import { richProject } from "../ci/rich-project.js"
import { Runner, startOfPullRequest } from "../ci/stand-ins.js"
import { examplePipelines, exampleProject } from "../readme/pipelines.js"

const { engineVersion } = JSON.parse(readFileSync("dagger.json", "utf8")) as {
  engineVersion: string
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "go-image-pipeline-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

it("the committed examples are what `ci` prints", () => {
  for (const { path, text } of examplePipelines()) {
    expect(readFileSync(path, "utf8"), `${path}: bash script/readme writes it anew`).toBe(text)
  }
})

function pipelineOf({ name }: Provider, project: Pipeline): string {
  return (ciProviders[name] as CiProvider).write(project)
}

async function run(
  provider: Provider,
  project: Pipeline,
  name: JobName,
  checkStatus = 0,
  given: Record<string, string> = {},
) {
  const text = pipelineOf(provider, project)
  const job = await provider.job(text, name)
  const runner = new Runner(folder, checkStatus)
  if (provider.installs) runner.preinstall()
  return runner.run(provider.shell, job.script, { ...environmentOf(job, provider), ...given })
}

const withDagger = providers.filter(({ name }) => name !== "bitbucket")

describe.each(withDagger)("the pipeline for $name, with Dagger", (provider) => {
  const text = pipelineOf(provider, exampleProject)

  it("has the one line that all have", async () => {
    const { script } = await provider.job(text, "image")
    const commands = script.split("\n").map((command) => command.trim())
    // What would sign it is a comment, also to the shell.
    const active = commands.filter((command) => !command.startsWith("#"))
    expect(active.filter((command) => command.includes("dagger c"))).toEqual([theLine()])
  })

  it("installs the version of Dagger that the module is made for", async () => {
    const { installed = provider.installs?.(text) } = await run(provider, exampleProject, "image")
    expect(`v${installed}`).toBe(engineVersion)
  })

  it("runs: checks, then builds and publishes, with the password in the environment alone", async () => {
    const { code, output, calls } = await run(provider, exampleProject, "image")
    expect(code, output).toBe(0)
    expect(calls.map((call) => call.arguments)).toEqual([
      ["check"],
      [
        ...["call", "go-image", "publish", "--source=.", `--addresses=${provider.image}`],
        ...[`--username=${credentials.REGISTRY_USER}`, "--password=env://REGISTRY_PASSWORD"],
      ],
    ])
    // A shell that shows its commands, as Jenkins's does, does not show the password.
    expect(output).not.toContain(credentials.REGISTRY_PASSWORD)
    expect(calls[1]!.environment).toMatchObject({
      REGISTRY_PASSWORD: credentials.REGISTRY_PASSWORD,
    })
  })

  it("publishes nothing when a check fails", async () => {
    const { code, calls } = await run(provider, exampleProject, "image", 1)
    expect(code).not.toBe(0)
    expect(calls.map((call) => call.arguments)).toEqual([["check"]])
  })

  it("checks a pull request, and publishes nothing of it", async () => {
    const { code, output, calls } = await run(provider, exampleProject, "check")
    expect(code, output).toBe(0)
    expect(calls.map((call) => call.arguments)).toEqual([["check"]])
  })

  it("gives functions what targets and private modules need", async () => {
    const { code, output, calls } = await run(provider, richProject("dagger"), "image")
    expect(code, output).toBe(0)
    const [repository = "", commit = ""] = provider.image.split(":")
    const call = ["call", "go-image", "--token-hosts=github.com", "--tokens=env://MODULES_TOKEN"]
    expect(calls.map((each) => each.arguments)).toEqual([
      [...call, "vet", "--source=services/shop"],
      [
        ...[...call, "publish", "--source=services/shop", "--targets=all"],
        `--addresses=${repository}/{{.Target}}:${commit}`,
        ...[`--username=${credentials.REGISTRY_USER}`, "--password=env://REGISTRY_PASSWORD"],
      ],
    ])
    expect(calls[1]!.environment).toMatchObject({ MODULES_TOKEN: modulesToken })
    expect(output).not.toContain(modulesToken)
  })
})

const withDocker = providers.filter(({ name }) => name !== "github")

describe.each(withDocker)("the pipeline for $name, without Dagger", (provider) => {
  const project: Pipeline = { ...exampleProject, tool: "docker" }
  const cache = provider.image.replace(/:.*/, ":cache")
  const has = (option: string) => (provider.name === "bitbucket" ? [] : [`${option}=${cache}`])
  const npx = ["--yes", `go-image@${version}`, "."]
  const showsTests = ["gitlab", "circleci", "jenkins", "azure", "bitbucket"].includes(provider.name)
  const results = showsTests ? ["--test-report=test-results"] : []
  const login = [
    ...["login", "registry.example.com"],
    ...["--username", credentials.REGISTRY_USER, "--password-stdin"],
  ]
  // The cache may be private. Others have their credentials, if at all, in other jobs.
  const hasLogin = ["gitlab", "circleci", "jenkins", "bitbucket"].includes(provider.name)
  const logins = hasLogin ? [login] : []

  it("logs in, checks, then builds and pushes, with the password on standard input alone", async () => {
    const { code, output, calls } = await run(provider, project, "image")
    expect(code, output).toBe(0)
    expect(calls.map((call) => [call.program, ...call.arguments])).toEqual([
      ["docker", ...login],
      // Only who pushes writes the cache, of what tests compile, too.
      ["npx", ...npx, "--check=test", "--check=vet", ...has("--cache-image"), ...results],
      ["npx", ...npx, `--tag=${provider.image}`, "--push", ...has("--cache-image")],
    ])
    expect(calls[0]!.input).toBe(credentials.REGISTRY_PASSWORD)
    expect(output).toContain("registry.example.com/pushed@sha256:abc")
    // Jenkins shows each command with its variables replaced; it blanks out values of credentials.
    if (provider.name !== "jenkins") expect(output).not.toContain(credentials.REGISTRY_PASSWORD)
  })

  it("pushes nothing when a check fails", async () => {
    const { code, calls } = await run(provider, project, "image", 1)
    expect(code).not.toBe(0)
    expect(calls.flatMap((call) => call.arguments)).not.toContain("--push")
  })

  it("checks a pull request, and pushes nothing of it", async () => {
    const { code, output, calls } = await run(provider, project, "check")
    expect(code, output).toBe(0)
    expect(calls.map((call) => call.arguments)).toEqual([
      ...logins,
      [...npx, "--check=test", "--check=vet", ...has("--cache-from"), ...results],
      [...npx, ...has("--cache-from")],
    ])
  })

  it("fails where a check of a pull request fails, before it builds", async () => {
    const { code, calls } = await run(provider, project, "check", 1)
    expect(code).not.toBe(0)
    expect(calls).toHaveLength(logins.length + 1)
  })

  it("checks all of a monorepo's pull request, and builds the targets that it can alter", async () => {
    const rich = { ...richProject("docker"), checks: ["test", "vet"] }
    const of = [...npx.slice(0, 2), "services/shop", "--token=github.com=env:MODULES_TOKEN"]
    const { code, output, calls } = await run(provider, rich, "check")
    expect(code, output).toBe(0)
    // Of all modules, which no target stands for: a test can fail that is in no image.
    const checks = ["--check=test", "--check=vet"]
    expect(calls.map((call) => call.arguments)).toEqual([
      ...logins,
      [...of, ...checks, ...has("--cache-from"), ...results],
      [...of, `--affected-since=${startOfPullRequest}`],
      [...of, "--target=web", ...has("--cache-from")],
      [...of, "--target=links", ...has("--cache-from")],
    ])
  })

  it("builds nothing where a check of a monorepo fails", async () => {
    const { code, calls } = await run(provider, richProject("docker"), "check", 1)
    expect(code).not.toBe(0)
    expect(calls).toHaveLength(logins.length + 1)
  })

  it.skipIf(!provider.release)("names the image of a release by its tag", async () => {
    const given = provider.release
    const { code, output, calls } = await run(provider, richProject("docker"), "image", 0, given)
    expect(code, output).toBe(0)
    const [repository] = provider.image.split(":")
    expect(calls.at(-1)!.arguments).toContain(`--tag=${repository}/{{.Target}}:${release}`)
  })

  it("says how a tag that moves is pushed, too", async () => {
    const rich = richProject("docker")
    const job = await provider.job(pipelineOf(provider, rich), "image")
    const [, hint = ""] =
      /^ *# To push a tag that moves, too: a second (.*)\.$/m.exec(pipelineOf(provider, rich)) ?? []
    const moving = hint.replaceAll("$$", "$")
    expect(moving).toContain("--tag=")
    const script = job.script.replace(` --tag="$IMAGE"`, (tag) => `${tag} ${moving}`)
    const { calls } = await new Runner(folder).run(
      provider.shell,
      script,
      environmentOf(job, provider),
    )
    const [repository] = provider.image.split(":")
    expect(calls.at(-1)!.arguments).toContain(`--tag=${repository}/{{.Target}}:main`)
  })

  it("gives the command line what targets and private modules need", async () => {
    const { code, output, calls } = await run(provider, richProject("docker"), "image")
    expect(code, output).toBe(0)
    const of = [...npx.slice(0, 2), "services/shop", "--token=github.com=env:MODULES_TOKEN"]
    const [repository, commit] = provider.image.split(":")
    expect(calls.slice(1).map((call) => call.arguments)).toEqual([
      [...of, "--check=vet", ...has("--cache-image")],
      [
        ...[...of, "--target=all", `--tag=${repository}/{{.Target}}:${commit}`, "--push"],
        ...has("--cache-image"),
      ],
    ])
    expect(calls.at(-1)?.environment).toMatchObject({ MODULES_TOKEN: modulesToken })
    expect(output).not.toContain(modulesToken)
  })
})

/** Docker starts the tests where the provider has no services. */
const byDocker = ["jenkins", "buildkite"]

describe.each(providers)("tests beside their services, on $name", (provider) => {
  it("run with what they read, and with the private modules' token", async () => {
    const { code, output, calls } = await run(provider, richProject("docker"), "test")
    expect(code, output).toBe(0)
    const isDocker = byDocker.includes(provider.name)
    const last = calls.findLast(({ arguments: [verb] }) => verb === (isDocker ? "run" : "test"))!
    const host =
      ["gitlab", "woodpecker"].includes(provider.name) || isDocker ? "postgres" : "localhost"
    const url = `postgres://postgres:only-for-tests@${host}:5432/postgres?sslmode=disable`
    if (isDocker) {
      expect(last.arguments).toEqual(
        expect.arrayContaining([
          `DATABASE_URL=${url}`,
          "GOPRIVATE=github.com/acme/*",
          "golang:1.25",
        ]),
      )
      expect(last.arguments.at(-1)).toMatch(
        /^printf ".*" >>~\/\.netrc; cd services\/shop; go test \.\/\.\.\.$/,
      )
      expect(calls.map((call) => call.arguments.slice(0, 2).join(" "))).toEqual([
        "network create",
        "run --detach",
        expect.stringMatching(/^exec go-image-\d+-postgres$/),
        "run --rm",
        "rm --force",
        "network rm",
      ])
      return
    }
    expect(last).toMatchObject({ program: "go", arguments: ["test", "./..."] })
    expect(last.environment).toMatchObject({ DATABASE_URL: url, GOPRIVATE: "github.com/acme/*" })
    expect(readFileSync(join(folder, "home/.netrc"), "utf8")).toBe(
      `machine github.com login x-access-token password ${modulesToken}\n`,
    )
    expect(last.environment["PWD"]).toMatch(/services\/shop$/)
  })

  it.runIf(["azure", "woodpecker", "bitbucket"].includes(provider.name))(
    "wait until their services can be reached",
    async () => {
      const { script } = await provider.job(pipelineOf(provider, richProject("docker")), "test")
      const host = provider.name === "woodpecker" ? "postgres" : "localhost"
      const lines = script.split("\n")
      const wait = lines.findIndex((line) => line.includes(`/dev/tcp/${host}/5432`))
      expect(wait).toBeGreaterThan(-1)
      expect(lines.findIndex((line) => line.startsWith("go test"))).toBeGreaterThan(wait)
    },
  )

  it("of a go.work are all that it names", async () => {
    const rich = richProject("docker")
    const project = { ...rich, tests: { ...rich.tests!, isWorkspace: true } }
    const { code, output, calls } = await run(provider, project, "test")
    expect(code, output).toBe(0)
    if (byDocker.includes(provider.name)) {
      const { arguments: words } = calls.find(
        ({ arguments: [verb, flag] }) => verb === "run" && flag === "--rm",
      )!
      expect(words.at(-1)).toMatch(/; go test \$\(go list -m -f "\{\{\.Dir\}\}\/\.\.\."\)$/)
      return
    }
    expect(calls.at(-1)).toMatchObject({
      program: "go",
      arguments: ["test", "/web/...", "/links/..."],
    })
  })

  it("of modules without a go.work are one after the other", () => {
    const rich = richProject("docker")
    const modules = [".", "tools/bin"]
    const project = { ...rich, tests: { ...rich.tests!, modules } }
    expect(pipelineOf(provider, project)).toMatch(
      /go test \.\/\.\.\.(?:\n *(?:- )?|; )\(cd tools\/bin && go test \.\/\.\.\.\)/,
    )
  })

  it("are nowhere where tests need none", async () => {
    await expect(async () =>
      provider.job(pipelineOf(provider, exampleProject), "test"),
    ).rejects.toThrow()
  })
})

describe("the workflow for GitHub, without Dagger", () => {
  const text = ciProviders.github.write({ ...exampleProject, tool: "docker" })
  const rich = ciProviders.github.write(richProject("docker"))
  const ownStep = (file: string, name: JobName) =>
    gitHubJob(file, name).steps.find(({ uses }) => uses?.startsWith("OWNER/go-image@"))!

  it("gives its action inputs that it has", () => {
    for (const file of [text, rich]) {
      for (const name of ["check", "image"] as const) {
        const { with: inputs = {} } = ownStep(file, name)
        expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(inputs)))
      }
    }
  })

  it("pushes from the branch alone", () => {
    expect(ownStep(text, "check").with).not.toHaveProperty("push")
    expect(ownStep(text, "image").with).toMatchObject({
      push: true,
      checks: "test vet",
      tags: `ghcr.io/\${{ github.repository }}:${gitHubTag}`,
    })
  })

  it("builds of a monorepo's pull request the targets that it can alter", () => {
    expect(ownStep(rich, "check").with).toMatchObject({
      target: "all",
      "affected-since": "${{ github.event.merge_group.base_sha || 'HEAD^1' }}",
    })
    expect(ownStep(rich, "image").with).not.toHaveProperty("affected-since")
    expect(ownStep(text, "check").with).not.toHaveProperty("affected-since")
  })

  it("says what OWNER is, above all", () => {
    expect(text.split("\n")[0]).toMatch(/^# Replace OWNER with the account on GitHub/)
  })

  it("pins all actions by commit but its own, and says how to pin that", () => {
    const tags = [...rich.matchAll(/^ *(?:# )?- uses: ([^@\s]+)@(?![0-9a-f]{40} # v\d)/gm)]
    expect(new Set(tags.map(([, name]) => name))).toEqual(new Set(["OWNER/go-image"]))
    const [, command] = /^# (git ls-remote .*) prints the commit/m.exec(text) ?? []
    expect(command).toBe(`git ls-remote https://github.com/OWNER/go-image 'v${version}^{}'`)
  })

  it("gives the action what targets and private modules need", () => {
    expect(ownStep(rich, "image")).toMatchObject({
      env: { MODULES_TOKEN: "${{ secrets.MODULES_TOKEN }}" },
      with: {
        source: "services/shop",
        checks: "vet",
        target: "all",
        tags: `ghcr.io/\${{ github.repository }}/{{.Target}}:${gitHubTag}`,
        options: "--token=github.com=env:MODULES_TOKEN\n",
      },
    })
  })
})

describe("the history and the tags, which a version comes from", () => {
  const files = (name: Provider["name"]) =>
    examplePipelines().filter(({ provider }) => provider === name)

  it.each<[Provider["name"], RegExp]>([
    ["github", /^ +fetch-depth: 0 /m],
    ["gitlab", /^ +GIT_DEPTH: "0" /m],
    ["azure", /^ +fetchDepth: "0" .*\n +fetchTags: "true"$/m],
    ["bitbucket", /^clone:\n +depth: full /m],
    ["woodpecker", /^clone:\n +git:\n.*plugin-git.*\n +settings:\n +tags: true /m],
    ["jenkins", /^\/\/ Behaviours .*discover tags; clone with tags/m],
  ])("are there on %s", (name, line) => {
    for (const { text, path } of files(name)) expect(text, path).toMatch(line)
  })

  it.each<[Provider["name"], RegExp]>([
    ["github", /^ {2}push:\n {4}branches: \[main\]\n {4}tags: \["v\*"\]$/m],
    ["gitlab", /^ +- if: \$CI_COMMIT_TAG =~ \/\^v\/\n +variables:\n +IMAGE: \S+:\$CI_COMMIT_TAG$/m],
    ["circleci", /^ +only: main\n +tags:\n +only: \/\^v\.\*\/$/m],
    ["azure", /^trigger:\n.*\n.*\[main\]\n {2}tags:\n {4}include: \["v\*"\]$/m],
    ["bitbucket", /^ {2}tags:\n {4}"v\*": \*image$/m],
    ["woodpecker", /^ {2}- event: tag\n {4}ref: refs\/tags\/v\*$/m],
    ["jenkins", /when \{ anyOf \{ branch 'main'; tag 'v\*' \} \}/],
    [
      "buildkite",
      /if: build\.pull_request\.repository\.fork != true && \(build\.branch == "main" \|\| build\.tag =~ \/\^v\/\)$/m,
    ],
  ])("start an image's job on %s", (name, line) => {
    for (const { text, path } of files(name)) expect(text, path).toMatch(line)
  })
})

it("every file is pinned: no action by a branch, no image without a version", () => {
  for (const { path, text } of examplePipelines()) {
    for (const [, reference = ""] of text.matchAll(/uses: (\S+)/g)) {
      expect(reference, path).toMatch(/@(?:[0-9a-f]{40}|v\d+\.\d+\.\d+)$/)
    }
    for (const [, image = ""] of text.matchAll(/(?:image|name): (docker:\S+)/g)) {
      expect(image, path).toMatch(/^docker:\d+\.\d+\.\d+-(?:cli|dind)$/)
    }
    expect(text, path).not.toMatch(/ubuntu-latest|:latest\b/)
    expect(existsSync(path)).toBe(true)
  }
})
