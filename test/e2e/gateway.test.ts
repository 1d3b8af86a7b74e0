import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { resolveBases } from "../../cli/bases/resolve.js"
import { dockerEngineVersion } from "../../cli/engine/docker/docker.js"
import { connectEmbedded, embeddedObstacle } from "../../cli/engine/embedded/embedded.js"
import type { Engine } from "../../cli/engine/engine.js"
import { hostGoEnvironment } from "../../cli/system/goenv.js"
import { proxyBuildArgs } from "../../cli/http/proxy.js"
import { readImage } from "../read-image.js"
import { Registry } from "../conformance/registry.js"
import { root, run, script, type Finished } from "./command.js"
import { client } from "./plain-buildkit.js"

/*
 * What `docker build -f project.toml .` does, by BuildKit's own client: the frontend's image is in a registry, and
 * project.toml names it. No other program of ours has a part in it.
 */

const isEmbedded =
  embeddedObstacle() === undefined &&
  !process.env["BUILDKIT_HOST"] &&
  (await dockerEngineVersion()) === undefined

describe.runIf(isEmbedded)("a build by `# syntax` in project.toml", () => {
  let folder: string
  let registry: Registry
  let engine: Engine
  let syntax: string
  let always: string[]

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
    registry = await Registry.start()
    const reference = `${registry.host}/acme/go-image:v1`
    const made = await run(["bash", `${root}script/gateway`, "--tag", reference, "--push"])
    expect(made.code, made.stderr).toBe(0)
    syntax = `# syntax=${reference}\n`
    const report = { say: () => undefined, finish: () => undefined }
    engine = await connectEmbedded(report)
    const images = ["golang:1.25", "debian:bookworm-slim"]
    const bases = await resolveBases(images, new Map(), { engine, report })
    always = [
      ...["--opt", "force-network-mode=host", "--allow", "network.host"],
      ...Object.entries(bases).flatMap(([image, { path, digest }]) => [
        ...["--oci-layout", `${image.replace(/\W/g, "-")}=${path}`],
        ...["--opt", `context:${image}=oci-layout://${image.replace(/\W/g, "-")}@${digest}`],
      ]),
      ...Object.entries({
        ...(await hostGoEnvironment()),
        ...proxyBuildArgs(process.env),
      }).flatMap(([name, value]) => buildArgument(name, value)),
    ]
  })

  afterAll(async () => {
    await engine.close()
    await registry.stop()
    rmSync(folder, { recursive: true })
  })

  function project(name: string, files: Record<string, string>, from?: string): string {
    const path = join(folder, name)
    if (from !== undefined) cpSync(join(root, from), path, { recursive: true })
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(path, file)), { recursive: true })
      writeFileSync(join(path, file), text)
    }
    return path
  }

  async function build(
    context: string,
    { file = "project.toml", args = [] }: { file?: string; args?: string[] } = {},
  ): Promise<Finished & { archive: string; digest?: string }> {
    const archive = join(folder, "built.tar")
    const metadata = join(folder, "metadata.json")
    for (const each of [archive, metadata]) rmSync(each, { force: true })
    const definition = dirname(join(context, file))
    const isBuild = !args.some((each) => each.startsWith("requestid="))
    const fields = "type=oci,oci-mediatypes=true,compression-level=1"
    const finished = await run([
      ...client(),
      ...["build", "--progress=plain", "--frontend=dockerfile.v0", "--local", `context=${context}`],
      ...["--local", `dockerfile=${definition}`, "--opt", `filename=${file.split("/").at(-1)}`],
      ...(isBuild ? ["--output", `${fields},dest=${archive}`, "--metadata-file", metadata] : []),
      ...always,
      ...args,
    ])
    if (finished.code !== 0 || !isBuild) return { ...finished, archive }
    const said = JSON.parse(readFileSync(metadata, "utf8")) as Record<string, string>
    return { ...finished, archive, digest: said["containerimage.digest"] }
  }

  async function digestOfScript(source: string, ...args: string[]): Promise<string> {
    const output = ["--output", join(folder, "other.tar")]
    const { code, stdout, stderr } = await script([source, ...output, ...args])
    expect(code, stderr).toBe(0)
    return stdout.trim()
  }

  it("gives the image of the command line, and says what it decides", async () => {
    const source = project("same", { "project.toml": syntax }, "examples/hello-web")
    const { code, stderr, digest } = await build(source)
    expect(code, stderr).toBe(0)
    expect(stderr).toMatch(/Go version: 1\.25 {2}\(go\.mod:3\)/)
    expect(digest).toBe(await digestOfScript(source))
    const again = await build(source)
    expect(again.digest).toBe(digest)
    // Nothing has changed: nobody looks again.
    expect(again.stderr).toMatch(/\[go-image\] look at the project\n#\d+ CACHED/)
  })

  it("takes build arguments as settings, for several platforms", async () => {
    const source = project("settings", { "project.toml": syntax }, "examples/hello-web")
    const platforms = "linux/amd64,linux/arm64"
    const { code, stderr, digest, archive } = await build(source, {
      args: [
        ...buildArgument("RUNTIME", "scratch"),
        ...buildArgument("PORT", "9000"),
        ...buildArgument("RUNTIEM", "debian"),
        ...["--opt", `platform=${platforms}`],
      ],
    })
    expect(code, stderr).toBe(0)
    expect(stderr).toContain("build argument RUNTIEM: no setting has this name")
    const { config } = (await readImage(archive, { platform: "linux/arm64" })).config
    expect(config?.ExposedPorts).toEqual({ "9000/tcp": {} })
    const asked = ["--runtime", "scratch", "--port", "9000", "--platform", platforms]
    expect(digest).toBe(await digestOfScript(source, ...asked))
  })

  it("builds a project in a folder of the context, and what the context excludes is not there", async () => {
    const main =
      'package main\n\nimport "example.com/shop/lib"\n\nfunc main() { println(lib.Name) }\n'
    const source = project("repository", {
      "go.work": "go 1.25\n\nuse (\n\t./api\n\t./lib\n)\n",
      "lib/go.mod": "module example.com/shop/lib\n\ngo 1.25\n",
      "lib/lib.go": 'package lib\n\nconst Name = "shop"\n',
      "api/go.mod": "module example.com/shop/api\n\ngo 1.25\n",
      "api/main.go": main,
      "api/notes.txt": "kept",
      "api/secret.txt": "not kept",
      "api/project.toml": `${syntax}[go-image]\nruntime = "scratch"\n[io.buildpacks]\nexclude = ["secret.txt"]\n`,
      "web/project.toml": `${syntax}# another one\n`,
    })
    const { code, stderr, archive } = await build(source, { file: "api/project.toml" })
    expect(code, stderr).toBe(0)
    const image = await readImage(archive)
    const files = [...image.files.keys()]
    expect(files).toContain("/app/api")
    expect(files.filter((path) => path.endsWith(".txt"))).toEqual(["/app/notes.txt"])
  })

  it("tells what is wrong with its place, and no stack", async () => {
    const toml = `${syntax}[go-image]\nruntim = "scratch"\n`
    const source = project("wrong", { "project.toml": toml }, "examples/hello-web")
    const { code, stderr } = await build(source)
    expect(code).not.toBe(0)
    expect(stderr).toMatch(/^ +3 \| >>> runtim = "scratch"$/m)
    expect(stderr).toMatch(
      /project\.toml:3: unknown key "runtim" in \[go-image\]\nDid you mean runtime\?/,
    )
    expect(stderr).not.toMatch(/^ +at /m)
    const missing = await build(project("empty", { "project.toml": syntax }))
    expect(missing.code).not.toBe(0)
    expect(missing.stderr).toMatch(/go\.mod/)
    expect(missing.stderr).not.toMatch(/^ +at /m)
  })

  it("tells a compiler's error as BuildKit does", async () => {
    const broken = { "project.toml": syntax, "extra.go": 'package main\n\nvar x int = "a"\n' }
    const { code, stderr } = await build(project("broken", broken, "examples/hello-web"))
    expect(code).not.toBe(0)
    expect(stderr).toContain("./extra.go:3:13: cannot use")
    expect(stderr).toContain("did not complete successfully: exit code: 1")
  })

  it("answers what can be asked for instead of a build", async () => {
    const targets = '[[go-image.targets]]\nname = "small"\nruntime = "scratch"\n'
    const toml = `${syntax}${targets}`
    const source = project("asked", { "project.toml": toml }, "examples/hello-web")
    const ask = async (request: string) => {
      const { code, stdout, stderr } = await build(source, {
        args: ["--opt", `requestid=frontend.${request}`, ...buildArgument("PORT", "9000")],
      })
      expect(code, stderr).toBe(0)
      return stdout
    }
    expect(await ask("subrequests.describe")).toMatch(/^outline +1\.0\.0/m)
    expect(await ask("outline")).toMatch(/^PORT +9000\/tcp +\S/m)
    expect(await ask("targets")).toMatch(/^\(default\)\nsmall$/m)
    expect(await ask("lint")).toMatch(/^WARNING: Go 1\.25 \(go\.mod:3\) gets no more security/m)
    const other = await build(source, { args: ["--opt", "requestid=frontend.other"] })
    expect(other.stderr).toContain("unknown request: frontend.other")
    const small = await build(source, { args: ["--opt", "target=small"] })
    expect(small.digest, small.stderr).toBe(await digestOfScript(source, "--target", "small"))
    const none = await build(source, { args: ["--opt", "target=none"] })
    expect(none.stderr).toMatch(/no target "none".*\n.*small/)
  })
})

function buildArgument(name: string, value: string): string[] {
  return ["--opt", `build-arg:${name}=${value}`]
}
