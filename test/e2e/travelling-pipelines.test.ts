import { randomUUID } from "node:crypto"
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { ciProviders } from "../../src/ci/providers.js"
import { credentials, environmentOf, providers } from "../ci/providers.js"
import { Registry } from "../conformance/registry.js"
import { exampleProject } from "../readme/pipelines.js"
import { root, run } from "./command.js"
import { newMachine } from "./new-machine.js"

/*
 * What `ci` writes, executed as each provider's shell does, for real: every job on a machine that has never built anything. The
 * first one fills the cache in the registry; the others find it there, after an edit. Only npx, docker login and apk are played.
 */

const isOurs = process.getuid?.() === 0 && !process.env.BUILDKIT_HOST
let folder: string
let project: string
let registry: Registry

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
  project = join(folder, "my-service")
  cpSync(join(root, "examples/idgen"), project, { recursive: true })
  appendFileSync(join(project, "go.mod"), `\n// ${randomUUID()}\n`)
  registry = await Registry.start({
    user: credentials.REGISTRY_USER,
    password: credentials.REGISTRY_PASSWORD,
  })
  mkdirSync(join(folder, "bin"))
  const program = (name: string, script: string) => {
    writeFileSync(join(folder, "bin", name), `#!/bin/bash\n${script}\n`, { mode: 0o755 })
  }
  program("apk", "exit 0")
  // The package is this checkout.
  program("npx", `shift 2\nexec bash ${root}script/build "$@" --verbose`)
  program(
    "docker",
    `[ "$1" = login ] || exit 1
auth=$(printf '%s:%s' "$4" "$(cat)" | base64 --wrap=0)
mkdir -p "$DOCKER_CONFIG"
printf '{"auths":{"%s":{"auth":"%s"}}}' "$2" "$auth" >"$DOCKER_CONFIG/config.json"`,
  )
})

afterAll(async () => {
  await registry.stop()
  rmSync(folder, { recursive: true })
})

/** As the provider runs the job of its main branch, with the registry of the test. */
async function image(name: string) {
  const provider = providers.find((each) => each.name === name)!
  const text = ciProviders[provider.name].write({
    ...exampleProject,
    tool: "docker",
    // Vet compiles as the image's programs are, and tests with flags of their own.
    checks: ["vet"],
  })
  const job = await provider.job(text, "image")
  const here = (value: string) => value.replaceAll("registry.example.com", registry.host)
  const given = Object.entries(environmentOf(job, provider))
    // Of GitLab's Docker, which is not here.
    .filter(([variable]) => !variable.startsWith("DOCKER_"))
    .map(([variable, value]) => [variable, here(value)])
  const [shell = "sh", ...flags] = provider.shell
  const ended = await run([shell, ...flags, "-c", here(job.script)], {
    cwd: project,
    env: {
      ...(Object.fromEntries(given) as Record<string, string>),
      ...(await newMachine()),
      DOCKER_CONFIG: join(folder, `docker-${name}`),
      PATH: `${join(folder, "bin")}:${process.env.PATH}`,
    },
  })
  expect(ended.code, ended.stderr).toBe(0)
  expect(ended.stdout + ended.stderr).toMatch(/^vet: passed$/m)
  return ended.stderr
}

const step = (name: string, took: string) => new RegExp(`^ {2}${name} {2}${took}$`, "m")
/** On a busy machine, it may be minutes. */
const ran = String.raw`(?:\d+ min )?\d+(?:\.\d)? s`
const compiled = "compile-dependencies: compile dependencies"
const compared = "modules: compare vendor/ with go\\.sum"

it.runIf(isOurs)(
  "the second run of a pipeline compiles an edit alone, whoever runs it",
  async () => {
    const cold = await image("gitlab")
    const name = Object.keys(registry.pushed).find((each) => each.startsWith("team/my-service:4"))!
    expect(Object.keys(registry.pushed)).toContain("team/my-service:cache-dependencies")
    for (const each of [compiled, compared]) expect(cold).toMatch(step(each, ran))

    const before = registry.pushed[name]
    const text = JSON.stringify(randomUUID())
    writeFileSync(
      join(project, "state.go"),
      `package main\n\nimport "os"\n\nfunc init() { os.Setenv("STATE", ${text}) }\n`,
    )
    const warm = await image("circleci")
    // Neither the check nor the image compiles dependencies again.
    for (const each of [compiled, compared]) {
      expect(warm).toMatch(step(each, "cached"))
      expect(warm).not.toMatch(step(each, ran))
    }
    expect(warm).not.toMatch(/^note: the build cache/m)
    expect(registry.pushed[name]).not.toBe(before)
  },
)
