import { createHash } from "node:crypto"
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { createServer, type IncomingMessage, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { dag, type Secret } from "@dagger.io/dagger"
import { expect, onTestFinished, test, vi } from "vitest"
import { tools } from "../../cli/dagger/main.js"
import { Archive } from "../../cli/image/archive.js"
import { allManifests } from "../../cli/image/manifest.js"
import { LocalSource } from "../../cli/source/local-source.js"
import { detect } from "../../src/detect/detect.js"
import type { ImageTools } from "../../src/dagger/images/image-tools.js"
import { assemblePlan } from "../../src/plan/assemble.js"
import { SbomKind } from "../../src/dagger/images/sbom-kind.js"
import { answersOf, isFilesArchive } from "../dagger/directory.js"
import { goImage } from "../dagger/module.js"
import { RecordedSession } from "../dagger/session.js"
import { layer, writeImage, type LayerEntry } from "./cli/image/make-archive.js"
import { makeBuildInfo, makeElf } from "./cli/commands/inspect/make-program.js"

const mtime = new Date(0)
const file = (name: string, content: string): LayerEntry => ({ name, content, mtime, mode: 0o644 })

/** As an engine exports it: a layer of the base, the system files, the program. */
async function exported(program = "program"): Promise<string> {
  const layers = [
    [file("etc/os-release", "ID=debian")],
    [file("etc/passwd", "app")],
    [file("app/hello-web", program)],
  ]
  const run = { Labels: { "org.opencontainers.image.title": "hello-web" } }
  return writeImage({ layers: await Promise.all(layers.map((entries) => layer(...entries))), run })
}

/** One that Go compiled, with a module linked into it. */
async function exportedWithModule(): Promise<string> {
  const sum = `h1:${Buffer.alloc(32).toString("base64")}`
  const modules = `path\texample.com/hello-web\nmod\texample.com/hello-web\t(devel)\ndep\texample.com/lib\tv1.2.0\t${sum}\n`
  const machine = { is64: true, isLittle: true }
  const sections = { ".go.buildinfo": makeBuildInfo("go1.25.3", modules) }
  const program = Buffer.concat([makeElf(machine, sections), Buffer.alloc(200_000)])
  const entries = [
    [file("etc/passwd", "app")],
    [{ ...file("app/hello-web", ""), content: program, mode: 0o755 }],
  ]
  return writeImage({ layers: await Promise.all(entries.map((each) => layer(...each))) })
}

/** An engine that exports this archive wherever it is asked to, and has a licence of the first module. */
async function session(archive: string, pushed = "", exitCode = 0): Promise<RecordedSession> {
  const answers = await answersOf(new LocalSource("examples/hello-web"))
  return new RecordedSession((chain) => {
    const last = chain.at(-1)
    switch (String(last?.name)) {
      case "export": {
        if (isFilesArchive(chain)) return answers(chain)
        const path = String(last?.args["path"])
        const isFolder = chain.at(-2)?.name === "directory"
        if (isFolder) mkdirSync(join(path, "0"))
        if (isFolder) writeFileSync(join(path, "0/LICENSE"), "SPDX-License-Identifier: MIT\n")
        else copyFileSync(archive, path)
        return path
      }
      case "exitCode":
        return exitCode
      case "stderr":
        return "go: downloading\ngo: example.com/lib@v1.2.0: no such host\n"
      case "imageRef":
        return `docker.io/library/debian@sha256:${"b".repeat(64)}`
      case "plaintext":
        return "secret"
      case "publish":
        return pushed
      default:
        return answers(chain)
    }
  })
}

test.each([
  [SbomKind.Spdx, "hello-web.spdx.json", "spdxVersion"],
  [SbomKind.Cyclonedx, "hello-web.cdx.json", "bomFormat"],
])("sbom gives a file, %s", async (format, name, key) => {
  const engine = await session(await exported())
  const chain = await engine.run(async () =>
    engine.chainOf(await goImage().sbom(dag.directory(), format)),
  )
  expect(chain.map((each) => each.name)).toEqual(["directory", "withNewFile", "file"])
  expect(chain.at(-1)!.args["path"]).toBe(name)
  const text = String(chain[1]!.args["contents"])
  expect(JSON.parse(text)).toHaveProperty(key)
  // The base's files are its own; the clock is nowhere.
  expect(text).toContain("app/hello-web")
  expect(text).not.toContain("os-release")
  expect(text).toContain("1970-01-01T00:00:00Z")
})

test.each([
  ["what its files say", 0, "MIT"],
  ["nothing, where the engine does not have them", 1, "NOASSERTION"],
])("of a module, sbom says %s", async (_, exitCode, license) => {
  const said = vi.spyOn(console, "error").mockReturnValue()
  const engine = await session(await exportedWithModule(), "", exitCode)
  const chain = await engine.run(async () =>
    engine.chainOf(await goImage().sbom(dag.directory(), SbomKind.Spdx)),
  )
  const { packages } = JSON.parse(String(chain[1]!.args["contents"])) as {
    packages: { name: string; licenseDeclared: string }[]
  }
  expect(packages.find(({ name }) => name === "example.com/lib")?.licenseDeclared).toBe(license)
  expect(said.mock.calls.flat()).toEqual(
    exitCode === 0
      ? []
      : ["note: the SBOM names no licenses of modules: go: example.com/lib@v1.2.0: no such host"],
  )
  said.mockRestore()
})

test("provenance names options, base images with their digests, and the image", async () => {
  const archive = await exported()
  const engine = await session(archive)
  const chain = await engine.run(async () =>
    engine.chainOf(await goImage({ buildTags: ["netgo"] }).provenance(dag.directory())),
  )
  const [chosen] = await allManifests(await Archive.open(archive))
  const statement = JSON.parse(String(chain[1]!.args["contents"])) as {
    subject: { digest: { sha256: string } }[]
    predicate: { buildDefinition: { externalParameters: object; resolvedDependencies: object[] } }
  }
  expect(statement.subject.map(({ digest }) => `sha256:${digest.sha256}`)).toEqual([
    chosen?.descriptor.digest,
  ])
  const { externalParameters, resolvedDependencies } = statement.predicate.buildDefinition
  expect(externalParameters).toMatchObject({ options: { buildTags: ["netgo"] } })
  expect(resolvedDependencies).toContainEqual(
    expect.objectContaining({ name: "golang:1.25", digest: { sha256: "b".repeat(64) } }),
  )
})

test("publish with a password attaches both as referrers, logged in", async () => {
  const archive = await exported()
  const registry = await Registry.of(archive)
  const engine = await session(archive, registry.reference)
  await engine.run(() => publish(registry))
  expect(
    registry.attached.map(({ artifactType, subject }) => [artifactType, subject.digest]),
  ).toEqual([
    ["application/spdx+json", registry.digest],
    ["application/vnd.in-toto+json", registry.digest],
  ])
  expect(registry.logins).toEqual(new Set([`Basic ${Buffer.from("me:secret").toString("base64")}`]))
})

test("without a password, or where it is not wanted, nothing is asked of the registry", async () => {
  const archive = await exported()
  const registry = await Registry.of(archive)
  const engine = await session(archive, registry.reference)
  await engine.run(async () => {
    await goImage().publish([registry.address], dag.directory())
    await publish(registry, false)
  })
  expect(registry.requests).toBe(0)
})

test("a registry that takes the image alone is told in one line, with what was pushed", async () => {
  const archive = await exported()
  const registry = await Registry.of(archive, 403)
  const engine = await session(archive, registry.reference)
  await expect(engine.run(() => publish(registry))).rejects.toThrow(
    new RegExp(
      `^the image was pushed, but its SBOM and provenance were not\\n.*hello@${registry.digest}: .*403.*\\nPushed: ${registry.reference}`,
    ),
  )
})

test("an image is the same where another engine wrote an empty layer, and another where a byte differs", async () => {
  const files = [[file("etc/os-release", "ID=debian")], [], [file("app/hello-web", "program")]]
  const layers = await Promise.all(files.map((entries) => layer(...entries)))
  const image = await tools.openImage(await writeImage({ layers }))
  const plain = layers.filter((_, index) => index !== 1)
  const detected = await detect(new LocalSource("examples/hello-web"), {
    options: {},
    environment: {},
  })
  const rebuild = { ...detected, plans: [assemblePlan(detected.facts, detected.settings)] as never }
  expect(
    await image.compare(rebuild, await writeImage({ layers: plain }), undefined),
  ).toBeUndefined()
  // BuildKit has a PATH of its own for a base without one.
  const withPath = (PATH: string) => writeImage({ layers: plain, run: { Env: [`PATH=${PATH}`] } })
  const own = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
  expect(await image.compare(rebuild, await withPath(own), undefined)).toBeUndefined()
  expect(await image.compare(rebuild, await withPath("/opt"), undefined)).toBeDefined()
  const changed = [layers[0]!, await layer(file("app/hello-web", "programs"))]
  const told = await image.compare(rebuild, await writeImage({ layers: changed }), undefined)
  expect(told?.[0]).toBe("first difference: layer 2: /app/hello-web: byte 7: the end, here 0x73")
  expect(told?.length).toBeGreaterThan(1)
})

test("verify goes over all platforms that the image has, and names the one that differs", async () => {
  const same = await exported()
  const other = await exported("another")
  const answers = await answersOf(new LocalSource("examples/hello-web"))
  const reference = "registry.example.com/app:v1"
  const exact = `${reference}@sha256:${"c".repeat(64)}`
  const has = ["linux/amd64", "linux/arm64"]
  const exports: string[] = []
  const verify = async (arm: string, options: { platform?: string } = {}) =>
    new RecordedSession((chain) => {
      const [root, from] = chain
      const platform = (root?.args["platform"] as string | undefined) ?? "linux/amd64"
      const isImage = from?.name === "from" && String(from.args["address"]).startsWith(reference)
      const last = chain.at(-1)
      if (isImage && !has.includes(platform)) {
        throw new Error(
          `failed to resolve image "${reference}" (platform: "${platform}"): no manifest matches requested platform for sha256:c`,
        )
      }
      switch (String(last?.name)) {
        case "platform":
          return platform
        case "imageRef":
          return isImage ? exact : `docker.io/library/debian@sha256:${"b".repeat(64)}`
        case "export": {
          if (isFilesArchive(chain)) return answers(chain)
          const path = String(last?.args["path"])
          exports.push(`${isImage ? "image" : "again"} ${platform}`)
          copyFileSync(isImage && platform === "linux/arm64" ? arm : same, path)
          return path
        }
        default:
          return answers(chain)
      }
    }).run(() => goImage(options).verify(reference, dag.directory()))
  const said = await verify(same)
  expect(said).toMatch(
    new RegExp(`^identical: ${exact}\nplatform: linux/amd64\n[^]*platform: linux/arm64\n`),
  )
  expect(exports.filter((each) => each.startsWith("image")).sort()).toEqual([
    "image linux/amd64",
    "image linux/arm64",
  ])
  await expect(verify(other)).rejects.toThrow(
    new RegExp(
      `^different: ${exact}\nplatform: linux/arm64\nfirst difference: layer 3: /app/hello-web`,
    ),
  )
  // The only one that was asked for.
  exports.length = 0
  expect(await verify(other, { platform: "linux/amd64" })).not.toContain("platform:")
  expect(exports.filter((each) => each.startsWith("image"))).toEqual(["image linux/amd64"])
})

test("src/ knows the tools by their interface alone", () => {
  expect(tools satisfies ImageTools).toBeDefined()
  expect(readFileSync("src/dagger/images/image-tools.ts", "utf8")).not.toMatch(/from "\.\.\/cli/)
})

function publish({ address }: Registry, attest?: boolean): Promise<string[]> {
  const password: Secret = dag.setSecret("password", "secret")
  return goImage().publish([address], dag.directory(), "me", password, [], [], attest)
}

/** Has one image, takes whatever it is sent, and knows of referrers. */
class Registry {
  readonly attached: { artifactType: string; subject: { digest: string } }[] = []
  readonly logins = new Set<string | undefined>()
  requests = 0

  private constructor(
    private readonly server: Server,
    readonly digest: string,
  ) {}

  static async of(archive: string, status = 201): Promise<Registry> {
    const store = await Archive.open(archive)
    const [whole] = store.index.manifests
    const manifest = JSON.stringify(await store.document(whole!))
    const digest = `sha256:${createHash("sha256").update(manifest).digest("hex")}`
    const server = createServer((request, response) => {
      void read(request).then((body) => {
        registry.requests++
        const { method = "", url = "", headers } = request
        if (headers.authorization === undefined) {
          return response.writeHead(401, { "www-authenticate": 'Basic realm="here"' }).end()
        }
        registry.logins.add(headers.authorization)
        if (method === "HEAD") return response.writeHead(404).end()
        if (method === "POST") return response.writeHead(202, { location: `${url}1` }).end()
        if (method === "GET" && url.includes("/manifests/"))
          return response.writeHead(200, { "content-type": whole!.mediaType }).end(manifest)
        if (url.includes("/manifests/")) {
          if (status !== 201) return response.writeHead(status).end()
          registry.attached.push(JSON.parse(body) as Registry["attached"][number])
          return response.writeHead(201, { "oci-subject": digest }).end()
        }
        return response.writeHead(201).end()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    onTestFinished(() => void server.close())
    const registry = new Registry(server, digest)
    return registry
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}/hello:v1`
  }

  get reference(): string {
    return `${this.address}@${this.digest}`
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString("utf8")
}
