/**
 * Turns a Go project into a container image.
 *
 * It decides how to build the project (Go version, packages, dependencies, the command to run) and returns the image as a
 * Container, so that all functions of a Container can follow: publish, export, as-service, terminal.
 *   dagger call debian --source=. publish --address=registry.example.com/app:v1
 */
import { argument, check, func, generate, object } from "@dagger.io/dagger"
import type { Changeset, Container, Directory, File, Platform } from "@dagger.io/dagger"
import type { Secret, Service, Socket, Workspace } from "@dagger.io/dagger"
import { provenanceFile, sbomFile } from "./dagger/images/attestations.js"
import type { Arguments } from "./dagger/given/arguments.js"
import { ServiceBinding } from "./dagger/given/service-binding.js"
import { never, oneDay, oneHour, oneSession } from "./dagger/cache-policy.js"
import { changesOf } from "./dagger/changes.js"
import { CheckName } from "./plan/tasks/check-name.js"
import * as checks from "./dagger/checks.js"
import { notOfGit } from "./dagger/given/git.js"
import { neverSource as vcs } from "./detect/source.js"
import { lockChanges } from "./dagger/lock-changes.js"
import { explanation } from "./dagger/explanation.js"
import type { Options } from "./options.js"
import { pipeline } from "./dagger/pipeline.js"
import { printPlan } from "./plan/print.js"
import { fixTask, generateTask } from "./plan/tasks/tasks.js"
import { Project } from "./dagger/project.js"
import { parseReference } from "./reference.js"
import { publishImages } from "./dagger/images/registry.js"
import { SbomKind } from "./dagger/images/sbom-kind.js"
import { up } from "./dagger/up.js"
import { verifyImage } from "./dagger/images/verify-image.js"
import { affectedPrograms } from "./dagger/affected-programs.js"
import { noSource } from "./dagger/request.js"

/** Turns a Go project into a container image, checks it, and runs it.
 *
 * What is not given here comes from the project: project.toml, then comments in go.mod, then what is detected. */
@object()
export class GoImage implements Arguments {
  // State that an engine keeps between two functions. None of it is in the API, where only what has @func is.
  source?: Directory
  git?: Directory
  /** As JSON: of what an object holds, the engine keeps only its own types and simple ones. */
  private options: string
  netrc?: Secret
  tokenHosts!: string[]
  tokens!: Secret[]
  ssh?: Socket
  caCertificates?: File
  npmToken?: Secret
  target?: string
  warmFrom?: string
  modules!: string[]
  vulnerabilityDatabase?: string
  testEnvironment!: string[]
  private services: ServiceBinding[]

  // prettier-ignore
  constructor(
    ws?: Workspace,
    @argument({ ignore: vcs }) source?: Directory,
    @argument({ ignore: notOfGit }) git?: Directory,
    goVersion?: string, packages: string[] = [], binaryName?: string, buildTags: string[] = [],
    cgo?: string, staticLink?: boolean, buildPackages: string[] = [], osPackages: string[] = [],
    osPackagesDate?: string, buildEnvironment: string[] = [], builderImage?: string,
    nodeImage?: string, registryMirror: string[] = [], lintImage?: string, frontend: string[] = [],
    goWork?: string, vendorCheck?: string, linkerValues: string[] = [], stamp?: string,
    revision?: string, revisionTime?: string, gitTag?: string, label: string[] = [],
    annotation: string[] = [], sourceDateEpoch?: string, runtime?: string, platform?: string,
    command?: string, process?: string, port: string[] = [], entryArguments: string[] = [],
    defaultArguments: string[] = [], healthCheck?: string, stopSignal?: string, user?: string,
    capabilities: string[] = [], workingDirectory?: string, folders: string[] = [],
    volumes: string[] = [], environment: string[] = [], keep: string[] = [], drop: string[] = [],
    copy: string[] = [], goTools?: boolean, root?: boolean, privateModules: string[] = [],
    knownHosts: string[] = [], trustCertificates?: boolean, dependencyLayer?: boolean,
    cacheNamespace?: string,
    netrc?: Secret, tokenHosts: string[] = [], tokens: Secret[] = [], ssh?: Socket,
    caCertificates?: File, npmToken?: Secret, target?: string, warmFrom?: string,
    modules: string[] = [], vulnerabilityDatabase?: string, testEnvironment: string[] = [],
    testService?: Service, testServiceName: string = "db",
  ) {
    this.source = source ?? ws?.directory(".", { exclude: vcs })
    const options: Options = {
      goVersion, packages, binaryName, buildTags, cgo, staticLink, buildPackages, osPackages,
      osPackagesDate, buildEnvironment, builderImage, nodeImage, registryMirror, lintImage,
      frontend, goWork, vendorCheck, linkerValues, stamp, revision, revisionTime, gitTag, label,
      annotation, sourceDateEpoch, runtime, platform, command, process, port, entryArguments,
      defaultArguments, healthCheck, stopSignal, user, capabilities, workingDirectory, folders,
      volumes, environment, keep, drop, copy, goTools, root, privateModules, knownHosts,
      trustCertificates, dependencyLayer, cacheNamespace,
    }
    this.options = JSON.stringify(options)
    if (warmFrom !== undefined) parseReference(warmFrom, "--warm-from")
    const access = { git, netrc, tokenHosts, tokens, ssh, caCertificates, npmToken }
    const others = { target, warmFrom, modules, vulnerabilityDatabase, testEnvironment }
    Object.assign(this, access, others)
    this.services = testService ? [new ServiceBinding(testServiceName, testService)] : []
  }

  /** Adds a service, like --test-service. Unlike that argument, it starts the module's runtime once more.
   * Example: dagger call with-service --name=db --service=tcp://localhost:5432 test --source=.
   * @param name Host name of the service. Example: db
   * @param service The service. Example: tcp://localhost:5432 */
  @func() withService(name: string, service: Service): GoImage {
    const services = [...this.services, new ServiceBinding(name, service)]
    // A copy: whoever has this one keeps what it was.
    return Object.assign(Object.create(GoImage.prototype) as GoImage, this, { services })
  }

  /** The image on Debian (debian:bookworm-slim), which has a shell; run by the user app (1000:1000).
   * Example: dagger call debian --source=. export --path=app.tar
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func({ cache: oneDay })
  debian(@argument({ ignore: vcs }) source?: Directory): Promise<Container> {
    return this.project(source, { runtime: "debian" }).image()
  }

  /** The image on Docker Hardened Images (dhi.io/golang), built with their Go, 1.22 or newer: no shell; run by nonroot (65532:65532).
   * Example: dagger call dhi --source=. export --path=app.tar
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func({ cache: oneDay }) dhi(@argument({ ignore: vcs }) source?: Directory): Promise<Container> {
    return this.project(source, { runtime: "dhi" }).image()
  }

  /** The image on Ubuntu (ubuntu:24.04), as in Depot's Dockerfile for Go: /usr/local/bin/app, run by appuser (1001:1001).
   * Example: dagger call ubuntu --source=. export --path=app.tar
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func({ cache: oneDay })
  ubuntu(@argument({ ignore: vcs }) source?: Directory): Promise<Container> {
    return this.project(source, { runtime: "ubuntu" }).image()
  }

  /** The image on distroless (gcr.io/distroless/static-debian12): no shell; run by nonroot (65532:65532).
   * Example: dagger call distroless --source=. export --path=app.tar
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func({ cache: oneDay })
  distroless(@argument({ ignore: vcs }) source?: Directory): Promise<Container> {
    return this.project(source, { runtime: "distroless" }).image()
  }

  /** The image on Chainguard's static base (cgr.dev/chainguard/static): no shell; run by nonroot (65532:65532).
   * Example: dagger call chainguard --source=. export --path=app.tar
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func({ cache: oneDay })
  chainguard(@argument({ ignore: vcs }) source?: Directory): Promise<Container> {
    return this.project(source, { runtime: "chainguard" }).image()
  }

  /** The image on an empty base: the program, CA certificates, time zone data and a user, nonroot (65532:65532).
   * Example: dagger call scratch --source=. export --path=app.tar
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func({ cache: oneDay })
  scratch(@argument({ ignore: vcs }) source?: Directory): Promise<Container> {
    return this.project(source, { runtime: "scratch" }).image()
  }

  /** The image on a base of your own; run by nonroot (65532:65532), which is added if the base does not have it.
   * Example: dagger call custom --base=alpine:3.22 --source=. export --path=app.tar
   * @param base Any container; the image has its files too. On the command line, an image reference. Example: alpine:3.22
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func({ cache: oneDay })
  custom(base: Container, @argument({ ignore: vcs }) source?: Directory): Promise<Container> {
    return this.project(source).image(base)
  }

  /** Builds the image and pushes it to each of the addresses; returns the references with their digest.
   * Example: dagger call publish --source=. --addresses=ghcr.io/me/app:v1,ghcr.io/me/app:latest --username=me --password=env:TOKEN
   * @param addresses Image references; without a tag, latest. Example: ghcr.io/me/app:v1
   * @param source Folder of the Go project. Default: the one that it is called in.
   * @param username For the registry, with password. Default: the caller's Docker configuration. Example: me
   * @param password For the registry, with username; all addresses are then of one registry. Example: env:TOKEN
   * @param platforms What the image is for, one variant each under the same address. Default: that of --platform. Example: linux/amd64,linux/arm64
   * @param targets Targets of project.toml, or all: one image each, built side by side; {{.Target}} in an address is its name. Example: all
   * @param attest Attach SBOM and provenance to the image, as OCI referrers. Default: if username and password are given; a module cannot use the login of the Docker configuration.
   * @param warmTo Also push the compiled packages there, for --warm-from. Example: ghcr.io/me/app:compiled */
  @func({ cache: never })
  publish(
    addresses: string[],
    @argument({ ignore: vcs }) source?: Directory,
    username?: string,
    password?: Secret,
    platforms: Platform[] = [],
    targets: string[] = [],
    attest?: boolean,
    warmTo?: string,
  ): Promise<string[]> {
    const asked = { addresses, login: { username, password }, attest, warmTo, platforms, targets }
    return publishImages(this.project(source), asked)
  }

  /** What is in the image: modules linked into its programs, Go's standard library, packages of its base, its files.
   * Example: dagger call sbom --source=. export --path=app.spdx.json
   * @param source Folder of the Go project. Default: the one that it is called in.
   * @param format SPDX (2.3) or CYCLONEDX (1.6). Default: SPDX. */
  @func({ cache: oneDay })
  sbom(
    @argument({ ignore: vcs }) source?: Directory,
    format: SbomKind = SbomKind.Spdx,
  ): Promise<File> {
    return sbomFile(this.project(source), format)
  }

  /** What the image was built from, and how: SLSA provenance with commit, options, base images and modules, as an in-toto statement.
   * Example: dagger call --git=.git provenance --source=. export --path=app.provenance.json
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func({ cache: oneDay })
  provenance(@argument({ ignore: vcs }) source?: Directory): Promise<File> {
    return provenanceFile(this.project(source))
  }

  /** Builds an image of a registry again from its source, for each of its platforms, with its options and new caches; fails if one
   * is not identical, with the first difference and possible reasons.
   * Example: dagger call --git=.git verify --image=ghcr.io/me/app:v1 --source=.
   * @param image Image reference, better with its digest. The source must be at the commit of the image. Example: ghcr.io/me/app:v1
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func({ cache: never })
  verify(image: string, @argument({ ignore: vcs }) source?: Directory): Promise<string> {
    return verifyImage(this.project(source), image)
  }

  /** Targets of project.toml (if it has none, programs) whose image a change can alter: by the files that their builds are
   * sent, and by how they are built. One name on each line.
   * Example: dagger call affected --before=https://github.com/me/shop#main --source=.
   * @param before The same folder as it was before the change. Example: https://github.com/me/shop#main
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func()
  affected(before: Directory, @argument({ ignore: vcs }) source?: Directory): Promise<string> {
    return affectedPrograms(this.project(source), before)
  }

  /** The running program, for `up` and for tests of other projects. It can reach the services of --test-service.
   * Example: dagger call service --source=. up --ports=8080:8080
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func({ cache: never })
  @up()
  service(@argument({ ignore: vcs }) source?: Directory): Promise<Service> {
    return this.project(source).service()
  }

  /** The program alone, as a static file for linux.
   * Example: dagger call binary --source=. export --path=bin/app
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func({ cache: oneDay }) binary(@argument({ ignore: vcs }) source?: Directory): Promise<File> {
    return this.project(source).binary()
  }

  /** All programs in one folder, as static files for linux.
   * Example: dagger call binaries --source=. export --path=bin
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func({ cache: oneDay })
  binaries(@argument({ ignore: vcs }) source?: Directory): Promise<Directory> {
    return this.project(source).binaries()
  }

  /** The container that builds the project, to continue from: it has Go, the project's files, its modules and the caches.
   * Example: dagger call builder --source=. with-exec --args=go,list,./... stdout
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func({ cache: oneDay })
  builder(@argument({ ignore: vcs }) source?: Directory): Promise<Container> {
    return this.project(source).builderContainer()
  }

  /** Runs the tests and fails if one fails; with the race detector if possible, next to the services of --test-service.
   * Example: dagger call test --source=. --packages=./internal/...
   * @param source Folder of the Go project. Default: the one that it is called in.
   * @param packages What to test in each module, as the go command takes it. Default: everything. Example: ./internal/...
   * @param run Only tests whose names match this regular expression. Default: all. Example: ^TestLogin
   * @param race Use the race detector. Default: if the builder has a C compiler, as golang images have.
   * @param short Skip long tests (go test -short). Default: no.
   * @param shard One part of the tests, for several machines: 2/5 is the second of five. Each test is in exactly one part. Default: all tests. Example: 2/5 */
  @func({ cache: oneSession })
  @check()
  test(
    @argument({ ignore: vcs }) source?: Directory,
    packages: string[] = ["./..."],
    run?: string,
    race?: boolean,
    short?: boolean,
    shard?: string,
  ): Promise<void> {
    const check = checks.testCheck({ packages, run, race, short, shard })
    return checks.mustPass(this.project(source), check)
  }

  /** The results of the tests, also if they fail: junit.xml, coverage.out (a cover profile), output.txt, exit-code.txt and command.txt;
   * with several modules, in a folder for each. `test` and this use the same run: the second one comes from the cache.
   * Example: dagger call test-report --source=. export --path=report
   * @param source Folder of the Go project. Default: the one that it is called in.
   * @param packages What to test in each module, as the go command takes it. Default: everything. Example: ./internal/...
   * @param run Only tests whose names match this regular expression. Default: all. Example: ^TestLogin
   * @param race Use the race detector. Default: if the builder has a C compiler, as golang images have.
   * @param short Skip long tests (go test -short). Default: no.
   * @param shard One part of the tests, for several machines: 2/5 is the second of five. Each test is in exactly one part. Default: all tests. Example: 2/5 */
  @func({ cache: oneSession })
  testReport(
    @argument({ ignore: vcs }) source?: Directory,
    packages: string[] = ["./..."],
    run?: string,
    race?: boolean,
    short?: boolean,
    shard?: string,
  ): Promise<Directory> {
    const check = checks.testCheck({ packages, run, race, short, shard })
    return checks.testReport(this.project(source), check)
  }

  /** The names of the tests, one on each line, with its package: TestX, ExampleX, FuzzX. Compiles the tests but runs none.
   * Example: dagger call test-list --source=. --shard=2/5
   * @param source Folder of the Go project. Default: the one that it is called in.
   * @param packages Whose tests, as the go command takes it. Default: everything. Example: ./internal/...
   * @param run Only tests whose names match this regular expression. Default: all. Example: ^TestLogin
   * @param shard Only the tests of this part, as for `test --shard`. Default: all tests. Example: 2/5 */
  @func({ cache: oneSession })
  testList(
    @argument({ ignore: vcs }) source?: Directory,
    packages: string[] = ["./..."],
    run?: string,
    shard?: string,
  ): Promise<string> {
    return checks.testList(this.project(source), { packages, run, shard })
  }

  /** Runs benchmarks and returns what they print, for benchstat. Each call measures again.
   * Example: dagger call bench --source=. --count=6 > new.txt
   * @param source Folder of the Go project. Default: the one that it is called in.
   * @param packages Where benchmarks are, as the go command takes it. Default: everywhere. Example: ./internal/...
   * @param pattern Regular expression of their names. Default: all. Example: ^BenchmarkParse
   * @param count How often each one runs. Default: 1. Example: 6 */
  @func({ cache: never })
  bench(
    @argument({ ignore: vcs }) source?: Directory,
    packages: string[] = ["./..."],
    pattern: string = ".",
    count: number = 1,
  ): Promise<string> {
    return checks.passingText(this.project(source), checks.benchCheck({ packages, pattern, count }))
  }

  /** Runs go vet, and fails if it finds problems.
   * Example: dagger call vet --source=.
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func() @check() vet(@argument({ ignore: vcs }) source?: Directory): Promise<void> {
    return checks.mustPass(this.project(source), checks.namedCheck(CheckName.Vet))
  }

  /** Runs golangci-lint if the project has a configuration for it (.golangci.yml, .yaml, .toml or .json), else nothing.
   * Example: dagger call lint --source=.
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func() @check() lint(@argument({ ignore: vcs }) source?: Directory): Promise<void> {
    return checks.mustPass(this.project(source), checks.namedCheck(CheckName.Lint))
  }

  /** Fails if the project calls code with known vulnerabilities (govulncheck). The database is asked again every hour.
   * Example: dagger call vulncheck --source=.
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func({ cache: oneHour })
  @check()
  vulncheck(@argument({ ignore: vcs }) source?: Directory): Promise<void> {
    return checks.mustPass(this.project(source), checks.namedCheck(CheckName.Vulncheck))
  }

  /** Fails if a Go file is not formatted (gofmt), and names it. `fix` formats them.
   * Example: dagger call format --source=.
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func() @check() format(@argument({ ignore: vcs }) source?: Directory): Promise<void> {
    return checks.mustPass(this.project(source), checks.namedCheck(CheckName.Format))
  }

  /** Fails if `go mod tidy` would change go.mod or go.sum, and shows how. Needs Go 1.23 or newer. `fix` tidies them.
   * Example: dagger call tidy --source=.
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func() @check() tidy(@argument({ ignore: vcs }) source?: Directory): Promise<void> {
    return checks.mustPass(this.project(source), checks.namedCheck(CheckName.Tidy))
  }

  /** The output of a check, also if it fails.
   * Example: dagger call findings --check=VET --source=.
   * @param check Which one. Example: VET
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func({ cache: oneHour })
  findings(check: CheckName, @argument({ ignore: vcs }) source?: Directory): Promise<string> {
    return checks.textOf(this.project(source), checks.namedCheck(check))
  }

  /** Runs `go generate ./...` in each module, and returns what it changes.
   * Example: dagger call generate --source=. export --path=.
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func() @generate() generate(@argument({ ignore: vcs }) source?: Directory): Promise<Changeset> {
    return changesOf(this.project(source), generateTask, "go generate failed")
  }

  /** What gofmt and `go mod tidy` change, in each module.
   * Example: dagger call fix --source=. export --path=.
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func() fix(@argument({ ignore: vcs }) source?: Directory): Promise<Changeset> {
    return changesOf(this.project(source), fixTask, "the files could not be fixed")
  }

  /** Writes the digests of the base images, and the newest patch of the Go version, to go-image.lock; later builds use these.
   * Example: dagger call lock --source=. export --path=.
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func({ cache: never }) lock(@argument({ ignore: vcs }) source?: Directory): Promise<Changeset> {
    return lockChanges(this.project(source))
  }

  /** How the image would be built, as JSON: stages, steps, image configuration, and where each decision comes from.
   * Example: dagger call plan --source=.
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func() async plan(@argument({ ignore: vcs }) source?: Directory): Promise<string> {
    return printPlan(await this.project(source).plan())
  }

  /** An HTML page that explains the build: each decision, where it comes from, what changes it, and a picture of the stages.
   * Example: dagger call explain --source=. export --path=explain.html
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func() explain(@argument({ ignore: vcs }) source?: Directory): Promise<File> {
    return explanation(this.project(source))
  }

  /** The pipeline file of a CI provider, for this project: checks, tests beside their services, image, login, cache.
   * Example: dagger call ci --source=. --provider=gitlab export --path=.gitlab-ci.yml
   * @param source Folder of the Go project, the root of its repository. Default: the one that it is called in.
   * @param provider github, gitlab, circleci, jenkins, buildkite, azure, woodpecker or bitbucket. Default: the one that the source has files of.
   * @param image Name of the image, without a tag. Default: in the registry of the provider. Example: ghcr.io/me/app
   * @param branch Branch that images are pushed from. Default: main.
   * @param tool What the pipeline builds with: dagger, or docker for the command line with the runner's Docker. Default: dagger. */
  @func() ci(
    @argument({ ignore: vcs }) source?: Directory,
    provider?: string,
    image?: string,
    branch?: string,
    tool?: string,
  ): Promise<File> {
    return pipeline(this.project(source), { provider, image, branch, tool })
  }

  /** The same build as a Dockerfile, for those who want to keep one.
   * Example: dagger call dockerfile --source=. > Dockerfile
   * @param source Folder of the Go project. Default: the one that it is called in. */
  @func() dockerfile(@argument({ ignore: vcs }) source?: Directory): Promise<string> {
    return this.project(source).dockerfile()
  }

  private project(source = this.source, changes: Options = {}): Project {
    if (!source) throw noSource()
    const options = { ...(JSON.parse(this.options) as Options), ...changes }
    return new Project({ ...this, source, options })
  }
}
