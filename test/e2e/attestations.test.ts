import { execFileSync } from "node:child_process"
import { randomUUID } from "node:crypto"
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { hostname, tmpdir, userInfo } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { cacheFolder } from "../../cli/system/folders.js"
import type { ImageIndex, ImageManifest } from "../../cli/image/oci.js"
import installSchemas from "../ci/published.js"
import { sbomViolations } from "../ci/sbom-schemas.js"
import { Registry } from "../conformance/registry.js"
import { root, script } from "./command.js"
import { Referee } from "./referee.js"

/** What is said about an image besides what it says itself: as files, and attached in a registry. */

const folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
const project = join(folder, "canary-folder")
const file = (name: string) => join(folder, name)
const git = (cwd: string, ...args: string[]) =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
    cwd,
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null" },
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  }).trim()

const secret = `canary-${randomUUID()}`
let referee: Referee
let digest: string
let revision: string

beforeAll(async () => {
  referee = Referee.build(folder)
  await installSchemas()
  cpSync(join(root, "examples/shortlinks"), project, { recursive: true })
  // A module that go.mod has, and that only a test needs.
  writeFileSync(
    join(project, "only_test.go"),
    'package main\n\nimport _ "golang.org/x/text/language"\n',
  )
  execFileSync("go", ["get", "golang.org/x/text@v0.21.0"], { cwd: project, stdio: "pipe" })
  writeFileSync(join(project, "page.html"), "<p>page</p>\n")
  git(project, "init", "-q")
  git(project, "add", ".")
  git(project, "commit", "-qm", "one")
  git(project, "tag", "v1.2.3")
  git(project, "remote", "add", "origin", `https://me:${secret}@git.example.com/team/shop.git`)
  revision = git(project, "rev-parse", "HEAD")
  writeFileSync(file("netrc"), `machine git.example.com login me password ${secret}\n`)
  const build = async (...more: string[]) => {
    const options = [
      ...[project, "-o", file("image.tar"), "--provenance", file("provenance.json")],
      ...["--private-modules", "git.example.com/*", "--netrc", file("netrc"), ...more],
    ]
    const { code, stdout, stderr } = await script(options, { env: { CANARY: secret } })
    expect(code, stderr).toBe(0)
    return stdout.trim()
  }
  digest = await build("--sbom", file("app.spdx.json"))
  expect(await build("--sbom", file("app.cdx.json"))).toBe(digest)
})

afterAll(() => rmSync(folder, { recursive: true }))

const text = (name: string) => readFileSync(file(name), "utf8")

interface Component {
  purl?: string
  licenses?: unknown
}

/** By the names of the packages. */
function licensesIn(name: string): Record<string, string> {
  const { packages } = JSON.parse(text(name)) as {
    packages: { name: string; licenseDeclared: string }[]
  }
  return Object.fromEntries(packages.map((each) => [each.name, each.licenseDeclared]))
}

describe("of an archive", () => {
  it.each([
    ["spdx", "app.spdx.json"],
    ["cyclonedx", "app.cdx.json"],
  ] as const)(
    "what is linked is in the SBOM (%s), as others read it, and nothing else",
    (format, name) => {
      expect(sbomViolations[format](JSON.parse(text(name)) as object)).toEqual([])
      const listed = referee.read(format, file(name))
      const built = execFileSync(
        "go",
        ["list", "-deps", "-f", "{{with .Module}}{{.Path}} {{.Version}}{{end}}", "."],
        {
          cwd: project,
          encoding: "utf8",
        },
      )
      const modules = [...new Set(built.split("\n").filter((line) => / v/.test(line)))]
      expect(modules).toHaveLength(2)
      expect(listed).toEqual(expect.arrayContaining([...modules, "example.com/shortlinks v1.2.3"]))
      expect(listed.join("\n")).toMatch(/^stdlib 1\.25\.\d+$/m)
      expect(listed.join("\n")).toMatch(/^libc6 2\.36-/m)
      expect(listed.join("\n")).not.toContain("golang.org/x/text")
    },
  )

  it("has the hashes of go.sum, and the files that were kept", () => {
    const [, sum = ""] =
      /^github\.com\/go-chi\/chi\/v5 v\S+ h1:(\S+)$/m.exec(
        readFileSync(join(project, "go.sum"), "utf8"),
      ) ?? []
    expect(text("app.spdx.json")).toContain(Buffer.from(sum, "base64").toString("hex"))
    for (const path of ["/app/page.html", "/app/shortlinks"]) {
      expect(text("app.spdx.json")).toContain(`"fileName": ".${path}"`)
      expect(text("app.cdx.json")).toContain(`"name": "${path}"`)
    }
    expect(text("app.spdx.json")).not.toContain("main.go")
  })

  it("has the licences that the base's packages say", () => {
    expect(licensesIn("app.spdx.json")).toMatchObject({
      zlib1g: "Zlib",
      libc6: "GPL-2.0-or-later AND LGPL-2.1-or-later",
    })
  })

  it("has the licences that the modules' own files say", async () => {
    expect(licensesIn("app.spdx.json")).toMatchObject({
      "github.com/go-chi/chi/v5": "MIT",
      "github.com/matoous/go-nanoid/v2": "MIT",
      // Nothing in this project says its own.
      "example.com/shortlinks": "NOASSERTION",
    })
    expect(text("app.cdx.json")).toMatch(
      /"name": "github\.com\/go-chi\/chi\/v5"[^}]*\}\s*\],\s*"licenses": \[\s*\{\s*"expression": "MIT"/,
    )
    // Of a project with vendor/, nothing is downloaded; the files are there.
    const vendored = [join(root, "examples/idgen"), "--runtime", "scratch", "--stamp", "off"]
    const options = ["-o", file("idgen.tar"), "--sbom", file("idgen.spdx.json")]
    const { code, stderr } = await script([...vendored, ...options])
    expect(code, stderr).toBe(0)
    expect(licensesIn("idgen.spdx.json")).toMatchObject({
      "github.com/google/uuid": "BSD-3-Clause",
      "github.com/oklog/ulid/v2": "Apache-2.0",
    })
  })

  it("of the archive alone, the same is known but for these licences", async () => {
    const { code, stdout, stderr } = await script([
      ...["sbom", file("image.tar"), "--format", "cyclonedx"],
    ])
    expect(code, stderr).toBe(0)
    const without = (document: string) => {
      const { components, ...rest } = JSON.parse(document) as { components: Component[] }
      const isModule = ({ purl = "" }: Component) => purl.startsWith("pkg:golang/github.com/")
      const plain = components.map((each) =>
        isModule(each) ? { ...each, licenses: undefined } : each,
      )
      return { ...rest, components: plain }
    }
    expect(stdout).not.toBe(text("app.cdx.json"))
    expect(without(stdout)).toEqual(without(text("app.cdx.json")))
  })

  it("the provenance says what it was made of", () => {
    const statement = JSON.parse(text("provenance.json")) as Statement
    expect(statement).toMatchObject({
      _type: "https://in-toto.io/Statement/v1",
      predicateType: "https://slsa.dev/provenance/v1",
      subject: [{ digest: { sha256: digest.replace("sha256:", "") } }],
    })
    const { externalParameters, resolvedDependencies } = statement.predicate.buildDefinition
    expect(externalParameters).toEqual({
      source: `git+https://git.example.com/team/shop@${revision}`,
      options: { privateModules: ["git.example.com/*"] },
      platforms: [expect.stringMatching(/^linux\//)],
    })
    const sha256 = expect.stringMatching(/^[0-9a-f]{64}$/) as string
    expect(resolvedDependencies).toEqual([
      {
        name: "source",
        uri: `git+https://git.example.com/team/shop@${revision}`,
        digest: { gitCommit: revision },
      },
      { name: "golang:1.25", uri: "pkg:docker/golang@1.25", digest: { sha256 } },
      {
        name: "debian:bookworm-slim",
        uri: "pkg:docker/debian@bookworm-slim",
        digest: { sha256 },
      },
      { name: "go", uri: expect.stringMatching(/toolchain@go1\.25\.\d+$/) as string },
      ...["github.com/go-chi/chi/v5", "github.com/matoous/go-nanoid/v2"].map((name) => ({
        name,
        uri: expect.stringContaining(`pkg:golang/${name}@v`) as string,
        digest: { dirHash: sha256 },
      })),
    ])
  })

  it("inspect tells by it where each decision came from", async () => {
    const inspect = (...options: string[]) =>
      script(["inspect", file("image.tar"), "--json", ...options])
    const [alone, both] = [await inspect(), await inspect("--provenance", file("provenance.json"))]
    expect(both.code, both.stderr).toBe(0)
    const decisions = ({ stdout }: { stdout: string }) =>
      (JSON.parse(stdout) as { decisions: object[] }).decisions
    expect(decisions(alone)).toEqual([])
    expect(decisions(both)).toContainEqual({
      what: "command",
      value: "/app/shortlinks",
      from: "the only program",
    })
    expect(decisions(both)).toContainEqual({
      what: "Go version",
      value: "1.25",
      from: "go.mod:3",
    })
    const text = readFileSync(file("provenance.json"), "utf8")
    writeFileSync(file("strange.json"), text.replaceAll(digest.slice("sha256:".length), "0"))
    expect(await inspect("--provenance", file("strange.json"))).toMatchObject({
      code: 2,
      stdout: "",
      stderr: `the provenance is of another image: ${file("strange.json")}\nGive the file that a build wrote with --provenance.\n`,
    })
  })

  it("nothing of the machine, and no secret, is in any of them", () => {
    for (const name of ["app.spdx.json", "app.cdx.json", "provenance.json"]) {
      expect(text(name)).not.toContain(secret)
      expect(text(name)).not.toContain("canary-folder")
      for (const path of [tmpdir(), root, cacheFolder(), userInfo().homedir])
        expect(text(name)).not.toContain(path)
      expect(text(name)).not.toContain(process.env["HOME"])
      expect(text(name)).not.toContain(hostname())
    }
  })

  it("of another clone, at another time: the same documents", async () => {
    const other = file("other")
    git(folder, "clone", "-q", project, other)
    git(other, "remote", "set-url", "origin", "https://git.example.com/team/shop.git")
    const { code, stderr } = await script([
      ...[other, "-o", file("other.tar"), "--private-modules", "git.example.com/*"],
      ...["--sbom", file("other.cdx.json"), "--provenance", file("other.json")],
    ])
    expect(code, stderr).toBe(0)
    expect(text("other.cdx.json")).toBe(text("app.cdx.json"))
    expect(text("other.json")).toBe(text("provenance.json"))
  })
})

describe.each([true, false])(
  "pushed to somebody else's registry, which lists referrers: %s",
  (lists) => {
    it("has both attached, once, and the digest of the archive", async () => {
      const { host, stop } = await referee.serve(lists)
      const push = (...more: string[]) =>
        script([project, "--tag", `${host}/team/shop:v1`, "--push", ...more])
      const without = await push("--attest", "off")
      expect(without.stdout, without.stderr).toBe(`${host}/team/shop@${digest}\n`)
      const reference = without.stdout.trim()
      expect(attached(referee, reference)).toEqual([])
      for (let times = 0; times < 2; times++) {
        const { code, stdout, stderr } = await push()
        expect(code, stderr).toBe(0)
        expect(stdout).toBe(without.stdout)
        expect(stderr).toContain(`attached SBOM and provenance to ${reference}\n`)
        // What was once read of the modules is kept: no second build.
        if (times > 0) expect(stderr).not.toMatch(/^ {2}licenses: /m)
      }
      const decision = "\ndecisions:\n  module: example.com/shortlinks  (go.mod:1)\n"
      expect((await script(["inspect", reference])).stdout).toContain(decision)
      const get = async (path: string) => fetch(`http://${host}/v2/team/shop/${path}`)
      const manifests = await Promise.all(
        attached(referee, reference).map(
          async (each) => (await (await get(`manifests/${each}`)).json()) as ImageManifest,
        ),
      )
      const byType = new Map(manifests.map((each) => [each.artifactType, each]))
      expect([...byType.keys()].sort()).toEqual([
        "application/spdx+json",
        "application/vnd.in-toto+json",
      ])
      expect(byType.get("application/vnd.in-toto+json")?.annotations).toEqual({
        "in-toto.io/predicate-type": "https://slsa.dev/provenance/v1",
      })
      const manifest = byType.get("application/spdx+json")
      expect(manifest?.subject?.digest).toBe(digest)
      writeFileSync(
        file("pulled.json"),
        await (await get(`blobs/${manifest?.layers[0]?.digest}`)).text(),
      )
      expect(referee.read("spdx", file("pulled.json"))).toContain("example.com/shortlinks v1.2.3")
      const { tags } = (await (await get("tags/list")).json()) as { tags: string[] }
      expect(tags.sort()).toEqual(lists ? ["v1"] : [digest.replace(":", "-"), "v1"])
      await stop()
    })
  },
)

it("of several platforms, each image has its SBOM, and the index the provenance", async () => {
  const registry = await Registry.start()
  const { code, stdout, stderr } = await script([
    ...[project, "--platform", "linux/amd64,linux/arm64", "--runtime", "scratch"],
    ...["--tag", `${registry.host}/team/shop:v1`, "--push", "--sbom", file("both.cdx.json")],
  ])
  expect(code, stderr).toBe(0)
  const index = stdout.trim().split("@")[1] ?? ""
  const types = (about: string) =>
    registry
      .referrers(about)
      .map(({ artifactType }) => artifactType)
      .sort()
  expect(types(index)).toEqual(["application/vnd.cyclonedx+json", "application/vnd.in-toto+json"])
  const { manifests } = JSON.parse(registry.content(index)!.toString()) as ImageIndex
  expect(manifests).toHaveLength(2)
  for (const { digest } of manifests) {
    expect(types(digest)).toEqual(["application/vnd.cyclonedx+json"])
    expect(text("both.cdx.json")).toContain(digest.replace("sha256:", ""))
  }
  await registry.stop()
})

describe.each(["index", "both"])("with --attest %s", (how) => {
  it("both are in the index, where BuildKit puts its own, and the index is the same in each registry", async () => {
    const registries = [await Registry.start(), await Registry.start()]
    const tags = registries.flatMap(({ host }) => [`${host}/team/shop:v1`, `${host}/team/shop:v2`])
    const { code, stdout, stderr } = await script([
      ...[project, "--platform", "linux/amd64,linux/arm64", "--runtime", "scratch"],
      ...[...tags.flatMap((tag) => ["--tag", tag]), "--push", "--attest", how],
      ...["--metadata-file", file("metadata.json")],
    ])
    expect(code, stderr).toBe(0)
    const [registry] = registries as [Registry, Registry]
    const digests = new Set(registries.flatMap(({ pushed }) => Object.values(pushed)))
    const [index = ""] = digests
    expect(digests.size).toBe(1)
    expect(stdout).toBe(registries.map(({ host }) => `${host}/team/shop@${index}\n`).join(""))
    expect(JSON.parse(text("metadata.json"))).toMatchObject({
      "containerimage.digest": index,
      "containerimage.descriptor": {
        digest: index,
        mediaType: expect.stringMatching(/index/) as string,
      },
    })
    const content = <T>(digest: string) => JSON.parse(registry.content(digest)!.toString()) as T
    const { manifests, annotations } = content<ImageIndex>(index)
    expect(annotations?.["org.opencontainers.image.revision"]).toBe(revision)
    const images = manifests.filter(({ platform }) => platform?.os === "linux")
    expect(images.map(({ platform }) => platform?.architecture)).toEqual(["amd64", "arm64"])
    expect(manifests.slice(2)).toEqual(
      images.map(({ digest }) => ({
        mediaType: "application/vnd.oci.image.manifest.v1+json",
        digest: expect.stringMatching(/^sha256:/) as string,
        size: expect.any(Number) as number,
        platform: { os: "unknown", architecture: "unknown" },
        annotations: {
          "vnd.docker.reference.digest": digest,
          "vnd.docker.reference.type": "attestation-manifest",
        },
      })),
    )
    for (const [at, { digest }] of manifests.slice(2).entries()) {
      const { layers, config } = content<ImageManifest>(digest)
      expect(content(config.digest)).toMatchObject({
        os: "unknown",
        rootfs: { diff_ids: layers.map((layer) => layer.digest) },
      })
      expect(layers.map(({ mediaType, annotations }) => [mediaType, annotations])).toEqual(
        ["https://spdx.dev/Document", "https://slsa.dev/provenance/v1"].map((type) => [
          "application/vnd.in-toto+json",
          { "in-toto.io/predicate-type": type },
        ]),
      )
      for (const layer of layers) {
        const { predicateType, subject } = content<Statement & InToto>(layer.digest)
        expect(predicateType).toBe(layer.annotations?.["in-toto.io/predicate-type"])
        expect(subject.map((each) => `sha256:${each.digest.sha256}`)).toEqual([images[at]?.digest])
      }
      const { predicate } = content<{ predicate: object }>(layers[0]?.digest ?? "")
      writeFileSync(file("pulled.json"), JSON.stringify(predicate))
      expect(referee.read("spdx", file("pulled.json"))).toContain("example.com/shortlinks v1.2.3")
    }
    expect(registry.referrers(index)).toHaveLength(how === "both" ? 2 : 0)
    // The images in it are those that are pushed without.
    const plain = await script([
      ...[project, "--platform", "linux/amd64,linux/arm64", "--runtime", "scratch"],
      ...["--tag", `${registry.host}/team/plain:v1`, "--push", "--attest", "off"],
    ])
    const bare = content<ImageIndex>(plain.stdout.trim().split("@")[1] ?? "")
    expect(bare.manifests.map(({ digest }) => digest)).toEqual(images.map(({ digest }) => digest))
    for (const each of registries) await each.stop()
  })
})

it.each<["referrers" | "index", object]>([
  ["referrers", { refusedArtifacts: 403 }],
  ["index", { refusedAttestations: 403 }],
])(
  "a registry that takes the image and refuses what is attached (%s): half a push, with a status of its own",
  async (how, options) => {
    const registry = await Registry.start(options)
    const { code, stdout, stderr } = await script([
      ...[project, "--tag", `${registry.host}/team/shop:v1`, "--push", "--attest", how],
      ...["--provenance", file(`half-${how}.json`)],
    ])
    expect(code).toBe(5)
    const reference = `${registry.host}/team/shop@${digest}`
    expect(stdout).toBe(`${reference}\n`)
    expect(stderr).toMatch(
      new RegExp(
        `^the image was pushed, but its SBOM and provenance were not\n${reference}: ${registry.host} answers 403 Forbidden for team/shop\n.*--attest off\n$`,
        "m",
      ),
    )
    expect(existsSync(file(`half-${how}.json`))).toBe(true)
    expect(registry.pushed).toEqual({ "team/shop:v1": digest })
    await registry.stop()
  },
)

interface InToto {
  predicateType: string
  subject: { digest: { sha256: string } }[]
}

interface Statement {
  predicate: {
    buildDefinition: { externalParameters: object; resolvedDependencies: object[] }
  }
}

/** Their digests. */
function attached(referee: Referee, reference: string): string[] {
  return referee.referrers(reference).map(({ digest }) => digest)
}
