import { execFileSync } from "node:child_process"
import { expect, it } from "vitest"
import { detect } from "../../../src/detect/detect.js"
import { assemblePlan } from "../../../src/plan/assemble.js"
import { factsToKeep, keptDockerfile } from "../../../src/render/kept.js"
import { renderDockerfile } from "../../../src/render/dockerfile.js"
import type { GitState } from "../../../src/git-state.js"
import type { Options } from "../../../src/options.js"
import { MemorySource } from "../support/memory-source.js"
import { project } from "../support/project.js"
import { temporaryFolder } from "../cli/temporary.js"

const git: GitState = {
  revision: "1d2f6a1c08b1d3c8f7a5e2b9c4d6e8f0a1b2c3d4",
  time: "2025-03-01T09:30:05Z",
  modified: false,
  tags: ["v1.2.3"],
  rootModule: "example.com/app",
  from: "Git",
}

const files = project({
  "go.mod": "module example.com/app\n\ngo 1.26\n",
  "main.go": `package main

var (
	version = "dev"
	commit  = "none"
)

func main() { println(version, commit) }
`,
})

async function write(options: Options = {}, state: GitState = git) {
  const { facts: found, settings } = await detect(new MemorySource(files), {
    options,
    environment: {},
    git: () => Promise.resolve({ state }),
  })
  const facts = factsToKeep(found)
  const plan = assemblePlan(facts, settings)
  const here = { files: Object.keys(files), vcs: [".git"], ignored: { docker: [], git: [] } }
  return {
    kept: keptDockerfile([plan], facts, here, { hasIgnoreFile: true }),
    exact: renderDockerfile(plan),
  }
}

it("what is not committed changes no line of it", async () => {
  expect(await write({}, { ...git, modified: true })).toEqual(await write())
})

it("what another release says of itself is an argument, of the program and of the labels", async () => {
  const { kept, exact } = await write()
  const [start = ""] = kept.split("\nFROM ")
  for (const line of [
    "ARG VERSION=v1.2.3",
    "ARG COMMIT=1d2f6a1c08b1d3c8f7a5e2b9c4d6e8f0a1b2c3d4",
    "ARG DATE=2025-03-01T09:30:05Z",
    '#   --build-arg COMMIT="$(git rev-parse HEAD)" \\',
    "# VERSION of the release",
  ]) {
    expect(`${start}\n`).toContain(`\n${line}\n`)
  }
  expect(kept).toContain('-ldflags="-s -w -X main.version=${VERSION} -X main.commit=${COMMIT}"')
  expect(kept).toContain('org.opencontainers.image.version="${VERSION}"')
  expect(kept).toContain('GO_IMAGE_MODULE_VERSION="${VERSION}"')
  expect(kept).toContain("# linker value: main.version=${VERSION} (main.go:4)")
  // Each value once, in the line that can be another one.
  for (const value of ["v1.2.3", git.revision, git.time ?? ""]) {
    expect(kept.split(value)).toHaveLength(2)
  }
  // The history of the image has the line, whoever builds it.
  const lines = /^ARG .*$/gm
  expect(exact.match(lines)).toEqual([`ARG COMMIT=${git.revision} DATE=${git.time} VERSION=v1.2.3`])
  expect(kept.match(lines)?.at(-1)).toBe("ARG COMMIT DATE VERSION")
})

it("arguments are declared where an instruction has them, above its comments", async () => {
  const { kept } = await write()
  expect(kept).toMatch(/\nARG COMMIT DATE VERSION\n# Faster: .*\nENV GOGC=/)
})

it("a version is told without its v, where it is asked for so", async () => {
  const { kept } = await write({ linkerValues: ["main.version={{.Version}}"] })
  expect(kept).toContain("main.version=${VERSION#v}")
})

it("a text that only begins like a value keeps it", async () => {
  const { kept } = await write({
    linkerValues: ["main.version=v1.2.3-rc.1"],
    label: ["note=since v1.2.3", "other=$VERSION"],
  })
  expect(kept).toContain("-X main.version=v1.2.3-rc.1 ")
  expect(kept).toContain('note="since v1.2.3"')
  expect(kept).toContain('other="\\$VERSION"')
})

it("a linker value keeps the signs that a shell would read", async () => {
  const { kept } = await write({ linkerValues: ['main.version=`id` $HOME "{{.Tag}}" \\'] })
  const [, value] = /-X ('main\.version=.*?')/.exec(kept) ?? []
  expect(value).toBe(`'main.version=\\\`id\\\` \\$HOME \\"\${VERSION}\\" \\\\'`)
})

it.each([
  // Go knows no version in this tag, and makes one of time and commit.
  [["1.2.3"], undefined, "v0.0.0-"],
  [["1.2.3"], ["v0.9.0"], "v0.9.1-0."],
])("each argument has a command, for tags %j after %j", async (tags, earlierTags, base) => {
  const { kept } = await write({}, { ...git, tags, earlierTags })
  expect(kept).toContain(`\nARG MODULE_VERSION=${base}20250301093005-1d2f6a1c08b1\n`)
  const names = [...kept.matchAll(/^ARG (\w+)=/gm)].map(([, name]) => name)
  const flags = [...kept.matchAll(/^# {3}--build-arg (\w+)="(.*)" \\$/gm)]
  expect(flags.map(([, name]) => name)).toEqual(names)
  const [, , command = ""] = flags.find(([, name]) => name === "MODULE_VERSION") ?? []

  const folder = temporaryFolder()
  const run = (...args: string[]) =>
    execFileSync(args[0] ?? "", args.slice(1), {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, GIT_COMMITTER_DATE: "2025-04-02T01:02:03+02:00" },
    })
  run("git", "init", "-q")
  const author = ["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgSign=false"]
  run("git", ...author, "commit", "-q", "--allow-empty", "-m", "x")
  const hash = run("git", "rev-parse", "HEAD").slice(0, 12)
  expect(run("sh", "-c", `printf %s "${command}"`)).toBe(`${base}20250401230203-${hash}`)
})

it("where nothing is stamped, there is none", async () => {
  const { kept, exact } = await write({ stamp: "off" })
  expect(kept + exact).not.toContain("ARG ")
})
