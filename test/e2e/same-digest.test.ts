import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { cacheFolder } from "../../cli/engine/folders.js"
import { Registry } from "../conformance/registry.js"
import { script } from "./command.js"
import { prepareRuntime } from "./runtime.js"

let folder: string

const environment = {
  ...process.env,
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@example.com",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@example.com",
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
  const state = join(home, ".cache/go-image")
  mkdirSync(state, { recursive: true })
  // What is made once for a machine; without the state that BuildKit has of earlier builds.
  for (const name of ["tools", "bases"].filter((each) => existsSync(join(cacheFolder(), each)))) {
    symlinkSync(join(cacheFolder(), name), join(state, name))
  }
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

it("so it is for several platforms", async () => {
  const both = ["--platform", "linux/amd64,linux/arm64"]
  expect(await digest("other/two", ...both, "--no-cache")).toBe(await digest("one", ...both))
})
