import { execFile, execFileSync } from "node:child_process"
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { describe, expect, it } from "vitest"
import { temporaryFolder } from "../cli/temporary.js"

const bash = execFileSync("sh", ["-c", "command -v bash"], { encoding: "utf8" }).trim()

/** A PATH with these programs of this machine alone. */
function pathOf(...programs: string[]): string {
  const folder = temporaryFolder()
  for (const program of programs) {
    const file = execFileSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" }).trim()
    symlinkSync(file, join(folder, program))
  }
  return folder
}

const tools = ["bash", "sh", "cat", "mktemp", "rm", "touch", "ln", "readlink", "ps", "sleep"]

/** A checkout that has nothing but what an installation needs, and an npm that notes whether it is alone. */
function checkout(path: string): string {
  const root = temporaryFolder()
  const program = (name: string, text: string) => {
    writeFileSync(join(path, name), text)
    chmodSync(join(path, name), 0o755)
  }
  mkdirSync(join(root, "script"))
  writeFileSync(join(root, "script/lib.sh"), readFileSync("script/lib.sh"))
  writeFileSync(join(root, "package-lock.json"), "{}")
  execFileSync("touch", ["-d", "2020-01-01", join(root, "package-lock.json")])
  program("node", `#!${bash}\necho v20.0.0\n`)
  program(
    "npm",
    `#!${bash}
if ! ln -s busy "${root}/busy"; then echo "not alone" >>"${root}/calls"; exit 1; fi
echo "$*" >>"${root}/calls"
sleep 0.3
mkdir -p "${root}/node_modules"
touch "${root}/node_modules/.package-lock.json"
rm "${root}/busy"
`,
  )
  symlinkSync("/bin/mkdir", join(path, "mkdir"))
  return root
}

async function run(root: string, path: string): Promise<string> {
  const script = `set -euo pipefail; root=$1; . "$1/script/lib.sh"; need_node_modules; echo ready`
  const { stdout } = await promisify(execFile)(bash, ["--norc", "-c", script, "test", root], {
    env: { PATH: path },
  })
  return stdout
}

const hasFlock = existsSync("/usr/bin/flock")
const ways = [
  ["with flock(1)", [...tools, "flock"]],
  ["without, as on macOS", tools],
] as const

describe.each(ways.slice(hasFlock ? 0 : 1))("npm packages, %s", (_, programs) => {
  it("are installed by one of several first runs at once; the others wait for it", async () => {
    const path = pathOf(...programs)
    const root = checkout(path)
    const said = await Promise.all(Array.from({ length: 5 }, () => run(root, path)))
    expect(said).toEqual(Array.from({ length: 5 }, () => "ready\n"))
    expect(readFileSync(join(root, "calls"), "utf8")).toBe("ci --no-audit --no-fund\n")
    expect(existsSync(join(root, "node_modules.lock"))).toBe(false)
  })

  it("are not asked for where they are there", async () => {
    const path = pathOf(...programs)
    const root = checkout(path)
    await run(root, path)
    await run(root, path)
    expect(readFileSync(join(root, "calls"), "utf8")).toBe("ci --no-audit --no-fund\n")
  })
})

it("a lock of a run that was killed is in nobody's way", async () => {
  const path = pathOf(...tools)
  const root = checkout(path)
  symlinkSync("999999999", join(root, "node_modules.lock"))
  await Promise.all([run(root, path), run(root, path)])
  expect(readFileSync(join(root, "calls"), "utf8")).toBe("ci --no-audit --no-fund\n")
  expect(() => readlinkSync(join(root, "node_modules.lock"))).toThrow("ENOENT")
})

it("an installation that fails is said, with npm's output and exit status 4, and lets go of the lock", async () => {
  const path = pathOf(...tools)
  const root = checkout(path)
  writeFileSync(join(path, "npm"), `#!${bash}\necho no network; exit 7\n`)
  for (let attempt = 0; attempt < 2; attempt++) {
    await expect(run(root, path)).rejects.toMatchObject({
      code: 4,
      stderr: "installing npm packages (once)\nno network\nnpm ci failed; its output is above.\n",
    })
  }
})

describe("bash script/build --help", () => {
  const build = (...args: string[]) =>
    promisify(execFile)(bash, ["script/build", ...args], {
      env: { PATH: pathOf("bash", "dirname", "cat") },
    })

  it.each([["--help"], ["-h"], ["examples/hello-web", "--help"], ["--verbose", ".", "-h"]])(
    "needs nothing that has to be installed: %s",
    async (...args) => {
      const { stdout, stderr } = await build(...args)
      expect(stdout).toBe(readFileSync("cli/help.txt", "utf8"))
      expect(stderr).toBe("")
    },
  )

  it.each([["."], ["--command", "--help"], ["--", "--help"]])("is not what %s asks", async (...args) => {
    await expect(build(...args)).rejects.toThrow("Node.js is not installed")
  })
})
