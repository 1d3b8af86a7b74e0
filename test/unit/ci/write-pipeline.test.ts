import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, it } from "vitest"
import { parse } from "yaml"
import { LocalSource } from "../../../cli/source/local-source.js"
import { ciProviderNames } from "../../../src/ci/providers.js"
import { pinned } from "../../../src/ci/pipeline.js"
import { writePipeline, type PipelineRequest } from "../../../src/ci/write-pipeline.js"
import { detect } from "../../../src/detect/detect.js"
import { temporaryFolder } from "../cli/temporary.js"

const service = {
  "go.mod": "module example.com/acme/Shop\n\ngo 1.25\n",
  "main.go": "package main\n\nfunc main() { println() }\n",
}

async function write(files: Record<string, string>, request: Partial<PipelineRequest> = {}) {
  const folder = temporaryFolder()
  for (const [path, content] of Object.entries({ ...service, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  const source = new LocalSource(folder, [])
  const detected = await detect(source, { options: {}, environment: {} })
  return writePipeline(source, detected, {
    ...{ provider: "github", files: [], targets: [] },
    ...request,
  })
}

const requires = (...modules: string[]) =>
  `${service["go.mod"]}\nrequire (\n${modules.map((each) => `\t${each} v1.0.0\n`).join("")})\n`

describe("services of tests", () => {
  const reads = (...names: string[]) =>
    `package main\n\nimport "os"\n\nvar _ = ${names.map((name) => `os.Getenv("${name}")`).join(" + ")}\n`
  const sums = (...modules: string[]) =>
    modules.map((each) => `${each} v1.0.0 h1:x=\n${each} v1.0.0/go.mod h1:x=\n`).join("")

  it("are those that go.mod has a driver of, and whose variables a test reads", async () => {
    const modules = [
      "github.com/jackc/pgx/v5",
      "github.com/redis/go-redis/v9",
      "go.mongodb.org/mongo-driver",
    ]
    const { text, notes } = await write({
      "go.mod": requires(...modules),
      "go.sum": sums(...modules),
      "db_test.go": reads(
        "DB_HOST",
        "DB_PORT",
        "DB_USER",
        "DB_PASSWORD",
        "DB_NAME",
        "REDIS_ADDR",
        "HOME",
      ),
      "docker-compose.yml":
        "services:\n  db:\n    image: postgres:16.2\n  x:\n    image: bitpostgres:1\n",
    })
    const { jobs } = parse(text) as { jobs: Record<string, { services: object; env: object }> }
    expect(jobs["test"]).toMatchObject({
      services: { postgres: { image: "postgres:16.2" }, redis: { image: "redis:7-alpine" } },
      env: {
        DB_HOST: "localhost",
        DB_PORT: "5432",
        DB_USER: "postgres",
        DB_PASSWORD: "only-for-tests",
        DB_NAME: "postgres",
        REDIS_ADDR: "localhost:6379",
      },
    })
    expect(jobs["test"]?.env).not.toHaveProperty("HOME")
    expect(jobs["test"]?.services).not.toHaveProperty("mongo")
    expect(notes).toContain(
      "tests: postgres:16.2, by DB_HOST, DB_PORT, DB_USER, DB_PASSWORD, DB_NAME (go.mod:6, db_test.go:5, docker-compose.yml:3)",
    )
    expect(text).toContain("checks: vet\n")
  })

  it.each([
    [
      "a program reads it, and no test does",
      "github.com/lib/pq",
      { "db.go": reads("DATABASE_URL") },
    ],
    [
      "a dependency needs the driver",
      "github.com/lib/pq v1.0.0 // indirect",
      { "db_test.go": reads("DATABASE_URL") },
    ],
    ["no driver is there", "github.com/acme/queue", { "db_test.go": reads("DATABASE_URL") }],
  ])("are none where %s", async (_, module, files) => {
    const { text } = await write({
      "go.mod": `${service["go.mod"]}\nrequire ${module.includes(" ") ? module : `${module} v1.0.0`}\n`,
      "go.sum": sums(module.split(" ")[0] ?? ""),
      ...files,
    })
    expect(parse(text)).not.toHaveProperty("jobs.test")
    expect(text).toContain("checks: test vet\n")
  })
})

describe("private modules", () => {
  const project = {
    "project.toml":
      '[go-image]\nprivate-modules = ["github.com/acme/*", "gitlab.com/acme/lib", "*.corp.example"]\n',
  }

  it("have a secret for each host, by name", async () => {
    const { text, notes } = await write(project)
    expect(text).toContain("--token=github.com=env:MODULES_TOKEN_GITHUB_COM\n")
    expect(text).toContain("--token=gitlab.com=env:MODULES_TOKEN_GITLAB_COM\n")
    expect(text).toContain("MODULES_TOKEN_GITHUB_COM: ${{ secrets.MODULES_TOKEN_GITHUB_COM }}\n")
    expect(notes).toContain(
      "to do: set up the secrets MODULES_TOKEN_GITHUB_COM, MODULES_TOKEN_GITLAB_COM",
    )
  })

  it("of its own GitLab are downloaded with the job's own token", async () => {
    const { text, notes } = await write(
      { "project.toml": '[go-image]\nprivate-modules = ["gitlab.com/acme/*"]\n' },
      { provider: "gitlab", remote: "https://gitlab.com/acme/shop" },
    )
    expect(text).toContain("--token=gitlab-ci-token@gitlab.com=env:CI_JOB_TOKEN ")
    expect(notes.join("\n")).not.toContain("secrets")
  })
})

describe("the tool", () => {
  it("is Dagger where the repository has its file, else the runner's Docker", async () => {
    expect((await write({}, { files: ["dagger.json"] })).text).toContain("dagger check")
    expect((await write({}, { files: ["dagger.toml"] })).text).toContain("dagger check")
    expect((await write({})).text).not.toContain("dagger")
    expect((await write({}, { provider: "bitbucket", files: ["dagger.json"] })).text).not.toContain(
      "dagger check",
    )
  })

  it("on Bitbucket is not Dagger", async () => {
    await expect(write({}, { provider: "bitbucket", tool: "dagger" })).rejects.toThrow("privileged")
  })
})

it("lint is checked where it is configured", async () => {
  expect((await write({ ".golangci.yml": "version: 2\n" })).text).toContain(
    "checks: test vet lint\n",
  )
})

it.each<[string, Partial<PipelineRequest>, RegExp]>([
  [
    "a provider that is not known",
    { provider: "drone" },
    /unknown CI provider "drone"[^]*woodpecker/,
  ],
  ["no provider", { provider: undefined }, /nothing says which CI provider[^]*--provider github/],
  ["a branch for a shell", { branch: "main; rm -rf /" }, /not the name of a branch/],
  ["a branch for Groovy", { branch: "x' }" }, /not the name of a branch/],
  ["a folder for a shell", { folder: "a b$(id)" }, /a folder that a pipeline's shell/],
  ["a folder that is an option", { folder: "-rf" }, /a folder that a pipeline's shell/],
  ["an image with a tag", { image: "ghcr.io/acme/shop:v1" }, /a tag or a digest/],
  ["an image with capital letters", { image: "ghcr.io/Acme/shop" }, /not an image reference/],
  ["an image for a shell", { image: "ghcr.io/acme/$(id)" }, /not an image reference/],
  ["a tool that is not known", { tool: "podman" }, /unknown tool "podman"/],
])("%s is refused", async (_, request, message) => {
  await expect(write({}, request)).rejects.toThrow(message)
})

it("the image's name is that of the repository, in lower case, and a registry of no host is to be replaced", async () => {
  const remote = "https://github.com/Acme/Shop"
  expect((await write({}, { remote })).text).toContain("tags: ghcr.io/acme/shop:${{ github.")
  const jenkins = await write({}, { provider: "jenkins" })
  expect(jenkins.text).toContain("registry.example.com/team/shop:${TAG_NAME:-$GIT_COMMIT}")
  expect(jenkins.notes).toContain(
    "to do: replace registry.example.com/team/shop with an image of yours (--image)",
  )
  const hub = await write({}, { provider: "jenkins", image: "acme/shop" })
  expect(hub.text).toContain("docker login docker.io ")
})

it("of go-image's own owner who uses the file is told, as long as it has none", async () => {
  const told = (notes: string[]) => notes.filter((note) => note.includes("OWNER"))
  expect(told((await write({})).notes)).toEqual([
    "to do: replace OWNER with the account on GitHub that has go-image",
  ])
  expect(told((await write({}, { provider: "jenkins" })).notes)).toEqual([])
})

describe("the version of Dagger", () => {
  it.each([
    ["dagger.json", "0.21.8", "dagger toolchain install"],
    ["dagger.toml", "1.0.0-beta.10", "dagger install"],
  ])("of a repository with a %s is %s", async (file, version, install) => {
    const { text, notes } = await write({}, { files: [file] })
    const versions = [...text.matchAll(/^ +version: (.*)$/gm)].map(([, each]) => each)
    expect(new Set(versions)).toEqual(new Set([version]))
    expect(notes.join("\n")).toContain(`to do, where it is not yet: ${install} github.com/`)
    const gitlab = await write({}, { files: [file], provider: "gitlab" })
    expect(gitlab.text).toContain(`DAGGER_VERSION=${version} `)
  })

  it("is the one that the module is made for", () => {
    const { engineVersion } = JSON.parse(readFileSync("dagger.json", "utf8")) as {
      engineVersion: string
    }
    expect(`v${pinned.dagger}`).toBe(engineVersion)
    expect(readFileSync("dagger-module.toml", "utf8")).toContain(
      `engineVersion = "v${pinned.daggerOfWorkspace}"`,
    )
  })
})

describe("a repository with targets", () => {
  it.each([...ciProviderNames])(
    "%s: a pipeline of a part of them builds these alone",
    async (provider) => {
      const { text } = await write({}, { provider, targets: ["links"], isPart: true })
      expect(text).not.toMatch(/target[=:] ?all|affected/)
      expect(text).toMatch(/target[=:] ?links/)
    },
  )

  it.each([...ciProviderNames])("%s: each of the images is signed", async (provider) => {
    const { text } = await write({}, { provider, targets: ["web", "links"] })
    const signing = text.split("\n").filter((line) => line.includes("cosign sign"))
    expect(signing.length).toBeGreaterThan(0)
    // No name in quotes, which would be one word of several lines.
    for (const line of signing) expect(line).toMatch(/ \$+(?:image|IMAGES)$/)
  })

  it("of Dagger's is signed under each of its names", async () => {
    const { text } = await write({}, { tool: "dagger", targets: ["web", "links"] })
    const [line = ""] = text.split("\n").filter((each) => each.includes("cosign sign"))
    expect(line).toContain("for target in web links; do cosign sign --yes ")
    expect(line).toContain('sed "s/{{.Target}}/$target/"')
  })
})

it("GitHub ends a run that hangs, and one that a newer push replaces", async () => {
  const { text } = await write({}, { targets: ["web"] })
  const workflow = parse(text) as {
    concurrency: Record<string, string>
    jobs: Record<string, Record<string, unknown>>
  }
  for (const job of Object.values(workflow.jobs)) expect(job["timeout-minutes"]).toBe(30)
  // One group of a commit would lose a run: GitHub cancels one that waits for another of its group.
  expect(workflow.concurrency).toEqual({
    group: "${{ github.workflow }}-${{ github.ref }}",
    "cancel-in-progress": "${{ github.event_name == 'pull_request' }}",
  })
})

it("GitHub checks a merge queue, and pushes by hand from the branch or a release alone", async () => {
  const { text } = await write({}, { targets: ["web"], branch: "trunk" })
  const workflow = parse(text) as { on: object; jobs: Record<string, { if: string }> }
  expect(Object.keys(workflow.on)).toEqual([
    "push",
    "pull_request",
    "merge_group",
    "workflow_dispatch",
  ])
  expect(workflow.jobs["check"]!.if).toBe(
    "github.event_name == 'pull_request' || github.event_name == 'merge_group'",
  )
  expect(workflow.jobs["image"]!.if).toBe(
    "github.event_name == 'push' || (github.event_name == 'workflow_dispatch' && (github.ref == 'refs/heads/trunk' || startsWith(github.ref, 'refs/tags/v')))",
  )
  expect(text).toContain("affected-since: ${{ github.event.merge_group.base_sha || 'HEAD^1' }}")
})

it("no fork's pull request pushes, whatever its branch is called", async () => {
  const { text } = await write({}, { provider: "buildkite" })
  const { steps } = parse(text) as { steps: { label: string; if: string }[] }
  const fork = "build.pull_request.repository.fork"
  expect(steps.map((step) => [step.label, step.if])).toEqual([
    ["check", `(${fork} == true || build.branch != "main") && build.tag == null`],
    ["image", `${fork} != true && (build.branch == "main" || build.tag =~ /^v/)`],
  ])
})

it.each(["gitlab", "circleci", "jenkins", "azure"])(
  "%s shows results of tests of the main branch, too",
  async (provider) => {
    const { text } = await write({}, { provider, tool: "docker" })
    const image = text.slice(text.search(/^ *(?:publish:|image:|stage\('Image'\)|IMAGE:)/m))
    expect(image).toMatch(/test-results/)
    expect(text.match(/--test-report=test-results/g)).toHaveLength(2)
  },
)

it("GitLab ends a job that hangs, and a merge request's that a newer push replaces", async () => {
  const { text } = await write({}, { provider: "gitlab", targets: ["web"] })
  const jobs = parse(text) as Record<string, Record<string, unknown>>
  expect(jobs["check"]).toMatchObject({ timeout: "30 minutes", interruptible: true })
  expect(jobs["publish"]).toMatchObject({ timeout: "30 minutes" })
  expect(jobs["publish"]).not.toHaveProperty("interruptible")
})

it("several platforms are Dagger's argument; the command line reads them from project.toml", async () => {
  const files = { "project.toml": '[go-image]\nplatform = "linux/amd64,linux/arm64"\n' }
  const dagger = await write(files, { tool: "dagger", provider: "gitlab" })
  expect(dagger.text).toContain(" --platforms=linux/amd64,linux/arm64 --addresses=")
  const docker = await write(files, { tool: "docker", provider: "gitlab" })
  expect(docker.text).not.toContain("platform")
})
