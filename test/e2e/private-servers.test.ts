import { execFileSync } from "node:child_process"
import { randomBytes, randomInt } from "node:crypto"
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import type { Server } from "node:https"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { gunzipSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readImage } from "../read-image.js"
import { script } from "./command.js"
import { contents } from "./layer-contents.js"
import {
  makeAuthority,
  makeRepository,
  serveGit,
  serveModules,
  serveSsh,
  sshdPath,
  sumsOf,
  type PrivateModule,
  type SshServer,
} from "./private-servers.js"
import { resolveBases } from "../../cli/bases/resolve.js"
import { connectEmbedded } from "../../cli/engine/embedded/embedded.js"
import type { Plan } from "../../src/plan/types.js"
import { buildctl, contextsOf, ociOutput } from "./plain-buildkit.js"
import { prepareRuntime } from "./runtime.js"

/** Of this machine, and of nobody else: a module's name has no port, and so its server has the usual one. */
const gitHost = "127.77.0.1"
const sshHost = "127.77.0.2"
const proxyHost = "127.77.0.3"

const password = `password-${randomBytes(12).toString("hex")}`
const token = `token-${randomBytes(12).toString("hex")}`
const gitLogin = { user: "x-access-token", password: token }
const proxyLogin = { user: "builder", password }

// The go command takes the .git at its end for the kind of repository, and asks the server without it.
/** New in each run: what is in the cache volume already needs no password. */
const version = `v1.0.${randomInt(1, 2 ** 31)}`
const ofGit: PrivateModule = { path: `${gitHost}/team/one.git`, version, text: "over HTTPS" }
const ofSsh: PrivateModule = { path: `${sshHost}/team/two.git`, version, text: "over SSH" }
const ofProxy: PrivateModule = { path: "company.example/three", version, text: "from the proxy" }

let folder: string
let project: string
let certificate: string
let proxy: string
let ssh: SshServer
const servers: Server[] = []

// The servers are on this machine's loopback, which the BuildKit that we start ourselves has, too.
const missing =
  process.getuid?.() !== 0
    ? "root, who has port 443 and the BuildKit of this project"
    : sshdPath() === undefined
      ? "sshd (openssh-server)"
      : process.env.BUILDKIT_HOST
        ? "a BuildKit of this project's own, with BUILDKIT_HOST"
        : undefined
if (missing) console.warn(`skipped: private modules from servers, which need ${missing}`)

describe.skipIf(missing)("private modules from servers that want passwords", () => {
  beforeAll(async () => {
    await prepareRuntime()
    folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
    const repository = (module: PrivateModule) => {
      const path = join(folder, module.text.replaceAll(" ", "-"))
      makeRepository(path, module)
      return path
    }
    const authority = makeAuthority(join(folder, "authority"), [gitHost, proxyHost])
    certificate = authority.certificate
    servers.push(await serveGit(gitHost, authority, gitLogin, { "/team/one": repository(ofGit) }))
    const proxyServer = await serveModules(proxyHost, authority, proxyLogin, [ofProxy])
    servers.push(proxyServer)
    proxy = `https://${proxyHost}:${(proxyServer.address() as AddressInfo).port}`
    ssh = await serveSsh(join(folder, "ssh"), sshHost, { "/team/two": repository(ofSsh) })
    project = join(folder, "project")
    writeProject(project, [ofGit, ofSsh, ofProxy])
  })

  afterAll(() => {
    for (const server of servers) server.close()
    ssh.stop()
    rmSync(folder, { recursive: true })
  })

  const asked = () => [
    ...["--private-modules", `${gitHost},${sshHost}/team`],
    ...["--token", `${gitHost}=env:GIT_TOKEN`, "--ssh", `default=${ssh.socket}`],
    ...["--known-hosts", ssh.knownHost, "--ca-certificates", certificate],
    ...["--build-environment", `GOPROXY=${proxy}`, "--netrc", netrc(password)],
    ...["--runtime", "scratch"],
  ]
  const env = { GIT_TOKEN: token, SSH_AUTH_SOCK: "" }

  function netrc(password: string): string {
    const path = join(folder, "netrc")
    const { user } = proxyLogin
    writeFileSync(path, `machine ${proxyHost} login ${user} password ${password}\n`)
    return path
  }

  const canaries = () => [
    ...[token, password, ssh.canary],
    ...[gitLogin, proxyLogin].map(({ user, password }) => btoa(`${user}:${password}`)),
  ]

  function expectNone(text: Buffer | string, where: string): void {
    for (const canary of canaries()) expect(text.includes(canary), where).toBe(false)
  }

  it("are built in, and what the servers were asked with is nowhere", async () => {
    const file = (name: string) => join(folder, name)
    const cache = file("cache")
    const written = ["--provenance", file("provenance.json"), "--sbom", file("sbom.json")]
    const built = await script(
      [
        ...[project, ...asked(), "--verbose", "--run", "--output", file("app.tar")],
        ...[...written, "--cache-to", `type=local,dest=${cache}`],
      ],
      { env },
    )
    expect(built.code, built.stderr).toBe(0)
    expect(built.stdout).toContain(`${ofGit.text} ; ${ofSsh.text} ; ${ofProxy.text}`)
    expectNone(built.stderr, "what the build said")

    const image = await readImage(file("app.tar"))
    // Code of the project had none of it.
    const seen = (await image.readFile("/app/seen.txt")).toString()
    expect(seen).toMatch(/^HOME=/m)
    expect(seen).not.toMatch(/^found |SSH_AUTH_SOCK|GIT_CONFIG|GIT_SSH|NETRC/m)
    const authority = readFileSync(certificate, "utf8").split("\n")[1] ?? ""
    expect(authority).toMatch(/^[\w+/]{40}/)
    for (const layer of image.layers)
      for await (const { header, content } of contents(image, layer)) {
        expectNone(content, header.name)
        expect(content.includes(authority), header.name).toBe(false)
        expect(header.name).not.toMatch(/netrc|known_hosts|download\.sh|ssh-agent/)
      }
    expectNone(JSON.stringify(image.config), "configuration and history")
    for (const name of ["provenance.json", "sbom.json"]) expectNone(readFileSync(file(name)), name)

    // What another machine would begin with.
    let blobs = 0
    for (const name of readdirSync(join(cache, "blobs/sha256"))) {
      expectNone(decompressed(join(cache, "blobs/sha256", name)), `the cache's ${name}`)
      blobs++
    }
    expect(blobs).toBeGreaterThan(5)
    for (const print of ["--plan", "--dockerfile"]) {
      const { stdout, code } = await script([project, ...asked(), print], { env })
      expect(code).toBe(0)
      expect(stdout).toContain("/run/ssh-agent.sock")
      expectNone(stdout, print)
      expect(stdout).not.toContain(authority)
    }
  })

  it("are downloaded by a Dockerfile that is kept, too, by plain BuildKit, to the same digest", async () => {
    const plain = join(folder, "plain")
    writeProject(plain, [ofGit, ofSsh, ofProxy])
    // What it writes is not the same twice.
    rmSync(join(plain, "bin"), { recursive: true })
    const file = join(folder, "kept/Dockerfile")
    mkdirSync(dirname(file))
    const printed = await script([plain, ...asked(), "--dockerfile"], { env })
    expect(printed.code, printed.stderr).toBe(0)
    writeFileSync(file, printed.stdout)
    expect(printed.stdout).toMatch(
      /^# .*: docker build (?=.*--ssh default)(?=.*--secret id=netrc,src=FILE).* \.$/m,
    )
    const passwords = join(folder, "passwords")
    // The go command looks for a server's name with its port.
    const lines = [[gitHost, gitLogin] as const, [new URL(proxy).host, proxyLogin] as const].map(
      ([host, login]) => `machine ${host} login ${login.user} password ${login.password}\n`,
    )
    writeFileSync(passwords, lines.join(""))
    const report = { say: () => undefined, finish: () => undefined }
    const engine = await connectEmbedded(report)
    try {
      const bases = contextsOf(await resolveBases(["golang:1.25"], new Map(), { engine, report }))
      const metadata = join(folder, "kept.json")
      const planned = await script([plain, ...asked(), "--plan"], { env })
      const { annotations = [] } = (JSON.parse(planned.stdout) as Plan).image
      const output = ociOutput(join(folder, "kept.tar"), annotations)
      const built = await buildctl(
        ...[plain, file, ...bases, "--metadata-file", metadata, "--output", output],
        ...["--secret", `id=netrc,src=${passwords}`, "--ssh", `default=${ssh.socket}`],
        ...["--secret", `id=ca-certificates,src=${certificate}`],
        ...["--opt", "build-arg:SOURCE_DATE_EPOCH=0"],
      )
      expect(built.code, built.stderr).toBe(0)
      expectNone(built.stderr, "what BuildKit said")
      const own = await script([plain, ...asked(), "--output", join(folder, "own.tar")], { env })
      expect(own.code, own.stderr).toBe(0)
      const said = JSON.parse(readFileSync(metadata, "utf8")) as Record<string, string>
      expect(said["containerimage.digest"]).toBe(own.stdout.trim())
    } finally {
      await engine.close()
    }
  })

  it("are trusted by the running image, where that is asked for", async () => {
    const archive = join(folder, "trusting.tar")
    const made = ["--trust-certificates", "--output", archive]
    const { code, stderr } = await script([project, ...asked(), ...made], { env })
    expect(code, stderr).toBe(0)
    const image = await readImage(archive)
    const bundle = (await image.readFile("/etc/ssl/certs/ca-certificates.crt")).toString()
    expect(bundle).toContain(readFileSync(certificate, "utf8").trim())
    expect(bundle.match(/BEGIN CERTIFICATE/g)?.length).toBeGreaterThan(20)
  })

  it.each<[string, PrivateModule, () => string[], RegExp]>([
    [
      "with another token",
      ofGit,
      () => ["--token", `${gitHost}=env:OTHER_TOKEN`],
      /127\.77\.0\.1\/team\/one/,
    ],
    [
      "by a server with another key",
      ofSsh,
      () => {
        const [host = ""] = ssh.knownHost.split(" ")
        const key = "AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
        return ["--known-hosts", `${host} ssh-ed25519 ${key}`]
      },
      // Go tries HTTPS, too, and keeps what SSH says to itself.
      /127\.77\.0\.2\/team\/two\.git@\S+: (?:no secure protocol found|.*Host key verification failed)/,
    ],
  ])("are not to be had %s, and the log has no password", async (_, module, change, expected) => {
    // A version of its own, which no volume has.
    const own = join(folder, `other-${randomInt(1, 2 ** 31)}`)
    writeProject(own, [{ ...module, version: `v1.1.${randomInt(1, 2 ** 31)}` }])
    const [name = "", value = ""] = change()
    const given = asked()
    given[given.indexOf(name) + 1] = value
    const wrong = { ...env, OTHER_TOKEN: `wrong-${token}` }
    const { code, stderr } = await script([own, ...given, "--verbose"], { env: wrong })
    expect(code).not.toBe(0)
    expect(stderr).toMatch(expected)
    expectNone(stderr, "what the build said")
  })
})

function decompressed(path: string): Buffer {
  const file = readFileSync(path)
  if (file.readUInt32LE() === 0xfd2fb528)
    return execFileSync("zstd", ["-dc", path], { maxBuffer: 1 << 30 })
  return file.readUInt16LE() === 0x8b1f ? gunzipSync(file) : file
}

function writeProject(folder: string, modules: readonly PrivateModule[]): void {
  const names = modules.map(({ path }, index) => ({ name: `m${index}`, path }))
  const files: Record<string, string> = {
    "go.mod": `module example.com/app\n\ngo 1.25\n\nrequire (\n${modules
      .map(({ path, version }) => `\t${path} ${version}\n`)
      .join("")})\n`,
    "go.sum": modules.map(sumsOf).join(""),
    "main.go": `package main

import (
	"fmt"
	"net/http"

${names.map(({ name, path }) => `	${name} "${path}"\n`).join("")})

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(w, ${names.map(({ name }) => `${name}.Text()`).join(', ";", ')})
	})
	http.ListenAndServe(":8080", nil)
}
`,
    // Code of the project.
    "bin/go-pre-compile": `set -e
for file in /root/.netrc /run/ssh-agent.sock /run/secrets/* /run/download/*; do
  # What was mounted there for another step is an empty file.
  if [ -S "$file" ] || [ -s "$file" ]; then echo "found $file"; fi
done >seen.txt
env >>seen.txt
`,
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}
