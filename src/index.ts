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
import type { Options } from "./options.js"
import { assemblePlan } from "./plan/assemble.js"
import { builderStageName } from "./plan/builder-stage.js"
import { printPlan } from "./plan/print.js"
import { debian } from "./plan/runtimes.js"
import type { Plan } from "./plan/types.js"
import { renderDagger } from "./render/dagger.js"
import { renderDockerfile } from "./render/dockerfile.js"
import { UserError } from "./errors.js"

/** Turns a Go project into a container image: finds out how it must be built, and builds it. */
@object()
export class GoImage {
  private goVersion?: string
  private packages: string[]
  private binaryName?: string
  private command?: string
  private process?: string
  private tags: string[]
  private port: number
  private environment: string[]

  /**
   * @param goVersion Go that builds the project: a version ("1.25", "1.25.3", "1.26rc1"), a range (">=1.24") or
   *   "latest". Default: what a "// +heroku goVersion" comment, .go-version or go.mod says, else 1.25.
   * @param packages Main packages to build, as the go command takes them: "./cmd/api", "./cmd/...". Default: the one at
   *   the root, else all under cmd/, else all.
   * @param binaryName File name of the program, where one is built. Default: the module's or the package's last part.
   * @param command What the image runs, as it would be typed in a shell: "api -v", "./server --port $PORT". Default: the
   *   Procfile's web process, else the only program.
   * @param process Process of the Procfile that the image runs, e.g. "worker". Default: "web".
   * @param tags Build tags, e.g. "netgo".
   * @param port TCP port that the program listens on: exposed, and in the environment as PORT. 0 for none.
   * @param environment Environment of the running image, each "NAME=value".
   */
  constructor(
    goVersion?: string,
    packages: string[] = [],
    binaryName?: string,
    command?: string,
    process?: string,
    tags: string[] = [],
    port: number = 8080,
    environment: string[] = [],
  ) {
    this.goVersion = goVersion
    this.packages = packages
    this.binaryName = binaryName
    this.command = command
    this.process = process
    this.tags = tags
    this.port = port
    this.environment = environment
  }

  /**
   * The image on Debian (debian:bookworm-slim), with CA certificates and time zone data, run by a user of its own
   * (app, 1000:1000) in /app.
   *
   * Example: dagger call debian --source=. export --path=app.tar
   *
   * @param source Folder of the Go project: the one that has its go.mod.
   */
  @func()
  async debian(
    @argument({ ignore: ["**/.git", "**/.hg", "**/.svn", "**/.bzr", "**/.jj"] }) source: Directory,
  ): Promise<Container> {
    return renderDagger(await this.assemble(source), source).image
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
   */
  @func()
  async plan(
    @argument({ ignore: ["**/.git", "**/.hg", "**/.svn", "**/.bzr", "**/.jj"] }) source: Directory,
  ): Promise<string> {
    return printPlan(await this.assemble(source))
  }

  /**
   * The same build as a Dockerfile, for those who want to keep one.
   *
   * Example: dagger call dockerfile --source=. > Dockerfile
   *
   * @param source Folder of the Go project: the one that has its go.mod.
   */
  @func()
  async dockerfile(
    @argument({ ignore: ["**/.git", "**/.hg", "**/.svn", "**/.bzr", "**/.jj"] }) source: Directory,
  ): Promise<string> {
    return renderDockerfile(await this.assemble(source))
  }

  private async assemble(source: Directory): Promise<Plan> {
    const options: Options = {
      goVersion: this.goVersion,
      packages: this.packages,
      binaryName: this.binaryName,
      command: this.command,
      process: this.process,
      tags: this.tags,
      port: this.port,
      environment: this.environment,
    }
    const facts = await detect(new DaggerSource(source), {
      os: "linux",
      cgo: false,
      tags: this.tags,
    })
    return assemblePlan(facts, options, debian)
  }
}
