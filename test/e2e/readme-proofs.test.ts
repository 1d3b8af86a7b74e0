import { execFileSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { Registry } from "../conformance/registry.js"
import { root, script } from "./command.js"

/** README's table of what can be proven about an image, typed as it stands there. */

const folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
const project = join(folder, "project")
const other = join(folder, "other.tar")
const database = join(folder, "vulnerabilities")
let registry: Registry
let image: string
let revision: string

const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
    cwd: project,
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null" },
    encoding: "utf8",
  }).trim()

beforeAll(async () => {
  registry = await Registry.start()
  cpSync(join(root, "examples/shortlinks"), project, { recursive: true })
  git("init", "-q")
  git("add", ".")
  git("commit", "-qm", "one")
  git("tag", "v1.2.3")
  revision = git("rev-parse", "HEAD")
  mkdirSync(join(database, "index"), { recursive: true })
  writeFileSync(join(database, "index/db.json"), '{"modified":"2025-01-01T00:00:00Z"}')
  writeFileSync(join(database, "index/modules.json"), "[]")
  const build = async (...options: string[]) => {
    const { code, stdout, stderr } = await script([project, "--runtime", "scratch", ...options])
    expect(code, stderr).toBe(0)
    return stdout.trim()
  }
  image = await build("--tag", `${registry.host}/shop:v1`, "--push")
  await build("--label", "team=shop", "--output", other)
})

afterAll(async () => {
  rmSync(folder, { recursive: true })
  await registry.stop()
})

interface Proof {
  options?: () => string[]
  code?: number
  prints: () => (string | RegExp)[]
}

const proofs: Record<string, Proof> = {
  inspect: {
    prints: () => [
      `image: ${image.split("@")[1]}\n`,
      "\nuser: 65532:65532\n",
      "\nports: 8080/tcp\n",
      `\n  org.opencontainers.image.revision=${revision}\n`,
      "\n  program: shortlinks (.)  (the main package at the root)\n",
      "module example.com/shortlinks v1.2.3\n",
      `\n    vcs.revision=${revision}\n`,
      /\n {4}github\.com\/go-chi\/chi\/v5 v\d/,
    ],
  },
  verify: { prints: () => [`identical: ${image.split("@")[1]}\n`] },
  diff: { code: 1, prints: () => ["\nlabel:\n  + team: shop\n"] },
  sbom: { prints: () => ['"spdxVersion": "SPDX-2.3"', '"name": "github.com/go-chi/chi/v5"'] },
  vulncheck: {
    // As on a machine that the public one cannot be reached from.
    options: () => ["--vulnerability-database", database],
    prints: () => [/^no known vulnerabilit/m],
  },
}

const section = /### What you can prove about an image\n(.*?)\n- \*\*/s.exec(
  readFileSync(join(root, "README.md"), "utf8"),
)?.[1]
const commands = [...(section ?? "").matchAll(/\| `bash script\/build ([^`]+)` +\|$/gm)].map(
  ([, command = ""]) => command.split(" "),
)

it("each row's command is tried here", () => {
  expect(commands.map(([name]) => name).sort()).toEqual(Object.keys(proofs).sort())
})

it.each(commands)("%s", async (name = "", ...args) => {
  const { options = () => [], code = 0, prints } = proofs[name]!
  const typed = args.map((each) => each.replace(/^IMAGE$/, image).replace(/^OTHER$/, other))
  const ended = await script([name, ...typed, ...options()], { cwd: project })
  expect(ended.code, ended.stderr).toBe(code)
  for (const text of prints()) {
    if (typeof text === "string") expect(ended.stdout).toContain(text)
    else expect(ended.stdout).toMatch(text)
  }
})
