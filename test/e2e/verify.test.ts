import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { Verification } from "../../cli/commands/verify/verify.js"
import { Registry } from "../conformance/registry.js"
import { layer, writeImage } from "../unit/cli/image/make-archive.js"
import { script } from "./command.js"
import { gitAuthor } from "./git-author.js"

const folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
const project = join(folder, "project")
const environment = {
  ...process.env,
  ...gitAuthor,
}
let registry: Registry

const sh = (line: string, cwd = project) =>
  execFileSync("sh", ["-ec", line], { cwd, env: environment, stdio: "pipe", encoding: "utf8" })

beforeAll(async () => {
  registry = await Registry.start()
  for (const name of ["cmd/api", "cmd/job", "static"])
    mkdirSync(join(project, name), { recursive: true })
  writeFileSync(join(project, "go.mod"), "module example.com/shop\n\ngo 1.25\n")
  writeFileSync(join(project, "cmd/api/main.go"), program("api"))
  writeFileSync(join(project, "cmd/job/main.go"), program("job"))
  writeFileSync(join(project, "static/page.html"), "<p>page</p>\n")
  writeFileSync(
    join(project, "project.toml"),
    '[go-image]\nruntime = "scratch"\n\n[[go-image.targets]]\nname = "api"\npackages = ["./cmd/api"]\nuser = "7:7"\n',
  )
  sh("git init -q && git add . && git commit -qm one && git tag v1.0.0")
  sh("git remote add origin git@git.example.com:acme/shop.git")
})

afterAll(async () => {
  rmSync(folder, { recursive: true })
  await registry.stop()
})

/** However the test before has ended. */
beforeEach(() => {
  sh(
    "git reset -q --hard v1.0.0 && git clean -fdqx && git tag | grep -vx v1.0.0 | xargs -r git tag -d",
  )
})

function program(text: string): string {
  return `package main\n\nvar version = "dev"\n\nfunc main() { println("${text}", version) }\n`
}

const archive = (name: string) => join(folder, `${name}.tar`)

async function build(name: string, ...options: string[]): Promise<string> {
  const { code, stderr, stdout } = await script([
    ...[project, "--packages=./cmd/api", "--output", archive(name)],
    ...options,
  ])
  expect(code, stderr).toBe(0)
  return stdout.trim()
}

/** An image of the project as it is committed, for whichever test needs it first. */
function plain(): Promise<string> {
  builtPlain ??= build("plain").then(() => archive("plain"))
  return builtPlain
}
let builtPlain: Promise<string> | undefined

async function verify(image: string, ...options: string[]) {
  const ended = await script(["verify", image, "--source", project, "--json", ...options])
  const result = ended.stdout === "" ? undefined : (JSON.parse(ended.stdout) as Verification)
  return { ...ended, result }
}

it("an image is the same when it is built again, wherever the work tree is by then", async () => {
  const tag = `${registry.host}/shop/api:v1`
  const pushed = await script([project, "--packages=./cmd/api", "--push", "--tag", tag])
  expect(pushed.code, pushed.stderr).toBe(0)
  const digest = registry.pushed["shop/api:v1"]!

  const same = await script(["verify", tag, "--source", project])
  expect(same.stdout).toMatch(
    new RegExp(`^identical: ${digest}\noptions: --packages=./cmd/api  \\(its provenance, sha256:`),
  )
  expect(same.code).toBe(0)
  // What is in the cache would prove nothing.
  expect(same.stderr).toMatch(/go build \S+ {2}[\d.]+ s/)

  sh('echo "// more" >> cmd/api/main.go && git commit -qam two && git tag v1.1.0')
  sh("git tag v1.0.1 v1.0.0 && echo changed > static/page.html && echo new > static/new.html")
  const before = sh("git status --porcelain; git worktree list; git branch -a")
  const later = await verify(`${registry.host}/shop/api@${digest}`)
  expect(later.result).toMatchObject({ identical: true, digest, rebuilt: digest })
  expect(later.stderr).toMatch(/^source: commit [0-9a-f]{12} of /)
  expect(sh("git status --porcelain; git worktree list; git branch -a")).toBe(before)
})

it("what the image says of itself need not be said again: runtime, program, Go, tags, platforms", async () => {
  await build(
    "other",
    "--go-version=1.26",
    "--build-tags=foo",
    "--platform=linux/amd64,linux/arm64",
  )
  const { code, result, stderr } = await verify(archive("other"))
  expect(stderr).toMatch(/^builder: golang:1\.26\.\d+ /m)
  expect(result).toMatchObject({ identical: true })
  expect(code).toBe(0)
})

it("without Git, the image's word is taken for the commit, and the rest compared", async () => {
  const image = await plain()
  sh(`git archive v1.0.0 --prefix=tree/ | tar -x -C ${folder}`)
  const tree = join(folder, "tree")
  const same = await script(["verify", image, "--source", tree])
  expect(same.stdout).toMatch(/^identical: /)
  expect(same.stderr).toMatch(/^note: .* is not in a Git repository, /m)

  // One that claims to be of that commit.
  writeFileSync(join(tree, "cmd/api/main.go"), program("evil"))
  const claimed = ["--revision", sh("git rev-parse HEAD").trim(), "--git-tag=v1.0.0"]
  const time = ["--revision-time", sh("git log -1 --format=%ct").trim()]
  const forged = ["--packages=./cmd/api", "--output", archive("forged"), ...claimed, ...time]
  expect((await script([tree, ...forged])).code).toBe(0)
  const { code, stdout } = await script(["verify", archive("forged"), "--source", project])
  expect(stdout).toMatch(/^different: sha256:[0-9a-f]{64}, but its source gives sha256:/)
  expect(stdout).toMatch(
    /^first difference: linux\/\w+: layer \d+ \(COPY .*\): .*\/api: byte \d+: /m,
  )
  expect(code).toBe(6)
})

describe("what explains a difference is told:", () => {
  it("options that were forgotten, until they are given", async () => {
    const options = ["--label=team=shop", "--environment=A=b", "--user=7:7"]
    const provenance = join(folder, "options.json")
    await build("options", ...options, "--provenance", provenance)
    const { code, result, stderr } = await verify(archive("options"))
    expect(code).toBe(6)
    expect(stderr).toContain("the source gives another image")
    expect(result?.reasons).toEqual([
      'User: "7:7", here "65532:65532" (--user)',
      "Env: A=b, here none (--environment)",
      "label team: shop, here none (--label)",
    ])
    const given = await verify(archive("options"), ...options)
    expect(given.result).toMatchObject({ identical: true })
    const attested = await verify(archive("options"), "--provenance", provenance)
    expect(attested.result).toMatchObject({ identical: true })
  })

  it.each(["referrers", "index"])(
    "not those that the provenance says which was attached to it (%s), and what is typed comes first",
    async (how) => {
      const tag = `${registry.host}/shop/options:${how}`
      const options = ["--label=team=it's", "--environment=A=b", "--target=api"]
      const pushed = await script([project, ...options, "--push", "--tag", tag, "--attest", how])
      expect(pushed.code, pushed.stderr).toBe(0)
      const { stdout, stderr } = await script(["verify", tag, "--source", project])
      expect(stdout, stderr).toMatch(
        /^identical: \S+\noptions: --target=api --label='team=it'\\''s' --environment=A=b {2}\(its provenance, sha256:[0-9a-f]{64}\)\n$/,
      )
      const typed = await verify(tag, "--environment=A=c")
      expect(typed.result?.reasons).toEqual(["Env: A=b, here A=c (--environment)"])
      expect(typed.result?.provenance?.parameters.target).toBe("api")
    },
  )

  it("another Go, other build tags", async () => {
    const { code, result } = await verify(await plain(), "--go-version=1.26", "--build-tags=x")
    expect(code).toBe(6)
    expect(result?.difference?.file).toMatch(/\/api$/)
    expect(result?.difference?.what).toMatch(/^byte \d+: 0x[0-9a-f]{2}, here 0x[0-9a-f]{2}$/)
    expect(result?.reasons).toEqual([
      expect.stringMatching(/^Go: go1\.25\.\d+, here go1\.26\.\d+ \(--go-version 1\.25\.\d+\)$/),
      "-tags: none, here x (--build-tags)",
    ])
  })

  it("changes that were not committed", async () => {
    sh("echo '// changed' >> cmd/api/main.go; echo more >> static/page.html")
    await build("dirty")
    expect((await verify(archive("dirty"))).result).toMatchObject({ identical: true })
    sh("git checkout -q .")
    const { code, result } = await verify(archive("dirty"))
    expect(code).toBe(6)
    expect(result?.reasons?.[0]).toMatch(
      /^the source: the image was built from [0-9a-f]{12} with changes that were not committed$/,
    )
    // Its commit, whatever the work tree is at by then.
    sh("git commit --quiet --allow-empty --message later")
    const later = await verify(archive("dirty"))
    expect(later.stderr).toMatch(/^source: commit [0-9a-f]{12} of /m)
    expect(later.result?.reasons?.filter((each) => /^commit|vcs/.test(each))).toEqual([])
  })
})

it("an image without a Go program is none of a Go project", async () => {
  const image = await writeImage({ layers: [await layer({ name: "etc/motd", content: "hello" })] })
  const { code, stdout, stderr } = await script(["verify", image, "--source", project])
  expect(stderr).toMatch(/^not an image of a Go project: no Go program is in it: .*image\.tar\n$/)
  expect([code, stdout]).toEqual([2, ""])
})

it.each<[string, () => string[] | Promise<string[]>, number, RegExp]>([
  ["no image", () => [], 2, /missing required argument 'image'/],
  ["a file that is missing", () => ["./none.tar"], 2, /^\.\/none\.tar does not exist\n$/],
  ["a file that is no archive", () => [join(project, "go.mod")], 2, /go\.mod is not /],
  ["a name that is none", () => ["a b"], 2, /^not an image reference: a b\n/],
  ["an image that is missing", () => [`${registry.host}/none`], 2, /^no such image: /],
  ["a registry that is not reached", () => ["127.0.0.1:1/app"], 75, /is not reachable/],
  [
    "a source that is missing",
    async () => [await plain(), "--source=/nowhere"],
    2,
    /the source folder does not exist: \/nowhere\n/,
  ],
  [
    "a repository without that commit",
    async () => [await plain(), "--source=."],
    2,
    /^the image's commit is not in .*: [0-9a-f]{40}\nFetch it /,
  ],
  [
    "the source of another program",
    async () => [await plain(), `--source=${join(folder, "unrelated")}`],
    2,
    /none of the programs in the image is built from this source: example\.com\/shop\/cmd\/api\n/,
  ],
  [
    "a provenance that is none",
    () => ["x.tar", "--provenance=package.json"],
    2,
    /^not a provenance of go-image: package\.json\n/,
  ],
  [
    "a provenance that is missing",
    () => ["x.tar", "--provenance=none.json"],
    2,
    /^the provenance cannot be read: .*none\.json/,
  ],
  ["an option that is none", () => ["x.tar", "--no-cache"], 2, /unknown option '--no-cache'/],
])("%s is one line, and what to do", async (_, args, status, said) => {
  mkdirSync(join(folder, "unrelated"), { recursive: true })
  writeFileSync(join(folder, "unrelated/go.mod"), "module example.com/other\n\ngo 1.25\n")
  writeFileSync(join(folder, "unrelated/main.go"), program("other"))
  const { code, stdout, stderr } = await script(["verify", ...(await args())])
  expect(stderr).toMatch(said)
  expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m)
  expect(code).toBe(status)
  expect(stdout).toBe("")
})
