import { execFileSync } from "node:child_process"
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Registry } from "../conformance/registry.js"
import { fencedBlocks, shellBlocks } from "../readme/commands.js"
import { root, run, type Finished } from "./command.js"

/**
 * Runs the README: each shell block as it stands there, in a project that its section is about, with a registry of our own for
 * registry.example.com. A command that is not run here is in this list, with the test that has it or the reason.
 */
const notRun: [command: RegExp, why: string][] = [
  [/^bash script\/test$/, "this is a part of it"],
  [/^alias /, "an alias is for a terminal; here go-image is a program on the PATH"],
  [
    / --load$/,
    "needs Docker: test/e2e/machine.test.ts without it, test/unit/cli for what it is sent",
  ],
  [
    /^go-image \. --private-modules/,
    "needs servers with passwords: test/e2e/private-servers.test.ts",
  ],
  [/^go-image \. --ca-certificates/, "the same"],
  [
    /^go-image \. --runtime (?:distroless|chainguard|dhi)$/,
    "their registries are not reachable everywhere: test/e2e/conformance.test.ts has stand-ins",
  ],
  [/^go-image \. --runtime registry/, "test/e2e/custom-base.test.ts"],
  [/^docker build /, "needs Docker: test/e2e/gateway.test.ts sends the same to BuildKit"],
  [
    /^dagger /,
    "needs an engine: test/e2e/modules.test.ts; that it exists: test/unit/documents.test.ts",
  ],
]

const readme = readFileSync(join(root, "README.md"), "utf8")
const folder = mkdtempSync(join(tmpdir(), "go-image-readme-"))
const shop = join(folder, "shop")
const monorepo = join(folder, "monorepo")
let registry: Registry

interface Section {
  /** Where its commands are typed; the checkout itself by default. */
  project?: string
  /** Options that this machine needs besides. */
  options?: string
  /** What they print, in the order of the blocks. */
  prints: (string | RegExp)[][]
  check?: () => void
}

const sections: Record<string, Section> = {
  "go-image": { prints: [["answers: 200 OK", "Hello from hello-web"]] },
  Install: { prints: [["engine", /^complete -F /m]] },
  "Ship a service": {
    project: shop,
    prints: [
      ["answers: 200 OK"],
      [/^set image deployment\/shop shop=\S+\/shop@sha256:\w{64}$/m],
      ["What was decided"],
    ],
    check() {
      expect(registry.pushed).toHaveProperty("shop:v1")
      expect(readFileSync(join(folder, "explain.html"), "utf8")).toContain("<svg")
    },
  },
  "Build the services of a monorepo": {
    project: monorepo,
    prints: [["answers: 200 OK"], [/^links$/m]],
    check() {
      expect(Object.keys(registry.pushed)).toEqual(expect.arrayContaining(["web:v1", "links:v1"]))
      for (const file of ["web.tar", "dist/web.tar", "dist/links.tar"]) {
        expect(existsSync(join(monorepo, file)), file).toBe(true)
      }
    },
  },
  "Build for several platforms": {
    project: shop,
    options: "--runtime=scratch",
    prints: [["build-arm64"]],
    check: () => expect(registry.parts("shop:v1")).toHaveLength(2),
  },
  "Choose a smaller or hardened base": {
    project: shop,
    prints: [["runtime: scratch", "go-image.lock"]],
    check: () => expect(readFileSync(join(shop, "go-image.lock"), "utf8")).toContain('"golang:'),
  },
  "Keep a Dockerfile": {
    project: shop,
    prints: [[]],
    check: () =>
      expect(readFileSync(join(shop, "Dockerfile.new"), "utf8")).toMatch(/^FROM \S+ AS build$/m),
  },
  "Build in CI": {
    project: shop,
    prints: [["test", "vet", "publish:"]],
    check: () => expect(Object.keys(registry.pushed)).toContain("shop:cache"),
  },
}

beforeAll(async () => {
  registry = await Registry.start()
  const bin = join(folder, "bin")
  mkdirSync(bin)
  program("go-image", `exec bash '${root}script/build' "$@" $OPTIONS`)
  program("kubectl", 'echo "$*"')
  cpSync(join(root, "examples/shortlinks"), shop, { recursive: true })
  commit(shop)
  for (const [name, example] of [
    ["web", "hello-web"],
    ["links", "shortlinks"],
  ] as const) {
    cpSync(join(root, "examples", example), join(monorepo, "services", name), { recursive: true })
  }
  writeFileSync(
    join(monorepo, "go.work"),
    "go 1.25\n\nuse (\n\t./services/links\n\t./services/web\n)\n",
  )
  const [targets] = fencedBlocks(readme, "toml").filter(({ text }) => text.includes("targets"))
  writeFileSync(join(monorepo, "project.toml"), targets!.text)
  commit(monorepo)
  writeFileSync(
    join(monorepo, "services/links/version.go"),
    "package main\n\nconst version = 2\n\nvar _ = version\n",
  )
  commit(monorepo)

  function program(name: string, text: string): void {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`)
    chmodSync(join(bin, name), 0o755)
  }
})

afterAll(async () => {
  rmSync(folder, { recursive: true })
  await registry.stop()
})

const blocks = shellBlocks(readme).map(({ heading, text, commands }) => ({
  heading,
  commands: commands.filter((command) => !notRun.some(([pattern]) => pattern.test(command))),
  all: commands,
  text,
}))
const tried = blocks.filter(({ commands }) => commands.length > 0)

it("each command is run here, or is named with the reason", () => {
  const all = blocks.flatMap((block) => block.all)
  const unused = notRun.filter(([pattern]) => !all.some((command) => pattern.test(command)))
  expect(unused).toEqual([])
  expect(Object.keys(sections)).toEqual([...new Set(tried.map(({ heading }) => heading))])
})

describe.each(Object.entries(sections))(
  "%s",
  (heading, { project = root, options, prints, check }) => {
    const own = tried.filter((block) => block.heading === heading)
    it.each(
      own.map(({ commands }, index) => [commands.join("; "), commands, prints[index]] as const),
    )("%s", async (_, commands, expected) => {
      const { code, stdout, stderr } = await type(commands, project, options)
      expect(code, stderr).toBe(0)
      expect(expected, "what it prints is not said here").toBeDefined()
      for (const text of expected ?? []) expect(stdout + stderr).toMatch(text)
    })
    if (check) it("did what the section says", check)
  },
)

describe("Prove what is in an image", () => {
  const rows = [...readme.matchAll(/\| `go-image ([^`]+)` +\|$/gm)].map(([, text = ""]) => text)
  const proofs: Record<
    string,
    { code?: number; options?: () => string[]; prints: () => (string | RegExp)[] }
  > = {
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
  const project = join(folder, "proved")
  const other = join(folder, "other.tar")
  const database = join(folder, "vulnerabilities")
  let image: string
  let revision: string

  beforeAll(async () => {
    cpSync(join(root, "examples/shortlinks"), project, { recursive: true })
    commit(project)
    git(project, "tag", "v1.2.3")
    revision = git(project, "rev-parse", "HEAD")
    mkdirSync(join(database, "index"), { recursive: true })
    writeFileSync(join(database, "index/db.json"), '{"modified":"2025-01-01T00:00:00Z"}')
    writeFileSync(join(database, "index/modules.json"), "[]")
    const build = async (options: string) => {
      const { code, stdout, stderr } = await type(
        [`go-image . --runtime scratch ${options}`],
        project,
      )
      expect(code, stderr).toBe(0)
      return stdout.trim()
    }
    image = await build("--tag registry.example.com/proved:v1 --push")
    await build(`--label team=shop --output ${other}`)
  })

  it("each row's command is tried here", () => {
    expect(rows.map((row) => row.split(" ")[0]).sort()).toEqual(Object.keys(proofs).sort())
  })

  it.each(rows)("go-image %s", async (row) => {
    const { options = () => [], code = 0, prints } = proofs[row.split(" ")[0]!]!
    const command = row.replace(/\bIMAGE\b/, image).replace(/\bOTHER\b/, other)
    const ended = await type([["go-image", command, ...options()].join(" ")], project)
    expect(ended.code, ended.stderr).toBe(code)
    for (const text of prints()) expect(ended.stdout).toMatch(text)
  })
})

function type(commands: readonly string[], cwd: string, options = ""): Promise<Finished> {
  const text = commands.join("\n").replaceAll("registry.example.com", registry.host)
  return run(["bash", "-e", "-o", "pipefail", "-c", `${text}\ncomplete -p 2>/dev/null || true`], {
    cwd,
    env: { PATH: `${join(folder, "bin")}:${process.env["PATH"]}`, OPTIONS: options },
  })
}

function commit(project: string): void {
  git(project, "init", "-q")
  git(project, "add", ".")
  git(project, "commit", "-qm", "work")
}

function git(cwd: string, ...args: string[]): string {
  return execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
    cwd,
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null" },
    encoding: "utf8",
  }).trim()
}
