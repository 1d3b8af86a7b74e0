/** End-to-end cases, each a check: `dagger check -m test`. */
import assert from "node:assert/strict"
import {
  argument,
  check,
  dag,
  type Directory,
  func,
  object,
  type Workspace,
} from "@dagger.io/dagger"
import { failure, filesOf, get, holds } from "./look.js"
import { failing, withPrivateModule } from "./projects.js"

const nobody = "65532:65532"

@object()
export class GoImageTests {
  private readonly ws: Workspace
  private readonly examples: Directory

  /**
   * @param ws Filled in by Dagger.
   * @param examples The projects that images are made of.
   */
  constructor(ws: Workspace, @argument({ defaultPath: "/examples" }) examples: Directory) {
    this.ws = ws
    this.examples = examples
  }

  /** Answers over HTTP, as a user that is not root; has the program, and nothing of its source. */
  @func()
  @check()
  async helloWeb(): Promise<void> {
    const image = this.module().debian({ source: this.examples.directory("hello-web") })
    assert.equal(await image.user(), "1000:1000")
    assert.deepEqual(await filesOf(image, "/app"), ["hello-web"])
    assert.deepEqual(await image.rootfs().glob("**/{go.mod,*.go}"), [])
    assert.equal(await image.exists("/usr/local/go"), false)

    const service = image.asService({ useEntrypoint: true })
    assert.equal(await get(service, "/"), "Hello from hello-web")
    const about = JSON.parse(await get(service, "/about")) as Record<string, unknown>
    assert.equal(about["uid"], 1000)
    assert.equal(about["folder"], "/app")
  }

  /** Another process of the Procfile is what the image runs; the programs beside it are there. */
  @func()
  @check()
  async ordersWorker(): Promise<void> {
    const source = this.examples.directory("orders")
    const image = this.module({ process: "worker" }).debian({ source })
    assert.deepEqual(await image.defaultArgs(), ["/app/bin/worker"])
    assert.deepEqual(await filesOf(image, "/app"), ["bin/api", "bin/migrate", "bin/worker"])

    // It works until it is told to stop, which it does with success.
    const stopped = image.withExec(["timeout", "--preserve-status", "3", "worker"])
    const said = await stopped.stderr()
    assert.match(said, /^worker: waiting for orders/)
    assert.doesNotMatch(said, /listening/)
  }

  /** One program of several, where it is the only one that is asked for. */
  @func()
  @check()
  async ordersApi(): Promise<void> {
    const source = this.examples.directory("orders")
    const image = this.module({ packages: ["./cmd/api"] }).debian({ source })
    assert.deepEqual(await filesOf(image, "/app"), ["api"])
    assert.equal(await get(image.asService({ useEntrypoint: true }), "/healthz"), "ok")
  }

  /** Nothing but the program and what it needs: no shell, and it runs. */
  @func()
  @check()
  async scratch(): Promise<void> {
    const image = this.module().scratch({ source: this.examples.directory("hello-web") })
    assert.equal(await image.user(), nobody)
    for (const path of ["/bin", "/lib", "/usr/bin"]) assert.equal(await image.exists(path), false)
    assert.equal(await image.exists("/etc/ssl/certs/ca-certificates.crt"), true)

    const service = image.asService({ useEntrypoint: true })
    assert.equal(await get(service, "/healthz"), '{"status":"ok"}')
  }

  /** A base of one's own keeps what it has. */
  @func()
  @check()
  async custom(): Promise<void> {
    const base = dag.container().from("alpine:3.22").withNewFile("/etc/motd", "from the base")
    const image = this.module().custom(base, { source: this.examples.directory("idgen") })
    assert.equal(await image.file("/etc/motd").contents(), "from the base")
    assert.equal(await image.user(), nobody)
    assert.deepEqual(await filesOf(image, "/app"), ["idgen"])
    const answer = await get(image.asService({ useEntrypoint: true }), "/ulid")
    assert.match(answer, /^[0-9A-Z]{26}$/)
  }

  /** All programs as files; where one is asked for, an error says between which to choose. */
  @func()
  @check()
  async binaries(): Promise<void> {
    const source = this.examples.directory("orders")
    const programs = this.module().binaries({ source })
    assert.deepEqual(await programs.entries(), ["api", "migrate", "worker"])
    const message = await failure(this.module().binary({ source }).size())
    assert.match(message, /3 programs are built: \.\/cmd\/api, \.\/cmd\/migrate, \.\/cmd\/worker/)
  }

  /** What tests say, whether or not they pass. */
  @func()
  @check()
  async testReport(): Promise<void> {
    const source = this.examples.directory("hello-web")
    const report = this.module().testReport({ source })
    assert.equal(await report.file("exit-code.txt").contents(), "0\n")
    const passed = await report.file("junit.xml").contents()
    assert.match(passed, /<testcase [^>]*name="TestHello"/)
    assert.doesNotMatch(passed, /<failure/)
    assert.match(await report.file("coverage.out").contents(), /^mode: /)

    const failed = this.module().testReport({ source: failing() })
    assert.equal(await failed.file("exit-code.txt").contents(), "1\n")
    assert.match(await failed.file("junit.xml").contents(), /name="TestSum"[^>]*>\s*<failure/)
  }

  /** Checks fail where something is wrong, and say what. */
  @func()
  @check()
  async checks(): Promise<void> {
    const image = this.module()
    const test = await failure(image.test({ source: failing() }))
    assert.match(test, /tests failed/)
    assert.match(test, /TestSum/)
    assert.match(test, /1 \+ 1 = 3/)
    assert.doesNotMatch(test, /TestNothing/)
    assert.match(await failure(image.vet({ source: failing() })), /self-assignment of Sum/)
    assert.match(await failure(image.format({ source: failing() })), /ugly\.go/)

    const source = this.examples.directory("hello-web")
    await Promise.all([image.vet({ source }), image.format({ source }), image.tidy({ source })])
  }

  /** Passwords are not there for the project's own code, and in no layer. */
  @func()
  @check()
  async privateModules(): Promise<void> {
    const password = "correct-horse-battery-staple"
    const netrc = dag.setSecret("netrc", `machine git.example.com login me password ${password}\n`)
    const image = this.module({ privateModules: ["git.example.com/*"], netrc }).debian({
      source: withPrivateModule(),
    })
    // Written by the project's hook, from what it saw.
    assert.equal(await image.file("/app/words.txt").contents(), "none\n")
    assert.equal(await image.file("/app/private.txt").contents(), "git.example.com/*\n")
    assert.equal(await holds(image, "git.example.com"), true)
    assert.equal(await holds(image, password), false)
  }

  /** Dagger 1.0 gives a module that is called no workspace but this. */
  private module(options: Parameters<typeof dag.goImage>[0] = {}) {
    return dag.goImage({ ws: this.ws, ...options })
  }
}
