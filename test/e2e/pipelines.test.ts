import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { afterAll, beforeAll, describe, expect, inject, it } from "vitest"

import { dockerEngineVersion } from "../../cli/engine/docker/docker.js"
import { readImage } from "../read-image.js"
import { theLine } from "../ci/line.js"
import { useAction } from "../ci/action.js"
import { gitHubJob, gitHubTag } from "../ci/providers.js"
import { Registry } from "../conformance/registry.js"
import { root, run } from "./command.js"
import { reaches } from "./find-dagger.js"

const login = { user: "robot", password: "not-a-real-secret-71c2" }
const folder = mkdtempSync(join(tmpdir(), "go-image-pipelines-"))
const service = join(folder, "service")

let registry: Registry
let environment: Record<string, string>

beforeAll(async () => {
  registry = await Registry.start(login)
  environment = {
    IMAGE: `${registry.host}/team/my-service:v1`,
    REGISTRY_USER: login.user,
    REGISTRY_PASSWORD: login.password,
  }
  cpSync(join(root, "examples/hello-web"), service, { recursive: true })
})

afterAll(async () => {
  await registry.stop()
  rmSync(folder, { recursive: true })
})

async function published(): Promise<string[]> {
  const archive = join(folder, "published.tar")
  await registry.save("team/my-service:v1", archive)
  const { config } = await readImage(archive)
  return config.config?.Entrypoint ?? []
}

const whyNoDagger = inject("whyNoDagger")

describe.skipIf(whyNoDagger)("the one line, with go-image as a toolchain", () => {
  beforeAll(async () => {
    installModule()
    // Without a repository around them, the module would be outside of what the engine may read.
    await run(["git", "init", "--quiet", folder])
  })

  it("checks, builds, logs in and publishes", async ({ skip }) => {
    skip(
      !(await reaches(`http://${login.user}:${login.password}@${registry.host}/v2/`)),
      "the engine does not reach a registry on this machine",
    )
    const refused = await line({ ...environment, REGISTRY_PASSWORD: "wrong" })
    expect(refused.code).not.toBe(0)
    expect(registry.pushed).toEqual({})

    const { code, stdout, stderr } = await line(environment)
    expect(code, stderr).toBe(0)
    expect(stderr).not.toContain(login.password)
    expect(stdout).toContain(`${environment.IMAGE}@${registry.pushed["team/my-service:v1"]}`)
    expect(await published()).toEqual(["/app/hello-web"])
  })

  it("checks and builds, where there is no registry", async () => {
    const archive = join(folder, "image.tar")
    const exported = theLine().replace(/publish .*/, `debian --source=. export --path=${archive}`)
    const { code, stderr } = await run(["sh", "-c", exported], { cwd: service })
    expect(code, stderr).toBe(0)
    expect((await readImage(archive)).config.config?.Entrypoint).toEqual(["/app/hello-web"])
  })
})

function line(variables: Record<string, string>) {
  return run(["sh", "-c", theLine()], { cwd: service, env: variables })
}

/** What `dagger toolchain install` leaves, with the checkout's module instead of the published one. */
function installModule(): void {
  const module = join(folder, "go-image")
  mkdirSync(module)
  for (const file of ["dagger.json", "package.json", "package-lock.json", "tsconfig.json", "src"]) {
    cpSync(join(root, file), join(module, file), { recursive: true })
  }
  const { toolchains, ...others } = JSON.parse(
    readFileSync(join(root, "examples/ci/dagger.json"), "utf8"),
  ) as { toolchains: { name: string }[] }
  // The public database of vulnerabilities need not be reachable from here.
  const local = toolchains.map(({ name }) => ({
    name,
    source: "../go-image",
    ignoreChecks: ["vulncheck"],
  }))
  writeFileSync(join(service, "dagger.json"), JSON.stringify({ ...others, toolchains: local }))
}

describe("the pipeline without Dagger", () => {
  it("builds, logs in and publishes", async ({ skip }) => {
    const embedded = !process.env.BUILDKIT_HOST && (await dockerEngineVersion()) === undefined
    skip(!embedded, "the engine need not reach a registry on this machine")
    // Where docker/login-action writes it.
    const auth = Buffer.from(`${login.user}:${login.password}`).toString("base64")
    const docker = join(folder, "docker")
    mkdirSync(docker)
    writeFileSync(
      join(docker, "config.json"),
      JSON.stringify({ auths: { [registry.host]: { auth } } }),
    )
    const workflow = "examples/ci/without-dagger/.github/workflows/image.yml"
    const { steps } = gitHubJob(readFileSync(join(root, workflow), "utf8"))
    const own = steps.find(({ uses }) => uses?.startsWith("OWNER/go-image@"))
    const inputs = Object.entries(own?.with ?? {}).map(([name, value]): [string, string] => {
      const text = String(value)
        .replace("ghcr.io/${{ github.repository }}", `${registry.host}/team/my-service`)
        .replace(gitHubTag, "v2")
      expect(text).not.toContain("${{")
      return [name, text]
    })
    const used = await useAction(join(root, "examples/hello-web"), Object.fromEntries(inputs), {
      DOCKER_CONFIG: docker,
    })
    expect(used.code, used.log).toBe(0)
    expect(Object.keys(registry.pushed)).toContain("team/my-service:v2")
    expect(Object.keys(registry.pushed)).toContain("team/my-service:cache")
    expect(used.output).toContain(`@${registry.pushed["team/my-service:v2"]}`)
  })
})
