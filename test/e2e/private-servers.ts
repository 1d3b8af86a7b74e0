import { execFileSync, spawn, type ChildProcess } from "node:child_process"
import { createHash } from "node:crypto"
import { once } from "node:events"
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import type { IncomingMessage, ServerResponse } from "node:http"
import { createServer, type Server } from "node:https"
import { connect, createServer as createTcpServer, type AddressInfo } from "node:net"
import { dirname, join } from "node:path"
import { setTimeout } from "node:timers/promises"

/*
 * Servers as companies have them, on an address of this machine: Git over HTTPS and a module proxy, which want a password and
 * have a certificate of an authority that nobody knows, and Git over SSH.
 */

export interface Login {
  user: string
  password: string
}

/** A module with one function, `Text`. */
export interface PrivateModule {
  path: string
  version: string
  text: string
}

/** Its files, as they are published. */
function filesOf({ path, text }: PrivateModule): Record<string, string> {
  return {
    "go.mod": `module ${path}\n\ngo 1.21\n`,
    "text.go": `package text\n\nfunc Text() string { return ${JSON.stringify(text)} }\n`,
  }
}

/** Its two lines of go.sum. https://pkg.go.dev/golang.org/x/mod/sumdb/dirhash#Hash1 */
export function sumsOf(module: PrivateModule): string {
  const files = filesOf(module)
  const { path, version } = module
  const sha256 = (text: string) => createHash("sha256").update(text)
  const hash = (names: Record<string, string>) => {
    const lines = Object.keys(names)
      .sort()
      .map((name) => `${sha256(files[names[name]!]!).digest("hex")}  ${name}\n`)
    return `h1:${sha256(lines.join("")).digest("base64")}`
  }
  const zip = Object.fromEntries(
    Object.keys(files).map((name) => [`${path}@${version}/${name}`, name]),
  )
  return `${path} ${version} ${hash(zip)}\n${path} ${version}/go.mod ${hash({ "go.mod": "go.mod" })}\n`
}

/** A repository with the module, tagged with its version. */
export function makeRepository(folder: string, module: PrivateModule): void {
  for (const [name, text] of Object.entries(filesOf(module))) write(join(folder, name), text)
  const git = (...args: string[]) => {
    const author = ["-c", "user.name=me", "-c", "user.email=me@example.com"]
    execFileSync("git", ["-C", folder, ...author, ...args], { stdio: "pipe" })
  }
  git("init", "--quiet")
  git("add", ".")
  git("commit", "--quiet", "--message", "first")
  git("tag", module.version)
}

export interface Authority {
  /** PEM file of its certificate. */
  certificate: string
  key: Buffer
  cert: Buffer
}

/** An authority, and a certificate of it for servers at these addresses. */
export function makeAuthority(folder: string, addresses: readonly string[]): Authority {
  mkdirSync(folder, { recursive: true })
  const openssl = (...args: string[]) =>
    execFileSync("openssl", args, { cwd: folder, stdio: "pipe" })
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
  openssl("req", "-x509", ...key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test CA")
  openssl("req", ...key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=server")
  write(
    join(folder, "names"),
    `subjectAltName=${addresses.map((each) => `IP:${each}`).join(",")}\n`,
  )
  const by = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names"]
  openssl("x509", "-req", "-in", "server.csr", "-out", "server.pem", "-days", "2", ...by)
  return {
    certificate: join(folder, "ca.pem"),
    key: readFileSync(join(folder, "server.key")),
    cert: readFileSync(join(folder, "server.pem")),
  }
}

/** Repositories by their paths, such as `/team/secret`, on port 443, since a module's name has no port. */
export async function serveGit(
  address: string,
  authority: Authority,
  login: Login,
  repositories: Readonly<Record<string, string>>,
): Promise<Server> {
  return serve(address, 443, authority, login, (request, response) => {
    const url = new URL(request.url ?? "/", "https://server")
    const [path, folder] =
      Object.entries(repositories).find(([each]) => url.pathname.startsWith(`${each}/`)) ?? []
    if (path === undefined || folder === undefined) return response.writeHead(404).end()
    const cgi = spawn("git", ["http-backend"], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: join(folder, ".git"),
        GIT_HTTP_EXPORT_ALL: "1",
        PATH_INFO: url.pathname.slice(path.length),
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers["content-type"] ?? "",
        ...(request.headers["content-encoding"] && {
          HTTP_CONTENT_ENCODING: request.headers["content-encoding"],
        }),
        ...(request.headers["git-protocol"] && {
          GIT_PROTOCOL: String(request.headers["git-protocol"]),
        }),
        REMOTE_USER: login.user,
      },
      stdio: ["pipe", "pipe", "inherit"],
    })
    request.pipe(cgi.stdin)
    const chunks: Buffer[] = []
    cgi.stdout.on("data", (chunk: Buffer) => chunks.push(chunk))
    cgi.once("close", () => {
      const answer = Buffer.concat(chunks)
      const end = answer.indexOf("\r\n\r\n")
      const headers = answer
        .subarray(0, end)
        .toString()
        .split("\r\n")
        .map((line) => line.split(/: */) as [string, string])
      const status = headers.find(([name]) => name === "Status")?.[1]
      response.writeHead(Number.parseInt(status ?? "200", 10), Object.fromEntries(headers))
      response.end(answer.subarray(end + 4))
    })
  })
}

/** The modules, as https://go.dev/ref/mod#goproxy-protocol has it. */
export async function serveModules(
  address: string,
  authority: Authority,
  login: Login,
  modules: readonly PrivateModule[],
): Promise<Server> {
  return serve(address, 0, authority, login, ({ url = "" }, response) => {
    const [, path, version, kind] = /^\/(.+)\/@v\/(.+)\.(info|mod|zip)$/.exec(url) ?? []
    const module = modules.find((each) => each.path === path && each.version === version)
    if (!module) return response.writeHead(404).end("not found")
    response.end(
      kind === "info"
        ? JSON.stringify({ Version: version, Time: "2025-01-01T00:00:00Z" })
        : kind === "mod"
          ? filesOf(module)["go.mod"]
          : zip(filesOf(module), `${module.path}@${module.version}/`),
    )
  })
}

/** Not compressed, and without entries for folders, which modules have none of. */
function zip(files: Readonly<Record<string, string>>, prefix: string): Buffer {
  const entries: Buffer[] = []
  const directory: Buffer[] = []
  for (const [file, text] of Object.entries(files)) {
    const name = Buffer.from(prefix + file)
    const content = Buffer.from(text)
    const header = Buffer.alloc(26)
    header.writeUInt16LE(10, 0)
    header.writeUInt32LE(crc32(content), 10)
    header.writeUInt32LE(content.length, 14)
    header.writeUInt32LE(content.length, 18)
    header.writeUInt16LE(name.length, 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(Buffer.concat(entries).length, 10)
    directory.push(Buffer.from("PK\x01\x02\x0a\0", "latin1"), header, place, name)
    entries.push(Buffer.from("PK\x03\x04", "latin1"), header, name, content)
  }
  const [body, list] = [Buffer.concat(entries), Buffer.concat(directory)]
  const end = Buffer.alloc(18)
  end.writeUInt16LE(Object.keys(files).length, 4)
  end.writeUInt16LE(Object.keys(files).length, 6)
  end.writeUInt32LE(list.length, 8)
  end.writeUInt32LE(body.length, 12)
  return Buffer.concat([body, list, Buffer.from("PK\x05\x06", "latin1"), end])
}

function crc32(content: Buffer): number {
  let crc = ~0
  for (const byte of content) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

async function serve(
  address: string,
  port: number,
  { key, cert }: Authority,
  { user, password }: Login,
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<Server> {
  const wanted = `Basic ${btoa(`${user}:${password}`)}`
  const server = createServer({ key, cert }, (request, response) => {
    if (request.headers.authorization === wanted) return answer(request, response)
    return response.writeHead(401, { "WWW-Authenticate": 'Basic realm="private"' }).end("log in")
  })
  server.listen(port, address)
  await once(server, "listening")
  return server
}

export interface SshServer {
  port: number
  /** A line of a known_hosts file. */
  knownHost: string
  /** Of an agent that has the key. */
  socket: string
  /** What of the private key must be nowhere. */
  canary: string
  stop: () => void
}

/** Git over SSH, by the user git, who is nobody of this machine: the server has a list of users of its own. */
export async function serveSsh(
  folder: string,
  address: string,
  repositories: Readonly<Record<string, string>>,
): Promise<SshServer> {
  mkdirSync(folder, { recursive: true })
  const file = (name: string) => join(folder, name)
  for (const name of ["host", "user"])
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file(name)])
  const port = await freePort(address)
  const shell = Object.entries(repositories).map(
    ([path, repository]) => `"git-upload-pack '${path}'") exec git-upload-pack '${repository}' ;;`,
  )
  write(
    file("serve.sh"),
    `#!/bin/sh\ncase "$SSH_ORIGINAL_COMMAND" in\n${shell.join("\n")}\nesac\nexit 1\n`,
  )
  chmodSync(file("serve.sh"), 0o755)
  const user = readFileSync(file("user.pub"), "utf8")
  write(file("authorized"), `restrict,command="${file("serve.sh")}" ${user}`)
  write(file("passwd"), `${readFileSync("/etc/passwd", "utf8")}git:x:0:0::/root:/bin/sh\n`)
  const options = {
    ListenAddress: `${address}:${port}`,
    HostKey: file("host"),
    AuthorizedKeysFile: file("authorized"),
    PidFile: "none",
    StrictModes: "no",
    UsePAM: "no",
    PasswordAuthentication: "no",
    KbdInteractiveAuthentication: "no",
    PermitRootLogin: "prohibit-password",
    AcceptEnv: "GIT_PROTOCOL",
  }
  write(
    file("sshd_config"),
    Object.entries(options)
      .map(([name, value]) => `${name} ${value}\n`)
      .join(""),
  )
  // In mounts of its own, and ended with this process.
  const started = 'mkdir -p /run/sshd && mount --bind "$1" /etc/passwd && exec "$2" -D -e -f "$3"'
  const daemon = spawn(
    "setpriv",
    [
      ...["--pdeathsig", "KILL", "unshare", "--mount", "/bin/sh", "-c", started, "sshd"],
      ...[file("passwd"), sshd(), file("sshd_config")],
    ],
    { stdio: ["ignore", "inherit", "pipe"] },
  )
  let said = ""
  daemon.stderr.setEncoding("utf8").on("data", (text: string) => (said += text))
  const agent = spawn(
    "setpriv",
    ["--pdeathsig", "KILL", "ssh-agent", "-D", "-a", file("agent.sock")],
    { stdio: "ignore" },
  )
  await waitFor(
    () => connects(port, address),
    daemon,
    () => said,
  )
  await waitFor(
    () => {
      const env = { ...process.env, SSH_AUTH_SOCK: file("agent.sock") }
      execFileSync("ssh-add", ["-q", file("user")], { env, stdio: "pipe" })
      return Promise.resolve()
    },
    agent,
    () => "",
  )
  const [type, key] = readFileSync(file("host.pub"), "utf8").split(" ")
  return {
    port,
    knownHost: `[${address}]:${port} ${type} ${key}`,
    socket: file("agent.sock"),
    // Its last lines have the secret half.
    canary: readFileSync(file("user"), "utf8").trim().split("\n").at(-3) ?? "",
    stop: () => {
      daemon.kill()
      agent.kill()
    },
  }
}

/** Undefined where there is none. */
export function sshdPath(): string | undefined {
  try {
    return sshd()
  } catch {
    return undefined
  }
}

function sshd(): string {
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }
  return execFileSync("sh", ["-c", "command -v sshd"], { env }).toString().trim()
}

async function waitFor(
  ready: () => Promise<unknown>,
  child: ChildProcess,
  said: () => string,
): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await ready()
      return
    } catch (error) {
      if (child.exitCode !== null || tries > 200) {
        throw new Error(`a server did not start: ${said()}`, { cause: error })
      }
    }
    await setTimeout(50)
  }
}

function connects(port: number, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, address, () => {
      socket.destroy()
      resolve()
    }).once("error", reject)
  })
}

async function freePort(address: string): Promise<number> {
  const server = createTcpServer().listen(0, address)
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
