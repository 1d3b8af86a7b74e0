import type { Directory, File, Secret, Service, Socket, Workspace } from "@dagger.io/dagger"

/**
 * What the module's constructor takes, each with its help: TypeScript finds the comment of a constructor's argument at what the class
 * implements. Those of the settings are written by script/readme, from settings/table.ts.
 */
export interface Arguments {
  /** Where the project is; Dagger fills it in. A module that calls this one passes its own. */
  ws?: Workspace
  /** Folder of the Go project, instead of the one that it is called in. */
  source?: Directory
  /** Its .git folder, or a Git address, for version and commit of the image; otherwise nothing of Git is sent to the engine. Default: --revision, --revision-time, --git-tag. Example: .git */
  git?: Directory
  /** Go that builds the project: a version, a range, or latest. Default: .go-version, mise.toml or .tool-versions, go.mod, the Dockerfile's, else 1.27. Example: >=1.24 */
  goVersion?: string
  /** Main packages to build, as for the go command. Default: the one at the root, else all under cmd/, else all. Example: ./cmd/... */
  packages?: string[]
  /** File name of the program, if only one is built. Default: the module's or the package's last part. Example: server */
  binaryName?: string
  /** Build tags. Example: netgo */
  buildTags?: string[]
  /** Compile with C: auto (if a program imports C, or a module that needs it), on, or off. Default: auto. Example: on */
  cgo?: string
  /** Link C into the programs, so that they need no C library in the base. Default: only on bases without a C library. Example: true */
  staticLink?: boolean
  /** Debian packages to install in the builder, such as C libraries with their headers. Example: librdkafka-dev */
  buildPackages?: string[]
  /** Packages of the operating system to install in the image, on bases with apt or apk. Example: git */
  osPackages?: string[]
  /** Day of the Debian archive for these packages (snapshot.debian.org), so that every build gets the same ones. Default: the newest ones. Example: 2025-11-01 */
  osPackagesDate?: string
  /** Environment variables of the go command, each NAME=value: GOEXPERIMENT, GOAMD64, GOFIPS140, GOPROXY and others. Example: GOEXPERIMENT=jsonv2 */
  buildEnvironment?: string[]
  /** Image with Go that builds the project, for example from a mirror; {{.GoVersion}} is the chosen version; never from project.toml. Default: golang, or dhi's. Example: registry.example.com/golang:{{.GoVersion}} */
  builderImage?: string
  /** Image with Node.js that builds front ends; {{.NodeVersion}} is the chosen version; never from project.toml. Default: node:{{.NodeVersion}}-bookworm-slim. Example: registry.example.com/node:{{.NodeVersion}}-slim */
  nodeImage?: string
  /** Mirrors to download images from, each REGISTRY=MIRROR; never from project.toml. Example: docker.io=mirror.example.com/hub */
  registryMirror?: string[]
  /** Image with golangci-lint at /usr/bin/golangci-lint. Default: golangci/golangci-lint:v2.15.0. Example: registry.example.com/golangci-lint:v2.15.0 */
  lintImage?: string
  /** Front end to build: auto (if its output is needed and does not exist), off, or its folder; output=FOLDER is the folder that its build writes, command=LINE replaces its script build. Default: auto. Example: web */
  frontend?: string[]
  /** Off: build a module without the go.work that names it. Default: the go.work above the module. Example: off */
  goWork?: string
  /** What to do if vendor/ differs from its modules: error, warn or off. Default: error. Example: warn */
  vendorCheck?: string
  /** String variables that the linker sets (-X), each symbol=value; a value can contain {{.Version}}, {{.Commit}} and others. Example: main.version=1.2.3 */
  linkerValues?: string[]
  /** Version and commit in programs and image: auto, or off, so that a commit that changes nothing else gives the same image. Default: auto. Example: off */
  stamp?: string
  /** Commit of the source, its full hash, if Git is not available. Default: Git's, or the CI provider's. Example: 1d2f6a1c08b1d3c8f7a5e2b9c4d6e8f0a1b2c3d4 */
  revision?: string
  /** Time of that commit. Default: Git's. Example: 2025-03-01T09:30:00Z */
  revisionTime?: string
  /** Tag of that commit, which gives the version. Default: Git's, or the CI provider's. Example: v1.2.3 */
  gitTag?: string
  /** Labels of the image, each NAME=value, in addition to the standard ones. Example: com.example.team=shop */
  label?: string[]
  /** Annotations of the image's manifest and index, each NAME=value, in addition to the standard ones. Example: com.example.team=shop */
  annotation?: string[]
  /** Creation time of the image, in seconds since 1970. Default: 1970-01-01; the label created has the commit's time. Example: 1740821405 */
  sourceDateEpoch?: string
  /** Base of the image: debian, dhi, ubuntu, distroless, chainguard, scratch, or an image reference. Default: debian. Example: distroless */
  runtime?: string
  /** Platform of the image, such as linux/arm64 (without Dagger also several: linux/amd64,linux/arm64); compiled for it, not emulated. Default: the engine's own. Example: linux/arm64 */
  platform?: string
  /** What the image runs, as typed in a shell. Default: the Procfile's process, else the only program. Example: api --port $PORT */
  command?: string
  /** Process of the Procfile that the image runs. Default: web. Example: worker */
  process?: string
  /** Ports that the program listens on, such as 8080 or 53/udp; the first TCP port is also in the variable PORT; 0 for none. Default: the one in the code, else 8080. Example: 3000 */
  port?: string[]
  /** Arguments that the program always gets. Example: --log=json */
  entryArguments?: string[]
  /** Further arguments of the program, which a container can replace. Default: those of the command. Example: serve */
  defaultArguments?: string[]
  /** HTTP path that tells whether the program works; a program of 1.1 MB in the image requests it, no shell is needed. Example: /healthz */
  healthCheck?: string
  /** Signal that stops the program. Default: SIGTERM. Example: SIGINT */
  stopSignal?: string
  /** User that runs the program: a number, two with a colon (user and group), or the base image's own. Default: the runtime's. Example: 1234:1234 */
  user?: string
  /** Linux capabilities of the programs, as for setcap, so that they need not run as root. Example: cap_net_bind_service */
  capabilities?: string[]
  /** Folder in which the program starts. Default: /app. Example: /data */
  workingDirectory?: string
  /** Further folders that the user can write to. Example: /var/lib/app */
  folders?: string[]
  /** Volumes of the image: further folders that the user can write to, for data that outlives a container. Example: /data */
  volumes?: string[]
  /** Environment of the running image, each NAME=value. Example: LOG_LEVEL=debug */
  environment?: string[]
  /** Patterns of files to keep in the image that are otherwise left out. Example: docs/*.md */
  keep?: string[]
  /** Patterns of files to leave out of the image that are otherwise kept. Example: web/src */
  drop?: string[]
  /** Files and folders of the project to copy to another path of the image than /app, each SOURCE=PATH. Example: config.yaml=/etc/app/config.yaml */
  copy?: string[]
  /** Keep the Go toolchain in the image, at /usr/local/go. Default: no. Example: true */
  goTools?: boolean
  /** Run the image as root. Default: no. Example: true */
  root?: boolean
  /** Modules that are not public, as in GOPRIVATE; --netrc, --token or --ssh gives access to their hosts. Example: github.com/acme/* */
  privateModules?: string[]
  /** Host keys of Git servers for --ssh, each a line of a known_hosts file; never from project.toml. Default: those of github.com, gitlab.com, bitbucket.org and codeberg.org. Example: git.example.com ssh-ed25519 AAAAC3… */
  knownHosts?: string[]
  /** The running image also trusts the authorities of --ca-certificates. Default: only the build's downloads do. Example: true */
  trustCertificates?: boolean
  /** Compile dependencies in a stage of their own, whose layer can be cached for other machines. Default: only where a build cache is used (--cache-image). Example: true */
  dependencyLayer?: boolean
  /** Name of the cache volumes: projects with the same name share modules and compiled packages. Default: go-image, shared by all. Example: team-a */
  cacheNamespace?: string
  /** Passwords for private modules, as in ~/.netrc ("machine github.com login me password token"): file:$HOME/.netrc, env:NETRC. Only the steps that download modules see it; it is in no layer and no log. */
  netrc?: Secret
  /** Hosts of private modules, or of a module proxy, that --tokens are for, in their order: github.com, or with a user, gitlab-ci-token@gitlab.com. */
  tokenHosts?: string[]
  /** Their tokens, each a secret: env:GITHUB_TOKEN. Only the steps that download modules see it; it is in no layer and no log. */
  tokens?: Secret[]
  /** SSH agent for the download of private modules, from servers with known keys (--known-hosts): $SSH_AUTH_SOCK. Only the steps that download modules see it. */
  ssh?: Socket
  /** PEM file with further certificate authorities, trusted for downloads of modules, npm packages and packages of the operating system. */
  caCertificates?: File
  /** Password for a private npm registry, for the variable ${NPM_TOKEN} in the front end's .npmrc: env:NPM_TOKEN. Only the step that downloads packages sees it; it is in no layer and no log. */
  npmToken?: Secret
  /** Name of one of project.toml's [[go-image.targets]]; its settings come before the rest of the file. */
  target?: string
  /** Image with compiled packages, as `publish --warm-to` pushed it: a new engine then compiles only what has changed. Example: ghcr.io/me/app:compiled */
  warmFrom?: string
  /** Modules for checks, tests and generators, as patterns of their folders: "services/**", "!legacy". Default: each go.mod of the source. */
  modules?: string[]
  /** URL of the database for `vulncheck`; a service of --test-service can serve one. Default: https://vuln.go.dev. */
  vulnerabilityDatabase?: string
  /** Variables of tests, benchmarks and generators, and not of the image, each "NAME=value". */
  testEnvironment?: string[]
  /** Service for tests, benchmarks, generators and the running program, such as a database or a fake API; in dagger.toml one of another module, "postgres:serve". */
  testService?: Service
  /** Host name of that service. Default: "db". */
  testServiceName?: string
}
