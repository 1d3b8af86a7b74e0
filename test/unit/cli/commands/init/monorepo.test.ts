import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, it } from "vitest"
import { pipelineOf } from "../../../../../cli/commands/ci/ci.js"
import { whyNoOwnFile } from "../../../../../cli/commands/ci/own-file.js"
import { replacedBy } from "../../../../../cli/commands/ci/replaced.js"
import type { InitFlags } from "../../../../../cli/commands/init/command.js"
import { init } from "../../../../../cli/commands/init/init.js"
import { parseArguments } from "../../../../../cli/command-line/build-command.js"
import { programName } from "../../../../../cli/program-name.js"
import type { Options } from "../../../../../src/options.js"
import { temporaryFolder } from "../../temporary.js"

const main = "package main\n\nfunc main() { println() }\n"
const service = (path: string) => ({
  [`${path}/go.mod`]: `module example.com/${path}\n\ngo 1.25\n`,
  [`${path}/main.go`]: main,
})
const target = (name: string, path: string) =>
  `\n[[go-image.targets]]\nname = "${name}"\npackages = ["./${path}"]\n`
const targets = `[go-image]\n${target("alpha", "svc/alpha")}${target("beta", "svc/beta")}`

function repository(
  files: Record<string, string> = {},
  remote = "https://github.com/acme/shop",
): string {
  const folder = temporaryFolder()
  const all = { ...service("svc/alpha"), ...service("svc/beta"), ...files }
  for (const [path, content] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  execFileSync("git", ["init", "--quiet", "--initial-branch=main", folder])
  execFileSync("git", ["-C", folder, "remote", "add", "origin", remote])
  return folder
}

async function run(folder: string, flags: InitFlags = {}, options: Options = {}): Promise<string> {
  const said: string[] = []
  const request = { ...parseArguments([folder], {}), options }
  await init(request, { yes: true, ...flags }, { say: (line) => said.push(line) })
  return said.join("\n")
}

const workflow = ".github/workflows/image.yml"
const read = (root: string, file: string) => readFileSync(join(root, file), "utf8")

describe("ci --output", () => {
  async function written(root: string, folder: string, output: string, provider?: string) {
    const flags = provider === undefined ? {} : { provider }
    const pipeline = await pipelineOf(parseArguments([join(root, folder)], {}), flags)
    const said = replacedBy(pipeline, join(root, output), join(root, folder), pipeline.repository)
    mkdirSync(dirname(join(root, output)), { recursive: true })
    writeFileSync(join(root, output), pipeline.text)
    return said
  }

  it("replaces the project's own file, and not another service's", async () => {
    const root = repository()
    expect(await written(root, "svc/alpha", workflow)).toBe(`wrote ${join(root, workflow)}`)
    expect(await written(root, "svc/alpha", workflow)).toMatch(/ is up to date$/)
    const own = join(root, ".github/workflows/image-beta.yml")
    await expect(written(root, "svc/beta", workflow)).rejects.toThrow(
      new RegExp(
        `${workflow} is the pipeline of svc/alpha, not of svc/beta\n[^]*svc/beta --provider github --output ${own}`,
      ),
    )
    expect(await written(root, "svc/beta", ".github/workflows/image-beta.yml")).toMatch(/^wrote /)
    await expect(written(root, "svc/alpha", ".github/workflows/image-beta.yml")).rejects.toThrow(
      /--output \S*\/image.yml$/,
    )
  })

  it("says that a file of one provider is for all services", async () => {
    const root = repository({}, "https://gitlab.com/acme/shop")
    expect(await written(root, "svc/alpha", ".gitlab-ci.yml")).toMatch(/^wrote /)
    await expect(written(root, "svc/beta", ".gitlab-ci.yml")).rejects.toThrow(
      /is the pipeline of svc\/alpha, not of svc\/beta\n[^]* init \S+ writes a target for each$/,
    )
  })

  it("leaves what somebody else wrote, and says what the root's replaces", async () => {
    const root = repository({
      "project.toml": targets,
      "go.mod": "module example.com/shop\n\ngo 1.25\n",
      [workflow]: "name: image\non: push\n",
    })
    await expect(written(root, ".", workflow, "github")).rejects.toThrow(
      /exists, and does not use go-image/,
    )
    writeFileSync(join(root, workflow), "")
    expect(await written(root, "svc/alpha", workflow)).toMatch(/^wrote /)
    expect(await written(root, ".", workflow)).toMatch(/, which was the pipeline of svc\/alpha$/)
  })
})

describe("ci of one service", () => {
  const asked = async (root: string, provider?: string) => {
    const pipeline = await pipelineOf(parseArguments([join(root, "svc/beta")], {}), { provider })
    return whyNoOwnFile(pipeline, join(root, "svc/beta"), pipeline.repository)
  }
  const module = { "go.mod": "module example.com/shop\n\ngo 1.25\n" }

  it("says which target of the repository's pipeline it is", async () => {
    const root = repository({ "project.toml": targets, ...module })
    // Nothing builds it yet.
    expect(await asked(root)).toBe(undefined)
    await run(root)
    const { message, hint } = (await asked(root)) ?? {}
    expect(message).toBe(
      `${workflow} builds svc/beta already, as target beta of ${root}/project.toml: another file would push the same image again`,
    )
    expect(hint).toBe(`To print that pipeline: ${programName} ci ${root} --provider github`)
  })

  it("goes beside one that builds other targets alone, or a program of its own", async () => {
    const root = repository({ "project.toml": targets, ...module })
    await run(root)
    const text = read(root, workflow)
    writeFileSync(join(root, workflow), text.replaceAll("target: all", "target: alpha"))
    expect(await asked(root)).toBe(undefined)
    writeFileSync(
      join(root, workflow),
      text.replaceAll("target: all", "target: |\n            alpha\n            beta"),
    )
    expect((await asked(root))?.message).toContain("as target beta of")
    const alone = repository()
    await run(join(alone, "svc/alpha"))
    expect(await asked(alone)).toBe(undefined)
  })

  it.each(["gitlab", "jenkins", "azure", "bitbucket"])(
    "is no file of %s, which reads one of all targets",
    async (provider) => {
      const root = repository({ "project.toml": targets, ...module })
      const { message, hint } = (await asked(root, provider)) ?? {}
      expect(message).toMatch(
        / reads one file of a repository, .* and svc\/beta is target beta of /,
      )
      expect(hint).toMatch(new RegExp(` ci ${root} --provider ${provider}$`))
      const other = repository()
      expect(await asked(other, provider)).toBe(undefined)
      await run(join(other, "svc/alpha"), { provider })
      expect((await asked(other, provider))?.message).toMatch(
        /is the pipeline of svc\/alpha, and not changed for svc\/beta/,
      )
    },
  )

  it("says that the only file of a provider is about it alone", async () => {
    const of = async (provider: string) =>
      (await pipelineOf(parseArguments([join(repository(), "svc/beta")], {}), { provider })).notes
    expect(await of("gitlab")).toContain(
      "GitLab CI reads one file of a repository, and this one is about svc/beta alone",
    )
    expect((await of("github")).join("\n")).not.toContain("alone")
  })
})

describe("ci of a project whose program is not clear", () => {
  it.each([
    ["of several modules", {}],
    [
      "of one module",
      { "go.mod": "module a.example/x\n\ngo 1.25\n", "cmd/a/main.go": main, "cmd/b/main.go": main },
    ],
  ])("%s says what writes targets", async (_, files) => {
    const root = repository(files)
    await expect(pipelineOf(parseArguments([root], {}), {})).rejects.toThrow(
      new RegExp(`^\\d programs.*\n.* init ${root} writes project.toml with a target for each`),
    )
    await run(root)
    expect((await pipelineOf(parseArguments([root], {}), {})).text).toContain("target: all")
  })
})

it("names the programs that are in modules inside of the project's, and so not in its image", async () => {
  const root = repository({
    "go.mod": "module example.com/shop\n\ngo 1.25\n",
    "main.go": main,
    ...service("tools/gen"),
  })
  expect(await run(root)).toContain(
    "\nnot in it: ./svc/alpha, ./svc/beta, in modules of their own; for images of them, give each a target in project.toml",
  )
  expect(await run(join(root, "svc/alpha"))).not.toContain("not in it")
})

it("says what a repository builds with ko, in ci and in init", async () => {
  const root = repository({
    "project.toml": targets,
    "go.mod": "module example.com/shop\n\ngo 1.25\n",
    Makefile: "push:\n\tko publish --bare ./svc/alpha\n",
    ".github/workflows/ko.yml":
      "jobs: { a: { steps: [] } }\n#\n      - uses: ko-build/setup-ko@v0.9\n",
  })
  const note =
    "ko makes images here: Makefile:2 (ko publish), .github/workflows/ko.yml:3 (setup-ko); remove that"
  const { notes } = await pipelineOf(parseArguments([root], {}), {})
  expect(notes.join("\n")).toContain(note)
  expect(await run(root)).toContain(note)
  expect(await run(repository())).not.toContain("ko makes")
})

describe("a second service", () => {
  it("has a workflow beside the first one's, with images of its own", async () => {
    const root = repository()
    await run(join(root, "svc/alpha"))
    const first = read(root, workflow)
    const said = await run(join(root, "svc/beta"), { force: true })
    expect(said).toContain(`${workflow} builds svc/alpha, so svc/beta has`)
    expect(read(root, workflow)).toBe(first)
    const second = read(root, ".github/workflows/image-beta.yml")
    expect(second).toMatch(/^name: image-beta$/m)
    expect(second).toContain("source: svc/beta")
    expect(second).toMatch(/tags: ghcr\.io\/\$\{\{ github\.repository \}\}\/beta:/)
    expect(await run(join(root, "svc/beta"))).toContain("image-beta.yml is up to date")
    expect(await run(join(root, "svc/alpha"))).toContain("image.yml is up to date")
  })

  it("whose folder is called the same is told apart by its path", async () => {
    const root = repository(
      { ...service("jobs/beta"), ...service("Lib/beta") },
      "https://github.com/Acme/shop",
    )
    for (const path of ["svc/alpha", "svc/beta", "jobs/beta"]) await run(join(root, path))
    expect(read(root, ".github/workflows/image-beta.yml")).toContain("source: svc/beta")
    const third = read(root, ".github/workflows/image-jobs-beta.yml")
    expect(third).toContain("source: jobs/beta")
    expect(third).toContain("tags: ghcr.io/acme/shop/jobs-beta:")
  })

  it.each(["gitlab", "jenkins"])(
    "of a provider that reads one file alone is told what to do (%s)",
    async (provider) => {
      const root = repository()
      await run(join(root, "svc/alpha"), { provider })
      const file = provider === "gitlab" ? ".gitlab-ci.yml" : "Jenkinsfile"
      const first = read(root, file)
      const said = await run(join(root, "svc/beta"), { provider, force: true })
      expect(said).toMatch(
        /is the pipeline of svc\/alpha, and not changed .* init \S+ writes a target/,
      )
      expect(read(root, file)).toBe(first)
      expect(existsSync(join(root, "svc/beta/project.toml"))).toBe(true)
    },
  )

  it("is told to be deleted where all get one pipeline", async () => {
    const root = repository()
    await run(join(root, "svc/alpha"))
    await run(join(root, "svc/beta"))
    expect(await run(root)).toContain(
      `.github/workflows/image-beta.yml builds svc/beta: delete it where ${workflow} builds that`,
    )
  })
})

describe("a service that is a target of the root", () => {
  it("has no project.toml of its own, and the pipeline of all targets", async () => {
    const root = repository({ "project.toml": targets })
    const said = await run(join(root, "svc/alpha"))
    expect(said).toContain("svc/alpha is target alpha of project.toml here")
    expect(said).toMatch(/\nnext: .* --target alpha --run$/)
    expect(existsSync(join(root, "svc/alpha/project.toml"))).toBe(false)
    expect(read(root, workflow)).toContain("target: all")
    const again = await run(join(root, "svc/beta"))
    expect(again).toContain("image.yml is up to date")
    expect(existsSync(join(root, "svc/beta/project.toml"))).toBe(false)
  })

  it("gets no settings that others would have, too", async () => {
    const root = repository({ "project.toml": targets })
    await expect(run(join(root, "svc/alpha"), {}, { runtime: "scratch" })).rejects.toThrow(
      /settings of one target are written by hand: alpha in .*project\.toml[^]*runtime = "scratch"/,
    )
    expect(read(root, "project.toml")).toBe(targets)
  })

  it("is named by the package that was asked for", async () => {
    const root = repository({
      "project.toml": targets,
      "go.mod": "module a.example/b\n\ngo 1.25\n",
    })
    expect(await run(join(root, "svc/beta"))).toMatch(/ --target beta --run$/)
  })
})

it("says where a pipeline differs from what it would be now, and the command that writes it", async () => {
  const root = repository({ "go.mod": "module a.example/b\n\ngo 1.25\n", "main.go": main })
  await run(root, { image: "ghcr.io/acme/x" })
  writeFileSync(join(root, "project.toml"), targets)
  const said = await run(root, { image: "ghcr.io/acme/x" })
  expect(said).toContain(
    `${workflow} exists and was not changed; as the project is now, it would differ`,
  )
  expect(said).toContain("  + target: all")
  const [, arguments_ = ""] = /^to write it again: .* ci (.*)$/m.exec(said) ?? []
  const [folder = "", ...rest] = arguments_.split(" ")
  expect(rest).toEqual([
    ...["--provider", "github", "--image", "ghcr.io/acme/x"],
    ...["--output", join(root, workflow)],
  ])
  const flags = { provider: "github", image: "ghcr.io/acme/x" }
  const { text } = await pipelineOf(parseArguments([folder], {}), flags)
  writeFileSync(join(root, workflow), text)
  expect(await run(root, { image: "ghcr.io/acme/x" })).toContain("image.yml is up to date")
})
