import { spawnSync } from "node:child_process"
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { UserError } from "../../../../src/errors.js"
import type { Options } from "../../../../src/options.js"
import { assemblePlan } from "../../../../src/plan/assemble.js"
import { installScript } from "../../../../src/plan/stages/os-packages-script.js"
import type { Plan, RunStep } from "../../../../src/plan/types.js"
import { detectIn, main, planOf, project } from "../../support/project.js"

const withC = `package main\n\n// int x;\nimport "C"\n\nfunc main() { println() }\n`

const stage = (plan: Plan, name: string) => plan.stages.find((each) => each.name === name)
const runs = (plan: Plan, name: string) =>
  (stage(plan, name)?.steps ?? []).filter((step): step is RunStep => step.type === "run")
const lastRun = (plan: Plan, name: string) => runs(plan, name).at(-1)?.args ?? []
const imageOf = (plan: Plan, name: string) => {
  const from = stage(plan, name)?.from
  return from && "image" in from ? from.image : undefined
}
const variables = (plan: Plan) =>
  Object.fromEntries(
    (stage(plan, "build")?.steps ?? []).flatMap((step) =>
      step.type === "environment" ? [[step.name, step.value]] : [],
    ),
  )
const plan = (options: Options = {}, text = withC) => planOf(project({ "main.go": text }), options)

describe("with C", () => {
  it.each<[string, Options, string, boolean]>([
    ["debian", {}, "golang:1.25-bookworm", false],
    ["ubuntu", { runtime: "ubuntu" }, "golang:1.25-bookworm", false],
    ["dhi", { runtime: "dhi" }, "dhi.io/golang:1.25-dev", false],
    ["a base of one's own", { runtime: "example.com/base:1" }, "golang:1.25-bookworm", false],
    ["distroless", { runtime: "distroless" }, "golang:1.25-bookworm", true],
    ["chainguard", { runtime: "chainguard" }, "golang:1.25-bookworm", true],
    ["scratch", { runtime: "scratch" }, "golang:1.25-bookworm", true],
    ["debian, statically", { staticLink: true }, "golang:1.25-bookworm", true],
    ["the newest Go", { goVersion: "latest" }, "golang:1-bookworm", false],
  ])("%s", async (_, options, builder, isStatic) => {
    const made = await plan(options)
    expect(imageOf(made, "build")).toBe(builder)
    expect(variables(made)["CGO_ENABLED"]).toBe("1")
    const build = lastRun(made, "build").join(" ")
    expect(build.includes("-linkmode=external -extldflags=-static")).toBe(isStatic)
    expect(build.includes("-tags=netgo,osusergo")).toBe(isStatic)
    expect(build).toContain("-trimpath -gcflags=all=-dwarf=false")
    // The programs of the image are those that were looked at.
    expect(JSON.stringify(stage(made, "image")?.steps)).toContain('"stage":"linked"')
  })

  it.each([
    ["1.21.0", "bookworm"],
    ["1.20", "bookworm"],
    ["1.20.4", "bullseye"],
    ["1.19.10", "bookworm"],
    ["1.18", "bullseye"],
    ["1.13", "buster"],
  ])("the image of Go %s on Debian's %s", async (goVersion, release) => {
    const files = { "go.mod": "module example.com/hello\n\ngo 1.13\n", "main.go": withC }
    const made = await planOf(files, { goVersion })
    expect(imageOf(made, "build")).toBe(`golang:${goVersion}-${release}`)
  })

  it("a compiler for the image's platform comes from the builder's distribution", async () => {
    const made = await plan({ platform: "linux/arm64" })
    expect(variables(made)).toMatchObject({ GOARCH: "arm64", CC: "aarch64-linux-gnu-gcc" })
    expect(runs(made, "build")[0]?.args.slice(2)).toEqual([
      ...["aarch64-linux-gnu-g++", "", "gcc-aarch64-linux-gnu", "g++-aarch64-linux-gnu"],
      "libc6-dev-arm64-cross",
    ])
  })

  it("tools of others are compiled without it", async () => {
    const made = await plan({ runtime: "scratch", command: "hello --port $PORT" })
    expect(JSON.stringify(stage(made, "launcher"))).not.toContain('"CGO_ENABLED","value":"1"')
  })
})

it("without C nothing of it is in the plan", async () => {
  const made = await plan({}, main)
  expect(imageOf(made, "build")).toBe("golang:1.25")
  expect(stage(made, "linked")).toBeUndefined()
  expect(made.decisions.map(({ what }) => what)).not.toContain("cgo")
})

it("a library that a known module links to is named before the build, until it is asked for", async () => {
  const text = 'package main\n\nimport _ "github.com/h2non/bimg"\n\nfunc main() { println() }\n'
  const named = /bimg needs C .*--build-packages libvips-dev --os-packages libvips42/
  expect((await plan({}, text)).notices.join("\n")).toMatch(named)
  const asked = await plan({ buildPackages: ["libvips-dev"] }, text)
  expect(asked.notices.join("\n")).not.toMatch(named)
})

it("a known module that only other modules need is no reason, and is named", async () => {
  const requires = "require github.com/mattn/go-sqlite3 v1.14.22 // indirect\n"
  const goMod = `module example.com/hello\n\ngo 1.25\n\n${requires}`
  const files = { "go.mod": goMod, "go.sum": "", "main.go": main }
  const made = await planOf(files)
  expect(stage(made, "linked")).toBeUndefined()
  expect(made.notices).toContainEqual(expect.stringMatching(/^go\.mod:5: .*--cgo on$/))
  expect((await planOf(files, { cgo: "off" })).notices.join()).not.toContain("--cgo on")
})

it("of a base of one's own, the C library is not known, unless none is wanted", async () => {
  const told = async (options: Options) =>
    (await plan({ cgo: "on", ...options }, main)).notices.some((each) =>
      each.startsWith("the C library of"),
    )
  const runtime = "example.com/base:1"
  expect([await told({ runtime }), await told({ runtime, staticLink: true })]).toEqual([
    true,
    false,
  ])
  expect([await told({}), await told({ runtime, cgo: "off" })]).toEqual([false, false])
})

describe("packages of the operating system", () => {
  it("are one argument each, sorted, whatever the text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        try {
          const made = await plan({ osPackages: [text] }, main)
          for (const name of lastRun(made, "base").slice(4)) {
            expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9+._-]*(?:=[A-Za-z0-9+.:~_-]+)?$/)
          }
        } catch (error) {
          expect(error).toBeInstanceOf(UserError)
        }
      }),
      { numRuns: 50 },
    )
    const made = await plan({ osPackages: ["tini", "git", "g++", "tini"] }, main)
    expect(lastRun(made, "base").slice(3)).toEqual(["", "g++", "git", "tini"])
  })

  it.each(["2025-02-30", "2025-13-01", "2025-1-1", "today", "", " 2025-01-01"])(
    "are of no day such as %j",
    async (osPackagesDate) => {
      await expect(plan({ osPackages: ["git"], osPackagesDate }, main)).rejects.toThrow(
        `not a day: ${JSON.stringify(osPackagesDate)} (--os-packages-date)`,
      )
    },
  )

  it("come over connections that trust the certificates that are given", async () => {
    const { facts, settings } = await detectIn(project({ "main.go": main }), {
      buildPackages: ["git"],
      trustCertificates: true,
    })
    const filesOf = (made: Plan, name: string) =>
      (stage(made, name)?.steps ?? []).flatMap((step) =>
        step.type === "file" && step.content === "PEM\n" ? [step] : [],
      )
    const access = { value: { certificates: "PEM\n" }, from: "--ca-certificates" }
    const given = assemblePlan(facts, { ...settings, access })
    const [file, ...more] = filesOf(given, "package-manager")
    expect([file?.mode, more]).toEqual([0o644, []])
    expect(lastRun(given, "package-manager")).toEqual([
      ...["/bin/sh", "-c", 'cat "$1/further.crt" >>"$1/ca-certificates.crt"', "add"],
      file?.path.replace("/further.crt", ""),
    ])
    expect(filesOf(given, "system")).toHaveLength(1)
    expect(lastRun(given, "system").join()).toContain(
      `cat ${filesOf(given, "system")[0]?.path} >>/system/image/etc/ssl/certs/ca-certificates.crt\n`,
    )
  })

  it.each(["-y", "git-", "git-=1", "a b;c", "git:arm64", "$(x)", "a/b", "=1"])(
    "not %s",
    async (name) => {
      await expect(plan({ osPackages: [name] }, main)).rejects.toThrow("not a package's name")
    },
  )

  it("of the builder may be of another architecture", async () => {
    const made = await plan({ buildPackages: ["librdkafka-dev:arm64"] }, main)
    expect(runs(made, "build")[0]?.args.slice(4)).toEqual(["librdkafka-dev:arm64"])
  })
})

describe("the script that installs", () => {
  let folder: string
  const tools = ["sh", "cat", "mkdir", "flock", "uname", "tr", "touch", "date", "find", "rm"]
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "go-image-install-"))
    mkdirSync(join(folder, "bin"))
    for (const tool of tools) {
      const [path = ""] = spawnSync("which", [tool], { encoding: "utf8" }).stdout.split("\n")
      symlinkSync(path, join(folder, "bin", tool))
    }
    const script = installScript
      .replaceAll(/\/(?:srv|mnt)\//g, `${folder}/`)
      .replaceAll("/var/", `${folder}/root/var/`)
      .replace("find / ", `find ${folder}/root `)
    mkdirSync(join(folder, "root/var/log"), { recursive: true })
    writeFileSync(join(folder, "install.sh"), script)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const install = (...args: string[]) =>
    spawnSync("/bin/sh", [join(folder, "install.sh"), ...args], {
      env: { PATH: join(folder, "bin") },
      encoding: "utf8",
    })

  it("says so where there is no package manager", () => {
    const { status, stderr } = install("", "", "git")
    expect([status, stderr]).toEqual([
      1,
      "the base image has neither apt-get nor apk to install git with\n",
    ])
  })

  it("does nothing where the program is there", () => {
    expect(install("cat", "", "coreutils")).toMatchObject({ status: 0, stdout: "", stderr: "" })
  })

  it("gives apk the packages, and no day", () => {
    const apk = join(folder, "bin/apk")
    const installs = `: >var/log/apk.log; touch -d "@$(date +%s)" git; touch -d @9 old`
    const line = `printf '[%s]' "$@" >${folder}/asked; cd ${folder}/root; ${installs}`
    writeFileSync(apk, `#!/bin/sh\n${line}\n`)
    chmodSync(apk, 0o755)
    expect(install("", "", "git", "tini=1 2").status).toBe(0)
    const asked = readFileSync(join(folder, "asked"), "utf8")
    expect(asked).toMatch(
      /^\[add\]\[--cache-dir\]\[.*\/apk\]\[--update-cache\]\[--\]\[git\]\[tini=1 2\]$/,
    )
    // Installed within the second in which this began, as far as the clock of its files goes.
    expect(statSync(join(folder, "root/git")).mtimeMs).toBe(0)
    expect(statSync(join(folder, "root/old")).mtimeMs).toBe(9000)
    expect(existsSync(join(folder, "root/var/log/apk.log"))).toBe(false)
    const dated = install("", "2025-11-01", "git")
    expect([dated.status, dated.stderr]).toEqual([
      1,
      "apk has no archive of a day: leave out --os-packages-date, or ask for versions, such as git=2.49.1-r0\n",
    ])
  })
})
