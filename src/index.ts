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
  type Changeset,
  check,
  type Container,
  dag,
  type Directory,
  type File,
  func,
  generate,
  object,
  type Platform,
  type Secret,
  type Service,
} from "@dagger.io/dagger"
import { affectedTargets, targetsOf } from "./affected.js"
import { BoundService } from "./bound-service.js"
import { finish, mustBeWithoutVulnerabilities, mustPass } from "./checks.js"
import { DaggerSource } from "./detect/dagger-source.js"
import { findTargets } from "./detect/descriptor.js"
import { detect, type Detected } from "./detect/detect.js"
import { UserError } from "./errors.js"
import type { Options } from "./options.js"
import { assemblePlan } from "./plan/assemble.js"
import { builderStageName, outputPath } from "./plan/builder-stage.js"
import { parseEnvironment } from "./plan/environment.js"
import { netrcSecret } from "./plan/go-command.js"
import { sourcePath } from "./plan/modules.js"
import { distinctPlatforms } from "./plan/platform.js"
import { printPlan } from "./plan/print.js"
import {
  benchTask,
  builderTask,
  currentHour,
  fixTask,
  formatTask,
  generateTask,
  lintTask,
  reportPath,
  testTask,
  tidyTask,
  vetTask,
  vulncheckTask,
} from "./plan/tasks.js"
import type { Plan, Task } from "./plan/types.js"
import { publish, registryLogin } from "./registry.js"
import {
  notRendered,
  renderDagger,
  renderTask,
  renderTaskContainer,
  type Inputs,
} from "./render/dagger.js"
import { renderDockerfile, withSyntax } from "./render/dockerfile.js"
import { excludeInStage } from "./render/excluded-source.js"
import { Runtime } from "./runtime.js"
import { expandTargets, nameForTarget, requirePlaceholder } from "./settings/targets.js"

/** Of no use to a build, and often the larger part of a checkout. */
const versionControl = ["**/.git", "**/.hg", "**/.svn", "**/.bzr", "**/.jj"]

/** Stands in a plan for the container that the caller gave. */
const customBase = "custom.invalid/base:latest"

/**
 * Turns a Go project into a container image, checks it, and runs it: finds out how it must be built, and builds it.
 *
 * What is not said here, the project says: project.toml, then comments in go.mod, then what is detected.
 */
@object()
export class GoImage {
  private goVersion?: string
  private packages: string[]
  private binaryName?: string
  private buildTags: string[]
  private cgo?: string
  private staticLink?: boolean
  private buildPackages: string[]
  private osPackages: string[]
  private osPackagesDate?: string
  private buildEnvironment: string[]
  private goWork?: string
  private vendorCheck?: string
  private linkerValues: string[]
  private stamp?: string
  private revision?: string
  private revisionTime?: string
  private gitTag?: string
  private platform?: Platform
  private command?: string
  private process?: string
  private port: string[]
  private entryArguments: string[]
  private defaultArguments: string[]
  private healthCheck?: string
  private stopSignal?: string
  private user?: string
  private capabilities: string[]
  private workingDirectory?: string
  private folders: string[]
  private volumes: string[]
  private environment: string[]
  private keep: string[]
  private drop: string[]
  private goTools?: boolean
  private root?: boolean
  private privateModules: string[]
  private netrc?: Secret
  private cacheNamespace?: string
  private target?: string
  private services: BoundService[] = []
  private testEnvironment: string[] = []

  /**
   * @param goVersion Go that builds the project: a version ("1.25", "1.25.3", "1.26rc1"), a range (">=1.24") or "latest". Default: .go-version, mise.toml or .tool-versions, go.mod, the Dockerfile's, else 1.27.
   * @param packages Main packages to build, of any module of the source, as the go command takes them: "./cmd/api", "./services/...". Default: the one at the root, else all under cmd/, else all.
   * @param binaryName File name of the program, where one is built. Default: the last part of the module or the package.
   * @param buildTags Build tags, e.g. "netgo".
   * @param cgo C: "auto" has it where a program imports C or a module that is known to need it, "on", "off". Default: "auto".
   * @param staticLink Link C into the programs, which then need no C library of the base. Default: only on bases without one.
   * @param buildPackages Packages of the builder's Debian, such as C libraries with their headers: "librdkafka-dev".
   * @param osPackages Packages of the operating system to install in the image, on bases with apt or apk: "git", "ffmpeg".
   * @param osPackagesDate Day of the archive that these packages come from (snapshot.debian.org), such as "2025-11-01". Default: the newest ones.
   * @param buildEnvironment Variables of the go command for the build, each "NAME=value": GOEXPERIMENT, GOAMD64, GOFIPS140, GOPROXY and the like.
   * @param goWork "off" builds a module by itself, though a go.work names it. Default: the go.work above the module.
   * @param vendorCheck What becomes of a vendor/ whose files are not those of its modules: "error", "warn" or "off". Default: "error".
   * @param linkerValues String variables that the linker sets (go build -ldflags -X), each "symbol=value", e.g. "main.version=1.2.3"; a value may have {{.Version}}, {{.Commit}} and the like.
   * @param stamp Whether programs and image say which version and commit they are of: "auto", or "off", for the same image from every commit that changes nothing in it. Default: "auto".
   * @param revision Commit that the source is of, its hash in full: $(git rev-parse HEAD). A Directory comes without its Git.
   * @param revisionTime Time of that commit: $(git log -1 --format=%cI).
   * @param gitTag Tag of that commit, from which the version comes: "v1.2.3".
   * @param platform What the image is for, such as "linux/arm64": compiled for it, not emulated. Default: the engine's own.
   * @param command What the image runs, as it would be typed in a shell: "api -v", "./server --port $PORT". Default: the web process of the Procfile, else the only program.
   * @param process Process of the Procfile that the image runs, e.g. "worker". Default: "web".
   * @param port Ports that the program listens on, such as "8080" or "53/udp": exposed, the first one of TCP in the environment as PORT. "0" for none. Default: the one in the code, else 8080.
   * @param entryArguments Arguments of the program that stay, whatever else a container is given.
   * @param defaultArguments Further arguments of the program, instead of which a container may be given others.
   * @param healthCheck Path that tells over HTTP whether the program is well, e.g. "/healthz": asked by a program of 0.6 MB, no shell is needed.
   * @param stopSignal Signal that asks the program to end, e.g. "SIGINT". Default: SIGTERM. A Dagger engine has none in its images; `dockerfile` has it.
   * @param user User that the program runs as: "1234", "1234:1234", "root". Default: the runtime's.
   * @param capabilities Linux capabilities of the programs, as setcap takes them: "cap_net_bind_service". Their user need not be root for what they allow.
   * @param workingDirectory Folder that the program starts in. Default: /app.
   * @param folders Further folders that the user can write to, e.g. "/var/lib/app".
   * @param volumes The same, as volumes of the image, which a Dagger engine has none of; `dockerfile` has them.
   * @param environment Environment of the running image, each "NAME=value".
   * @param keep Patterns of files to keep in the image that would be left out, e.g. "docs/**".
   * @param drop Patterns of files to leave out of the image that would be kept, e.g. "web/src".
   * @param goTools Keep the Go toolchain in the image, at /usr/local/go. Default: no.
   * @param root Run the image as root. Default: no.
   * @param privateModules Modules that are not public, as GOPRIVATE has them: "github.com/acme/*".
   * @param netrc Passwords for them, as ~/.netrc has them ("machine github.com login me password token"): file:$HOME/.netrc, env:NETRC. Seen by the steps that download modules alone; in no layer and no log.
   * @param cacheNamespace Name of the cache volumes: projects with the same name share modules and compiled packages. Default: "go-image".
   * @param target One of project.toml's [[go-image.targets]], by its name: what it says holds before the rest of the file.
   */
  constructor(
    goVersion?: string,
    packages: string[] = [],
    binaryName?: string,
    buildTags: string[] = [],
    cgo?: string,
    staticLink?: boolean,
    buildPackages: string[] = [],
    osPackages: string[] = [],
    osPackagesDate?: string,
    buildEnvironment: string[] = [],
    goWork?: string,
    vendorCheck?: string,
    linkerValues: string[] = [],
    stamp?: string,
    revision?: string,
    revisionTime?: string,
    gitTag?: string,
    platform?: Platform,
    command?: string,
    process?: string,
    port: string[] = [],
    entryArguments: string[] = [],
    defaultArguments: string[] = [],
    healthCheck?: string,
    stopSignal?: string,
    user?: string,
    capabilities: string[] = [],
    workingDirectory?: string,
    folders: string[] = [],
    volumes: string[] = [],
    environment: string[] = [],
    keep: string[] = [],
    drop: string[] = [],
    goTools?: boolean,
    root?: boolean,
    privateModules: string[] = [],
    netrc?: Secret,
    cacheNamespace?: string,
    target?: string,
  ) {
    this.goVersion = goVersion
    this.packages = packages
    this.binaryName = binaryName
    this.buildTags = buildTags
    this.cgo = cgo
    this.staticLink = staticLink
    this.buildPackages = buildPackages
    this.osPackages = osPackages
    this.osPackagesDate = osPackagesDate
    this.buildEnvironment = buildEnvironment
    this.goWork = goWork
    this.vendorCheck = vendorCheck
    this.linkerValues = linkerValues
    this.stamp = stamp
    this.revision = revision
    this.revisionTime = revisionTime
    this.gitTag = gitTag
    this.platform = platform
    this.command = command
    this.process = process
    this.port = port
    this.entryArguments = entryArguments
    this.defaultArguments = defaultArguments
    this.healthCheck = healthCheck
    this.stopSignal = stopSignal
    this.user = user
    this.capabilities = capabilities
    this.workingDirectory = workingDirectory
    this.folders = folders
    this.volumes = volumes
    this.environment = environment
    this.keep = keep
    this.drop = drop
    this.goTools = goTools
    this.root = root
    this.privateModules = privateModules
    this.netrc = netrc
    this.cacheNamespace = cacheNamespace
    this.target = target
  }

  /**
   * One more main package, or pattern of them, to build.
   *
   * @param pattern As the go command takes it: "./cmd/api", "./cmd/...".
   */
  @func()
  withPackage(pattern: string): GoImage {
    return this.with({ packages: [...this.packages, pattern] })
  }

  /**
   * One more build tag.
   *
   * @param tag E.g. "netgo".
   */
  @func()
  withBuildTag(tag: string): GoImage {
    return this.with({ buildTags: [...this.buildTags, tag] })
  }

  /**
   * A string variable that the linker sets (go build -ldflags -X).
   *
   * @param symbol The variable with its package: "main.version".
   * @param value Its value; blanks and quotes of one kind are fine.
   */
  @func()
  withLinkerValue(symbol: string, value: string): GoImage {
    return this.with({ linkerValues: [...this.linkerValues, `${symbol}=${value}`] })
  }

  /**
   * A variable in the environment of the running image.
   *
   * @param name E.g. "LOG_LEVEL".
   * @param value Its value, on one line. Part of the image: not for secrets.
   */
  @func()
  withEnvironment(name: string, value: string): GoImage {
    return this.with({ environment: [...this.environment, `${name}=${value}`] })
  }

  /**
   * A variable in the environment of tests, benchmarks and generators, and not of the image.
   *
   * @param name E.g. "DATABASE_URL".
   * @param value Its value, on one line.
   */
  @func()
  withTestEnvironment(name: string, value: string): GoImage {
    return this.with({ testEnvironment: [...this.testEnvironment, `${name}=${value}`] })
  }

  /**
   * Modules that are not public, and the passwords for them.
   *
   * Example: dagger call with-private-modules --patterns='github.com/acme/*' --netrc=file:$HOME/.netrc debian --source=.
   *
   * @param patterns As GOPRIVATE has them: "github.com/acme/*".
   * @param netrc As ~/.netrc has them: "machine github.com login me password token". Seen by the steps that download modules alone; in no layer and no log.
   */
  @func()
  withPrivateModules(patterns: string[], netrc: Secret): GoImage {
    return this.with({ privateModules: [...this.privateModules, ...patterns], netrc })
  }

  /**
   * A service that tests, benchmarks, generators and the running program reach under a host name: a database, a fake API.
   *
   * Example: dagger call with-service --name=db --service=tcp://localhost:5432 test --source=.
   *
   * @param name Host name, e.g. "db".
   * @param service What listens there.
   */
  @func()
  withService(name: string, service: Service): GoImage {
    return this.with({ services: [...this.services, new BoundService(name, service)] })
  }

  /**
   * Files to keep in the image that would be left out.
   *
   * @param pattern As .dockerignore has them: "docs/**".
   */
  @func()
  withKept(pattern: string): GoImage {
    return this.with({ keep: [...this.keep, pattern] })
  }

  /**
   * Files to leave out of the image that would be kept.
   *
   * @param pattern As .dockerignore has them: "web/src".
   */
  @func()
  withDropped(pattern: string): GoImage {
    return this.with({ drop: [...this.drop, pattern] })
  }

  /**
   * The image on Debian (debian:bookworm-slim), which has a shell; run by the user app (1000:1000).
   *
   * Example: dagger call debian --source=. export --path=app.tar
   *
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   */
  @func()
  async debian(
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
  ): Promise<Container> {
    return this.image(source, "debian")
  }

  /**
   * The image on Docker Hardened Images (dhi.io/golang), built with their Go, 1.22 or newer: no shell; run by nonroot (65532:65532).
   *
   * Example: dagger call dhi --source=. export --path=app.tar
   *
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   */
  @func()
  async dhi(
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
  ): Promise<Container> {
    return this.image(source, "dhi")
  }

  /**
   * The image on Ubuntu (ubuntu:24.04), as Depot's Dockerfile for Go has it: /usr/local/bin/app, run by appuser (1001:1001).
   *
   * Example: dagger call ubuntu --source=. export --path=app.tar
   *
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   */
  @func()
  async ubuntu(
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
  ): Promise<Container> {
    return this.image(source, "ubuntu")
  }

  /**
   * The image on distroless (gcr.io/distroless/static-debian12): no shell; run by nonroot (65532:65532).
   *
   * Example: dagger call distroless --source=. export --path=app.tar
   *
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   */
  @func()
  async distroless(
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
  ): Promise<Container> {
    return this.image(source, "distroless")
  }

  /**
   * The image on Chainguard's static base (cgr.dev/chainguard/static): no shell; run by nonroot (65532:65532).
   *
   * Example: dagger call chainguard --source=. export --path=app.tar
   *
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   */
  @func()
  async chainguard(
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
  ): Promise<Container> {
    return this.image(source, "chainguard")
  }

  /**
   * The image on nothing at all: the program, CA certificates, time zone data and a user, nonroot (65532:65532).
   *
   * Example: dagger call scratch --source=. export --path=app.tar
   *
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   */
  @func()
  async scratch(
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
  ): Promise<Container> {
    return this.image(source, "scratch")
  }

  /**
   * The image on a base of your own; run by nonroot (65532:65532), which is added where the base does not have it.
   *
   * Example: dagger call custom --source=. --base=alpine:3.22 export --path=app.tar
   *
   * @param base Any container: what its files are, the image has too. On the command line, an image reference.
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   */
  @func()
  async custom(
    base: Container,
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
  ): Promise<Container> {
    const plan = await this.assemble(source, customBase)
    return renderDagger(plan, { ...this.inputs(source), bases: { [customBase]: base } }).image
  }

  /**
   * Builds the image and pushes it under each of the addresses; gives back what it can be pulled by, with its digest.
   *
   * Example: dagger call publish --source=. --addresses=ghcr.io/me/app:v1,ghcr.io/me/app:latest --username=me --password=env:TOKEN
   *
   * @param addresses Image references, with a tag.
   * @param runtime Base of the image. Default: debian, or what project.toml says.
   * @param username For the registry, with password. Default: the caller's Docker configuration.
   * @param password For the registry, with username: env:NAME, file:PATH, cmd:"COMMAND". All addresses are then of one registry.
   * @param platforms What the image is for, one variant each under the same address: linux/amd64,linux/arm64. Default: that of --platform.
   * @param targets Targets of project.toml, or all: one image each, built side by side. {{.Target}} in an address is its name.
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   */
  @func({ cache: "never" })
  async publish(
    addresses: string[],
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
    runtime?: Runtime,
    username?: string,
    password?: Secret,
    platforms: Platform[] = [],
    targets: string[] = [],
  ): Promise<string[]> {
    const login = registryLogin(addresses, username, password)
    const variants = platforms.length > 0 ? distinctPlatforms(platforms) : [this.platform]
    const known = targets.length > 0 ? await findTargets(new DaggerSource(source)) : []
    const names = expandTargets(targets, known)
    for (const address of addresses) requirePlaceholder(address, names, "address (--addresses)")
    const publishTarget = async (target: string | undefined) => {
      const images = await Promise.all(
        variants.map((platform) => this.with({ platform, target }).image(source, runtime)),
      )
      const named = addresses.map((address) => nameForTarget(address, target))
      return Promise.all(named.map((address) => publish(images, address, login)))
    }
    const published = await Promise.all(
      (names.length > 0 ? names : [this.target]).map(publishTarget),
    )
    return published.flat()
  }

  /**
   * Which of project.toml's targets (or, where it has none, which programs) have an image that differs from what it was before
   * a change: by the files that their builds are sent, and by how they are built. One name a line.
   *
   * Example: dagger call affected --before=https://github.com/me/shop#main --source=.
   *
   * @param before The same folder as it was before the change.
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   */
  @func()
  async affected(
    before: Directory,
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
  ): Promise<string> {
    const changes = source.changes(before)
    const [added, modified, removed] = await Promise.all([
      changes.addedPaths(),
      changes.modifiedPaths(),
      changes.removedPaths(),
    ])
    const after = new DaggerSource(source)
    const given = { options: this.options(undefined), environment: {} }
    const affected = await affectedTargets(await targetsOf(after, given), {
      before: new DaggerSource(before),
      after,
      changed: [...added, ...modified, ...removed],
    })
    return affected.map((name) => `${name}\n`).join("")
  }

  /**
   * The running program, for `up` and for tests of others: listens on its port, reaches the services of with-service.
   *
   * Example: dagger call service --source=. up --ports=8080:8080
   *
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   * @param runtime Base of the image. Default: debian, or what project.toml says.
   */
  @func({ cache: "never" })
  async service(
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
    runtime?: Runtime,
  ): Promise<Service> {
    const image = await this.image(source, runtime)
    return this.services
      .reduce((each, { name, service }) => each.withServiceBinding(name, service), image)
      .asService({ useEntrypoint: true })
  }

  /**
   * The program alone, as a static file for linux.
   *
   * Example: dagger call binary --source=. export --path=bin/app
   *
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   */
  @func()
  async binary(
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
  ): Promise<File> {
    const plan = await this.assemble(source)
    const [binary, another] = plan.binaries
    if (!binary || another) {
      const packages = plan.binaries.map((each) => each.package).join(", ")
      throw new UserError(`${plan.binaries.length} programs are built: ${packages}`, {
        hint: "Choose one with --packages, or take all with `binaries`.",
      })
    }
    return renderDagger(plan, this.inputs(source)).stage(builderStageName).file(binary.built)
  }

  /**
   * All programs in one folder, as static files for linux.
   *
   * Example: dagger call binaries --source=. export --path=bin
   *
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   */
  @func()
  async binaries(
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
  ): Promise<Directory> {
    const plan = await this.assemble(source)
    return renderDagger(plan, this.inputs(source)).stage(builderStageName).directory(outputPath)
  }

  /**
   * The container that builds the project, to go on from: Go, the project's files, its modules and the caches are in place.
   *
   * Example: dagger call builder --source=. with-exec --args=go,list,./... stdout
   *
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   */
  @func()
  async builder(
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
  ): Promise<Container> {
    return renderTaskContainer(builderTask(await this.look(source)), this.inputs(source))
  }

  /**
   * Runs the tests, and fails where one does: with the race detector where the builder can, next to the services of with-service.
   *
   * Example: dagger call test --source=. --packages=./internal/...
   *
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   * @param packages What to test, as the go command takes it. Default: everything.
   * @param run Only tests whose names match this regular expression.
   * @param race With the race detector. Default: where the builder has a C compiler, which golang images have.
   * @param short Leave long tests out (go test -short). Default: no.
   */
  @func()
  @check()
  async test(
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
    packages: string[] = ["./..."],
    run?: string,
    race?: boolean,
    short?: boolean,
  ): Promise<string> {
    const task = testTask(await this.look(source), { packages, run, race, short })
    return mustPass(renderTask(task, this.inputs(source)), "tests failed")
  }

  /**
   * What the tests say, whether or not they pass: junit.xml, coverage.out (a cover profile), output.txt, and exit-code.txt.
   * The same run as that of `test`: after one, the other is answered from the cache.
   *
   * Example: dagger call test-report --source=. export --path=report
   *
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   * @param packages What to test, as the go command takes it. Default: everything.
   * @param run Only tests whose names match this regular expression.
   * @param race With the race detector. Default: where the builder has a C compiler, which golang images have.
   * @param short Leave long tests out (go test -short). Default: no.
   */
  @func()
  async testReport(
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
    packages: string[] = ["./..."],
    run?: string,
    race?: boolean,
    short?: boolean,
  ): Promise<Directory> {
    const task = testTask(await this.look(source), { packages, run, race, short })
    const tested = renderTask(task, this.inputs(source))
    const { exitCode, output } = await finish(tested)
    return tested
      .directory(reportPath)
      .withNewFile("output.txt", `${output}\n`)
      .withNewFile("exit-code.txt", `${exitCode}\n`)
  }

  /**
   * Runs benchmarks and gives back what they print, as benchstat reads it. Measured anew at each call.
   *
   * Example: dagger call bench --source=. --count=6 > new.txt
   *
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   * @param packages Where benchmarks are, as the go command takes it. Default: everywhere.
   * @param pattern Regular expression of their names. Default: all.
   * @param count How often each is run. Default: 1.
   */
  @func({ cache: "never" })
  async bench(
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
    packages: string[] = ["./..."],
    pattern: string = ".",
    count: number = 1,
  ): Promise<string> {
    const asOf = new Date().toISOString()
    const task = benchTask(await this.look(source), { packages, pattern, count, asOf })
    return mustPass(renderTask(task, this.inputs(source)), "benchmarks failed")
  }

  /**
   * Looks for mistakes that compile (go vet), and fails where it finds one.
   *
   * Example: dagger call vet --source=.
   *
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   */
  @func()
  @check()
  async vet(
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
  ): Promise<string> {
    const task = vetTask(await this.look(source))
    return mustPass(renderTask(task, this.inputs(source)), "go vet found something")
  }

  /**
   * Runs golangci-lint where the project has a configuration for it (.golangci.yml and the like); else there is nothing to do.
   *
   * Example: dagger call lint --source=.
   *
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   */
  @func()
  @check()
  async lint(
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
  ): Promise<string> {
    const task = lintTask(await this.look(source))
    if (!task) return "no .golangci.yml, .yaml, .toml or .json: nothing to lint by"
    return mustPass(renderTask(task, this.inputs(source)), "golangci-lint found something")
  }

  /**
   * Fails where the project calls code with known vulnerabilities (govulncheck). The database is asked again every hour.
   *
   * Example: dagger call vulncheck --source=.
   *
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   * @param database URL of the vulnerability database; a service of with-service can serve one. Default: https://vuln.go.dev.
   */
  @func({ cache: "1h" })
  @check()
  async vulncheck(
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
    database: string = "https://vuln.go.dev",
  ): Promise<string> {
    const task = vulncheckTask(await this.look(source), { database, asOf: currentHour() })
    return mustBeWithoutVulnerabilities(renderTask(task, this.inputs(source)), database)
  }

  /**
   * Fails where a Go file is not formatted as gofmt does it, and names it. `fix` formats them.
   *
   * Example: dagger call format --source=.
   *
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   */
  @func()
  @check()
  async format(
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
  ): Promise<string> {
    const task = formatTask(await this.look(source))
    const container = renderTask(task, this.inputs(source))
    return mustPass(container, "there are files that are not formatted; `fix` formats them")
  }

  /**
   * Fails where `go mod tidy` would change go.mod or go.sum, and shows how. Needs Go 1.23 or newer. `fix` tidies them.
   *
   * Example: dagger call tidy --source=.
   *
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   */
  @func()
  @check()
  async tidy(
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
  ): Promise<string> {
    const task = tidyTask(await this.look(source))
    return mustPass(renderTask(task, this.inputs(source)), "go.mod and go.sum are not tidy")
  }

  /**
   * What `go generate ./...` changes.
   *
   * Example: dagger call generate --source=. export --path=.
   *
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   */
  @func()
  @generate()
  async generate(
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
  ): Promise<Changeset> {
    return this.changes(source, generateTask, "go generate failed")
  }

  /**
   * What gofmt and `go mod tidy` change.
   *
   * Example: dagger call fix --source=. export --path=.
   *
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   */
  @func()
  async fix(
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
  ): Promise<Changeset> {
    return this.changes(source, fixTask, "the files could not be fixed")
  }

  /**
   * How the image would be built, as JSON: stages, steps, image configuration, and where each decision comes from.
   *
   * Example: dagger call plan --source=.
   *
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   * @param runtime Base of the image. Default: debian, or what project.toml says.
   */
  @func()
  async plan(
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
    runtime?: Runtime,
  ): Promise<string> {
    return printPlan(await this.assemble(source, runtime))
  }

  /**
   * The same build as a Dockerfile, for those who want to keep one.
   *
   * Example: dagger call dockerfile --source=. > Dockerfile
   *
   * @param source Folder of the Go project: the one that has its go.mod. Default: that of the calling module.
   * @param runtime Base of the image. Default: debian, or what project.toml says.
   */
  @func()
  async dockerfile(
    @argument({ defaultPath: ".", ignore: versionControl }) source: Directory,
    runtime?: Runtime,
  ): Promise<string> {
    const { facts, settings } = await this.look(source, runtime)
    const plan = excludeInStage(assemblePlan(facts, settings), facts.sourceExclude)
    return withSyntax(renderDockerfile(plan))
  }

  private async image(source: Directory, runtime?: string): Promise<Container> {
    return renderDagger(await this.assemble(source, runtime), this.inputs(source)).image
  }

  private async assemble(source: Directory, runtime?: string): Promise<Plan> {
    const { facts, settings } = await this.look(source, runtime)
    const plan = assemblePlan(facts, settings)
    return { ...plan, notices: [...plan.notices, ...notRendered(plan.image)] }
  }

  private async look(source: Directory, runtime?: string): Promise<Detected> {
    // A function has no environment of its caller's.
    const { target } = this
    return detect(new DaggerSource(source), {
      options: this.options(runtime),
      environment: {},
      target,
    })
  }

  private inputs(source: Directory): Inputs {
    return {
      source,
      secrets: { [netrcSecret]: this.netrc },
      services: this.services,
      variables: this.testEnvironment.map(parseEnvironment),
    }
  }

  private async changes(
    source: Directory,
    toTask: (project: Detected) => Task,
    failure: string,
  ): Promise<Changeset> {
    const project = await this.look(source)
    const task = toTask(project)
    const container = renderTask(task, this.inputs(source))
    await mustPass(container, failure)
    const before = source.filter({ exclude: task.sourceExclude })
    // The files belong to the user who runs code of the project, which is no change of theirs.
    const after = dag
      .directory()
      .withDirectory(".", container.directory(sourcePath(project.facts)), { owner: "0:0" })
    return after.changes(dag.directory().withDirectory(".", before, { owner: "0:0" }))
  }

  /** A copy: whoever has this one keeps what it was. */
  private with(changes: object): GoImage {
    return Object.assign(Object.create(GoImage.prototype) as GoImage, this, changes)
  }

  private options(runtime: string | undefined): Options {
    return {
      runtime,
      goVersion: this.goVersion,
      packages: this.packages,
      binaryName: this.binaryName,
      buildTags: this.buildTags,
      cgo: this.cgo,
      staticLink: this.staticLink,
      buildPackages: this.buildPackages,
      osPackages: this.osPackages,
      osPackagesDate: this.osPackagesDate,
      buildEnvironment: this.buildEnvironment,
      goWork: this.goWork,
      vendorCheck: this.vendorCheck,
      linkerValues: this.linkerValues,
      stamp: this.stamp,
      revision: this.revision,
      revisionTime: this.revisionTime,
      gitTag: this.gitTag,
      platform: this.platform,
      command: this.command,
      process: this.process,
      port: this.port,
      entryArguments: this.entryArguments,
      defaultArguments: this.defaultArguments,
      healthCheck: this.healthCheck,
      stopSignal: this.stopSignal,
      user: this.user,
      capabilities: this.capabilities,
      workingDirectory: this.workingDirectory,
      folders: this.folders,
      volumes: this.volumes,
      environment: this.environment,
      keep: this.keep,
      drop: this.drop,
      goTools: this.goTools,
      root: this.root,
      privateModules: this.privateModules,
      cacheNamespace: this.cacheNamespace,
    }
  }
}
