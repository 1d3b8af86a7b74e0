/**
 * Turns a Go project into a container image.
 *
 * It finds out how the project must be built (Go version, packages, dependencies, the command to run) and returns the
 * image as a Container, so that everything of a Container follows in the chain: publish, export, as-service, terminal.
 *
 *   dagger call debian --source=. publish --address=registry.example.com/app:v1
 */
import {
  argument,
  type Container,
  type Directory,
  type File,
  func,
  object,
} from "@dagger.io/dagger"
import { DaggerSource } from "./detect/dagger-source.js"
import { detect } from "./detect/detect.js"
import { UserError } from "./errors.js"
import type { Options } from "./options.js"
import { assemblePlan } from "./plan/assemble.js"
import { builderStageName } from "./plan/builder-stage.js"
import { printPlan } from "./plan/print.js"
import type { Plan } from "./plan/types.js"
import { renderDagger } from "./render/dagger.js"
import { renderDockerfile, withSyntax } from "./render/dockerfile.js"

/**
 * Turns a Go project into a container image: finds out how it must be built, and builds it.
 *
 * What is not said here, the project says: project.toml, then comments in go.mod, then what is detected.
 */
@object()
export class GoImage {
  private goVersion?: string
  private packages: string[]
  private binaryName?: string
  private buildTags: string[]
  private linkerValues: string[]
  private platform?: string
  private command?: string
  private process?: string
  private port?: number
  private environment: string[]
  private keep: string[]
  private drop: string[]
  private goTools?: boolean
  private root?: boolean
  private cacheNamespace?: string

  /**
   * @param goVersion Go that builds the project: a version ("1.25", "1.25.3", "1.26rc1"), a range (">=1.24") or "latest". Default: .go-version, then go.mod, else 1.25.
   * @param packages Main packages to build, as the go command takes them: "./cmd/api", "./cmd/...". Default: the one at the root, else all under cmd/, else all.
   * @param binaryName File name of the program, where one is built. Default: the last part of the module or the package.
   * @param buildTags Build tags, e.g. "netgo".
   * @param linkerValues String variables that the linker sets (go build -ldflags -X), each "symbol=value", e.g. "main.version=1.2.3".
   * @param platform What the image is for, such as "linux/arm64": compiled for it, not emulated. Default: the engine's own.
   * @param command What the image runs, as it would be typed in a shell: "api -v", "./server --port $PORT". Default: the web process of the Procfile, else the only program.
   * @param process Process of the Procfile that the image runs, e.g. "worker". Default: "web".
   * @param port TCP port that the program listens on: exposed, and in the environment as PORT. 0 for none. Default: 8080.
   * @param environment Environment of the running image, each "NAME=value".
   * @param keep Patterns of files to keep in the image that would be left out, e.g. "docs/**".
   * @param drop Patterns of files to leave out of the image that would be kept, e.g. "web/src".
   * @param goTools Keep the Go toolchain in the image, at /usr/local/go. Default: no.
   * @param root Run the image as root. Default: no.
   * @param cacheNamespace Name of the cache volumes: projects with the same name share modules and compiled packages. Default: "go-image".
   */
  constructor(
    goVersion?: string,
    packages: string[] = [],
    binaryName?: string,
    buildTags: string[] = [],
    linkerValues: string[] = [],
    platform?: string,
    command?: string,
    process?: string,
    port?: number,
    environment: string[] = [],
    keep: string[] = [],
    drop: string[] = [],
    goTools?: boolean,
    root?: boolean,
    cacheNamespace?: string,
  ) {
    this.goVersion = goVersion
    this.packages = packages
    this.binaryName = binaryName
    this.buildTags = buildTags
    this.linkerValues = linkerValues
    this.platform = platform
    this.command = command
    this.process = process
    this.port = port
    this.environment = environment
    this.keep = keep
    this.drop = drop
    this.goTools = goTools
    this.root = root
    this.cacheNamespace = cacheNamespace
  }

  /**
   * The image on Debian (debian:bookworm-slim), which has a shell; run by the user app (1000:1000).
   *
   * Example: dagger call debian --source=. export --path=app.tar
   *
   * @param source Folder of the Go project: the one that has its go.mod.
   */
  @func()
  async debian(
    @argument({ ignore: ["**/.git", "**/.hg", "**/.svn", "**/.bzr", "**/.jj"] }) source: Directory,
  ): Promise<Container> {
    return this.image(source, "debian")
  }

  /**
   * The image on Docker Hardened Images (dhi.io/golang), built with their Go, 1.22 or newer: no shell; run by nonroot (65532:65532).
   *
   * Example: dagger call dhi --source=. export --path=app.tar
   *
   * @param source Folder of the Go project: the one that has its go.mod.
   */
  @func()
  async dhi(
    @argument({ ignore: ["**/.git", "**/.hg", "**/.svn", "**/.bzr", "**/.jj"] }) source: Directory,
  ): Promise<Container> {
    return this.image(source, "dhi")
  }

  /**
   * The image on Ubuntu (ubuntu:24.04), as Depot's Dockerfile for Go has it: /usr/local/bin/app, run by appuser (1001:1001).
   *
   * Example: dagger call ubuntu --source=. export --path=app.tar
   *
   * @param source Folder of the Go project: the one that has its go.mod.
   */
  @func()
  async ubuntu(
    @argument({ ignore: ["**/.git", "**/.hg", "**/.svn", "**/.bzr", "**/.jj"] }) source: Directory,
  ): Promise<Container> {
    return this.image(source, "ubuntu")
  }

  /**
   * The image on distroless (gcr.io/distroless/static-debian12): no shell; run by nonroot (65532:65532).
   *
   * Example: dagger call distroless --source=. export --path=app.tar
   *
   * @param source Folder of the Go project: the one that has its go.mod.
   */
  @func()
  async distroless(
    @argument({ ignore: ["**/.git", "**/.hg", "**/.svn", "**/.bzr", "**/.jj"] }) source: Directory,
  ): Promise<Container> {
    return this.image(source, "distroless")
  }

  /**
   * The image on Chainguard's static base (cgr.dev/chainguard/static): no shell; run by nonroot (65532:65532).
   *
   * Example: dagger call chainguard --source=. export --path=app.tar
   *
   * @param source Folder of the Go project: the one that has its go.mod.
   */
  @func()
  async chainguard(
    @argument({ ignore: ["**/.git", "**/.hg", "**/.svn", "**/.bzr", "**/.jj"] }) source: Directory,
  ): Promise<Container> {
    return this.image(source, "chainguard")
  }

  /**
   * The image on nothing at all: the program, CA certificates, time zone data and a user, nonroot (65532:65532).
   *
   * Example: dagger call scratch --source=. export --path=app.tar
   *
   * @param source Folder of the Go project: the one that has its go.mod.
   */
  @func()
  async scratch(
    @argument({ ignore: ["**/.git", "**/.hg", "**/.svn", "**/.bzr", "**/.jj"] }) source: Directory,
  ): Promise<Container> {
    return this.image(source, "scratch")
  }

  /**
   * The image on a base of your own; run by nonroot (65532:65532), which is added where the base does not have it.
   *
   * Example: dagger call custom --source=. --base=alpine:3.22 export --path=app.tar
   *
   * @param source Folder of the Go project: the one that has its go.mod.
   * @param base Reference of the base image, with a tag or a digest.
   */
  @func()
  async custom(
    @argument({ ignore: ["**/.git", "**/.hg", "**/.svn", "**/.bzr", "**/.jj"] }) source: Directory,
    base: string,
  ): Promise<Container> {
    return this.image(source, base)
  }

  /**
   * Builds the image and pushes it under each of the addresses; gives back what it can be pulled by, with its digest.
   *
   * Example: dagger call publish --source=. --addresses=registry.example.com/app:v1,registry.example.com/app:latest
   *
   * @param source Folder of the Go project: the one that has its go.mod.
   * @param addresses Image references, with a tag. Credentials are those of the Docker configuration of the caller.
   * @param runtime Base of the image: debian, dhi, ubuntu, distroless, chainguard, scratch, or an image reference. Default: debian.
   */
  @func({ cache: "never" })
  async publish(
    @argument({ ignore: ["**/.git", "**/.hg", "**/.svn", "**/.bzr", "**/.jj"] }) source: Directory,
    addresses: string[],
    runtime?: string,
  ): Promise<string[]> {
    if (addresses.length === 0) throw new UserError("no address to publish the image to")
    const image = renderDagger(await this.assemble(source, runtime), source).image
    return Promise.all(addresses.map((address) => image.publish(address)))
  }

  /**
   * The program alone, as a static file for linux.
   *
   * Example: dagger call binary --source=. export --path=bin/app
   *
   * @param source Folder of the Go project: the one that has its go.mod.
   */
  @func()
  async binary(
    @argument({ ignore: ["**/.git", "**/.hg", "**/.svn", "**/.bzr", "**/.jj"] }) source: Directory,
  ): Promise<File> {
    const plan = await this.assemble(source)
    const [binary, another] = plan.binaries
    if (!binary || another) {
      const packages = plan.binaries.map((each) => each.package).join(", ")
      throw new UserError(`${plan.binaries.length} programs are built: ${packages}`, {
        hint: "Choose one with the packages option.",
      })
    }
    return renderDagger(plan, source).stage(builderStageName).file(binary.built)
  }

  /**
   * How the image would be built, as JSON: stages, steps, image configuration, and where each decision comes from.
   *
   * Example: dagger call plan --source=.
   *
   * @param source Folder of the Go project: the one that has its go.mod.
   * @param runtime Base of the image: debian, dhi, ubuntu, distroless, chainguard, scratch, or an image reference. Default: debian.
   */
  @func()
  async plan(
    @argument({ ignore: ["**/.git", "**/.hg", "**/.svn", "**/.bzr", "**/.jj"] }) source: Directory,
    runtime?: string,
  ): Promise<string> {
    return printPlan(await this.assemble(source, runtime))
  }

  /**
   * The same build as a Dockerfile, for those who want to keep one.
   *
   * Example: dagger call dockerfile --source=. > Dockerfile
   *
   * @param source Folder of the Go project: the one that has its go.mod.
   * @param runtime Base of the image: debian, dhi, ubuntu, distroless, chainguard, scratch, or an image reference. Default: debian.
   */
  @func()
  async dockerfile(
    @argument({ ignore: ["**/.git", "**/.hg", "**/.svn", "**/.bzr", "**/.jj"] }) source: Directory,
    runtime?: string,
  ): Promise<string> {
    return withSyntax(renderDockerfile(await this.assemble(source, runtime)))
  }

  private async image(source: Directory, runtime: string): Promise<Container> {
    return renderDagger(await this.assemble(source, runtime), source).image
  }

  private async assemble(source: Directory, runtime?: string): Promise<Plan> {
    // A function has no environment of its caller's.
    const given = { options: this.options(runtime), environment: {} }
    const { facts, settings } = await detect(new DaggerSource(source), given)
    return assemblePlan(facts, settings)
  }

  private options(runtime: string | undefined): Options {
    return {
      runtime,
      goVersion: this.goVersion,
      packages: this.packages,
      binaryName: this.binaryName,
      buildTags: this.buildTags,
      linkerValues: this.linkerValues,
      platform: this.platform,
      command: this.command,
      process: this.process,
      port: this.port,
      environment: this.environment,
      keep: this.keep,
      drop: this.drop,
      goTools: this.goTools,
      root: this.root,
      cacheNamespace: this.cacheNamespace,
    }
  }
}
