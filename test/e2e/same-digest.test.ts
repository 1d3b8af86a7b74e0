import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, relative } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { cacheFolder } from "../../cli/system/folders.js"
import { toolPath, type Tool } from "../../cli/engine/embedded/tools.js"
import { Archive } from "../../cli/image/archive.js"
import { layerEntries } from "../../cli/image/layer.js"
import { allManifests, type ChosenManifest } from "../../cli/image/manifest.js"
import { Registry } from "../conformance/registry.js"
import { script } from "./command.js"
import { gitAuthor } from "./git-author.js"
import { withCache } from "./new-machine.js"
import { prepareRuntime } from "./runtime.js"

/** Of another version, such as `go install github.com/moby/buildkit/cmd/buildkitd` of it. */
const otherBuildkit = process.env["OTHER_BUILDKITD"]

if (!otherBuildkit) console.log("Left out: another BuildKit (OTHER_BUILDKITD names no buildkitd)")

let folder: string

const environment = {
  ...process.env,
  ...gitAuthor,
}

const run = (cwd: string, line: string) =>
  execFileSync("sh", ["-ec", line], { cwd, env: environment, stdio: "pipe" })

beforeAll(async () => {
  await prepareRuntime()
  folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
  const one = join(folder, "one")
  mkdirSync(join(one, "static/deep"), { recursive: true })
  writeFileSync(join(one, "go.mod"), "module example.com/same\n\ngo 1.24\n")
  writeFileSync(
    join(one, "main.go"),
    'package main\n\nvar version = "dev"\n\nfunc main() { println(version) }\n',
  )
  writeFileSync(join(one, "static/deep/page.html"), "<p>page</p>\n")
  writeFileSync(join(one, "start.sh"), "#!/bin/sh\n", { mode: 0o755 })
  run(one, "git init -q && git add . && git commit -qm one && git tag v1.0.0")
  // And one whose hooks change what is made, with data as ko has it.
  run(
    folder,
    "cp -a one hooked; mkdir -p hooked/kodata hooked/bin; echo data >hooked/kodata/data.txt",
  )
  writeFileSync(
    join(folder, "hooked/bin/go-post-compile"),
    "#!/bin/sh\necho made >made.txt\nfor each in /out/image/app/*; do echo >>$each; done\n",
  )
  run(join(folder, "hooked"), "git add . && git commit -qm hooked")
  // As somebody else has them, who keeps files to himself, on another day.
  for (const name of ["one", "hooked"]) {
    const other = name === "one" ? "other/two" : `other/${name}`
    run(folder, `umask 077; git clone -q ${name} ${other}; git -C ${other} remote remove origin`)
    run(folder, `find ${other} -not -path '*/.git*' -exec touch -h -d 2001-02-03 {} +`)
  }
})

afterAll(() => rmSync(folder, { recursive: true }))

/** @param options Of the command line; environment variables as an object. */
async function digest(
  project: string,
  ...options: (string | Record<string, string>)[]
): Promise<string> {
  const archive = join(folder, "image.tar")
  const env = Object.assign({}, ...options.filter((each) => typeof each !== "string")) as Record<
    string,
    string
  >
  const { code, stdout, stderr } = await script(
    [
      join(folder, project),
      ...["--runtime", "scratch", "--output", archive],
      ...options.filter((each) => typeof each === "string"),
    ],
    { env },
  )
  expect(code, stderr).toBe(0)
  expect(stdout).toMatch(/^sha256:[0-9a-f]{64}\n$/)
  return stdout
}

it("one commit is one image: of two clones, whoever made them and when, with steps cached and not", async () => {
  const first = await digest("one")
  expect(await digest("other/two")).toBe(first)
  expect(await digest("other/two", "--no-cache")).toBe(first)
  // Also for whom it is something else.
  const epoch = ["--source-date-epoch", "1740821405"]
  const dated = await digest("one", ...epoch)
  expect(dated).not.toBe(first)
  expect(await digest("other/two", ...epoch, "--no-cache")).toBe(dated)
})

it("so it is for another user, with another home, time zone and language, on a BuildKit that has nothing in its cache", async () => {
  const first = await digest("one")
  const home = join(folder, "home")
  withCache(join(home, ".cache"))
  run(folder, "git clone -q one home/three; git -C home/three remote remove origin")
  run(folder, "chown -R 12345:12345 home/three; chmod -R g-rwx,o-rwx home/three")
  const env = {
    ...{ HOME: home, XDG_CACHE_HOME: join(home, ".cache"), USER: "other", LOGNAME: "other" },
    ...{ TZ: "Asia/Kathmandu", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" },
    // Git reads a repository of somebody else's only where it is told to.
    ...{ GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "safe.directory", GIT_CONFIG_VALUE_0: "*" },
  }
  expect(await digest("home/three", env)).toBe(first)
})

it.runIf(otherBuildkit)("so it is on another BuildKit", async () => {
  const cache = join(folder, "other-cache")
  withCache(cache, ["bases"])
  const tool = (name: Tool) => join(cache, relative(dirname(cacheFolder()), toolPath(name)))
  mkdirSync(dirname(tool("buildkitd")), { recursive: true })
  symlinkSync(otherBuildkit ?? "", tool("buildkitd"))
  symlinkSync(toolPath("buildctl"), tool("buildctl"))
  const env = { XDG_CACHE_HOME: cache }
  for (const options of [[], ["--platform", "linux/amd64,linux/arm64"]]) {
    expect(await digest("other/two", env, ...options)).toBe(await digest("one", ...options))
  }
})

it("so it is whether the image is pushed or written to a file", async () => {
  const registry = await Registry.start()
  const tag = `${registry.host}/same:v1`
  const options = ["--runtime", "scratch", "--push", "--tag", tag]
  const { code, stdout, stderr } = await script([join(folder, "other/two"), ...options])
  expect(code, stderr).toBe(0)
  const first = (await digest("one")).trim()
  expect(stdout).toBe(`${registry.host}/same@${first}\n`)
  expect(registry.pushed["same:v1"]).toBe(first)
  await registry.stop()
})

it("so it is with all else that an image can have", async () => {
  const all = [
    ...["--runtime", "debian", "--health-check", "/healthz", "--port", "80"],
    ...["--capabilities", "cap_net_bind_service", "--folders", "/var/run/one/deep"],
    ...["--volumes", "/data", "--working-directory", "/data"],
  ]
  const first = await digest("hooked", ...all)
  expect(await digest("other/hooked", ...all, "--no-cache")).toBe(first)
})

it("so it is on every day: what is said here was built on one, and holds for all later ones", async () => {
  const dated = join(folder, "dated")
  mkdirSync(dated)
  writeFileSync(join(dated, "go.mod"), "module example.com/dated\n\ngo 1.25\n")
  writeFileSync(
    join(dated, "main.go"),
    'package main\n\nimport "fmt"\n\nvar commit, date string\n\nfunc main() { fmt.Println(commit, date) }\n',
  )
  writeFileSync(join(dated, "page.html"), "<p>page</p>\n")
  const date = "2024-05-06T07:08:09Z"
  const made = `GIT_AUTHOR_DATE=${date} GIT_COMMITTER_DATE=${date} git commit -qm one`
  run(dated, `git init -q -b main && git add . && ${made} && git tag v1.2.3`)
  // CA certificates and time zones are the builder's, which gets newer ones: they are the system layer.
  await digest("dated", "--go-version", "1.25.14", "--platform", "linux/amd64", "--no-cache")
  const store = await Archive.open(join(folder, "image.tar"))
  const [{ config, manifest }] = (await allManifests(store)) as [ChosenManifest]
  const [system = "", ...others] = config.rootfs.diff_ids
  const rest = JSON.stringify(config).replaceAll(system, "the system layer")
  // Another one only where go-image is meant to make other images than before.
  expect(others).toEqual([
    // An empty one, the page, the program.
    "sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
    "sha256:675f3db67ad639dbb3205d2e9f06173f0e0dddcc0aa1888e00f13a9b615afef5",
    "sha256:d0a9bd68702f2006c07bf4ff2bd4d667909c93d2f9fd7ef0094a5b2aff604a08",
  ])
  expect(createHash("sha256").update(rest).digest("hex"), rest).toBe(
    "83c507d73e296eef6d4d25f1fb8054756c3a08bbb9cd1350530046b4ac689fa2",
  )
  for (const layer of manifest.layers) {
    for await (const entry of layerEntries(store, layer)) {
      expect(entry.header.mtime, entry.header.name).toEqual(new Date(0))
      entry.resume()
    }
  }
})

it("so it is for several platforms", async () => {
  const both = ["--platform", "linux/amd64,linux/arm64"]
  expect(await digest("other/two", ...both, "--no-cache")).toBe(await digest("one", ...both))
})
