/** How a value is written down: in an environment variable, and in project.toml. */
export type Kind = "text" | "list" | "ports" | "flag"

export interface SettingSpec {
  kind: Kind
  /** The name of an environment variable that other tools have for it; by default there is none but the one of build arguments. */
  variable?: string
  /** For help and the README: one sentence, without a full stop. */
  help: string
  /** What holds where nothing is said. */
  otherwise: string
  example: string
  /** How a text names several. */
  several?: string
}

/**
 * Every setting, once: the command line's options, project.toml's keys, and, written by `bash script/readme`, the arguments of
 * the module's constructor, the README's table and the text of --help. A new setting is a row here, and that command.
 */
export const settingTable = {
  goVersion: {
    kind: "text",
    variable: "GO_VERSION",
    help: "Go that builds the project: a version, a range, or latest",
    otherwise: ".go-version, mise.toml or .tool-versions, go.mod, the Dockerfile's, else 1.27",
    example: ">=1.24",
  },
  packages: {
    kind: "list",
    variable: "GO_INSTALL_PACKAGE_SPEC",
    help: "main packages to build, as for the go command",
    otherwise: "the one at the root, else all under cmd/, else all",
    example: "./cmd/...",
  },
  binaryName: {
    kind: "text",
    help: "file name of the program, if only one is built",
    otherwise: "the module's or the package's last part",
    example: "server",
  },
  buildTags: {
    kind: "list",
    help: "build tags",
    otherwise: "none",
    example: "netgo",
  },
  cgo: {
    kind: "text",
    variable: "CGO_ENABLED",
    help: "compile with C: auto (if a program imports C, or a module that needs it), on, or off",
    otherwise: "auto",
    example: "on",
  },
  staticLink: {
    kind: "flag",
    help: "link C into the programs, so that they need no C library in the base",
    otherwise: "only on bases without a C library",
    example: "true",
  },
  buildPackages: {
    kind: "list",
    help: "Debian packages to install in the builder, such as C libraries with their headers",
    otherwise: "none",
    example: "librdkafka-dev",
  },
  osPackages: {
    kind: "list",
    help: "packages of the operating system to install in the image, on bases with apt or apk",
    otherwise: "none",
    example: "git",
  },
  osPackagesDate: {
    kind: "text",
    help: "day of the Debian archive for these packages (snapshot.debian.org), so that every build gets the same ones",
    otherwise: "the newest ones",
    example: "2025-11-01",
  },
  buildEnvironment: {
    kind: "list",
    help: "environment variables of the go command, each NAME=value: GOEXPERIMENT, GOAMD64, GOFIPS140, GOPROXY and others",
    otherwise: "none",
    example: "GOEXPERIMENT=jsonv2",
  },
  builderImage: {
    kind: "text",
    help: "image with Go that builds the project, for example from a mirror; {{.GoVersion}} is the chosen version; never from project.toml",
    otherwise: "golang, or dhi's",
    example: "registry.example.com/golang:{{.GoVersion}}",
  },
  nodeImage: {
    kind: "text",
    help: "image with Node.js that builds front ends; {{.NodeVersion}} is the chosen version; never from project.toml",
    otherwise: "node:{{.NodeVersion}}-bookworm-slim",
    example: "registry.example.com/node:{{.NodeVersion}}-slim",
  },
  registryMirror: {
    kind: "list",
    help: "mirrors to download images from, each REGISTRY=MIRROR; never from project.toml",
    otherwise: "none",
    example: "docker.io=mirror.example.com/hub",
  },
  lintImage: {
    kind: "text",
    help: "image with golangci-lint at /usr/bin/golangci-lint",
    otherwise: "golangci/golangci-lint:v2.15.0",
    example: "registry.example.com/golangci-lint:v2.15.0",
  },
  frontend: {
    kind: "list",
    help: "front end to build: auto (if its output is needed and does not exist), off, or its folder; output=FOLDER is the folder that its build writes, command=LINE replaces its script build",
    otherwise: "auto",
    example: "web",
  },
  goWork: {
    kind: "text",
    variable: "GOWORK",
    help: "off: build a module without the go.work that names it",
    otherwise: "the go.work above the module",
    example: "off",
  },
  vendorCheck: {
    kind: "text",
    help: "what to do if vendor/ differs from its modules: error, warn or off",
    otherwise: "error",
    example: "warn",
  },
  linkerValues: {
    kind: "list",
    variable: "GO_LINKER_SYMBOL and GO_LINKER_VALUE",
    help: "string variables that the linker sets (-X), each symbol=value; a value can contain {{.Version}}, {{.Commit}} and others",
    otherwise: "none",
    example: "main.version=1.2.3",
  },
  stamp: {
    kind: "text",
    help: "version and commit in programs and image: auto, or off, so that a commit that changes nothing else gives the same image",
    otherwise: "auto",
    example: "off",
  },
  revision: {
    kind: "text",
    help: "commit of the source, its full hash, if Git is not available",
    otherwise: "Git's, or the CI provider's",
    example: "1d2f6a1c08b1d3c8f7a5e2b9c4d6e8f0a1b2c3d4",
  },
  revisionTime: {
    kind: "text",
    help: "time of that commit",
    otherwise: "Git's",
    example: "2025-03-01T09:30:00Z",
  },
  gitTag: {
    kind: "text",
    help: "tag of that commit, which gives the version",
    otherwise: "Git's, or the CI provider's",
    example: "v1.2.3",
  },
  label: {
    kind: "list",
    help: "labels of the image, each NAME=value, in addition to the standard ones",
    otherwise: "none",
    example: "com.example.team=shop",
  },
  annotation: {
    kind: "list",
    help: "annotations of the image's manifest and index, each NAME=value, in addition to the standard ones",
    otherwise: "none",
    example: "com.example.team=shop",
  },
  sourceDateEpoch: {
    kind: "text",
    variable: "SOURCE_DATE_EPOCH",
    help: "creation time of the image, in seconds since 1970",
    otherwise: "1970-01-01; the label created has the commit's time",
    example: "1740821405",
  },
  runtime: {
    kind: "text",
    variable: "USE_DHI",
    help: "base of the image: debian, dhi, ubuntu, distroless, chainguard, scratch, or an image reference",
    otherwise: "debian",
    example: "distroless",
  },
  platform: {
    kind: "text",
    help: "platform of the image, such as linux/arm64 (without Dagger also several: linux/amd64,linux/arm64); compiled for it, not emulated",
    otherwise: "the engine's own",
    example: "linux/arm64",
    several: "linux/amd64,linux/arm64",
  },
  command: {
    kind: "text",
    variable: "RUN_COMMAND",
    help: "what the image runs, as typed in a shell",
    otherwise: "the Procfile's process, else the only program",
    example: "api --port $PORT",
  },
  process: {
    kind: "text",
    help: "process of the Procfile that the image runs",
    otherwise: "web",
    example: "worker",
  },
  port: {
    kind: "ports",
    variable: "PORT",
    help: "ports that the program listens on, such as 8080 or 53/udp; the first TCP port is also in the variable PORT; 0 for none",
    otherwise: "the one in the code, else 8080",
    example: "3000",
  },
  entryArguments: {
    kind: "list",
    help: "arguments that the program always gets",
    otherwise: "none",
    example: "--log=json",
  },
  defaultArguments: {
    kind: "list",
    help: "further arguments of the program, which a container can replace",
    otherwise: "those of the command",
    example: "serve",
  },
  healthCheck: {
    kind: "text",
    help: "HTTP path that tells whether the program works; a program of 1.1 MB in the image requests it, no shell is needed",
    otherwise: "none",
    example: "/healthz",
  },
  stopSignal: {
    kind: "text",
    help: "signal that stops the program",
    otherwise: "SIGTERM",
    example: "SIGINT",
  },
  user: {
    kind: "text",
    help: "user that runs the program: a number, two with a colon (user and group), or the base image's own",
    otherwise: "the runtime's",
    example: "1234:1234",
  },
  capabilities: {
    kind: "list",
    help: "Linux capabilities of the programs, as for setcap, so that they need not run as root",
    otherwise: "none",
    example: "cap_net_bind_service",
  },
  workingDirectory: {
    kind: "text",
    help: "folder in which the program starts",
    otherwise: "/app",
    example: "/data",
  },
  folders: {
    kind: "list",
    help: "further folders that the user can write to",
    otherwise: "none",
    example: "/var/lib/app",
  },
  volumes: {
    kind: "list",
    help: "volumes of the image: further folders that the user can write to, for data that outlives a container",
    otherwise: "none",
    example: "/data",
  },
  environment: {
    kind: "list",
    help: "environment of the running image, each NAME=value",
    otherwise: "none",
    example: "LOG_LEVEL=debug",
  },
  keep: {
    kind: "list",
    help: "patterns of files to keep in the image that are otherwise left out",
    otherwise: "none",
    example: "docs/*.md",
  },
  drop: {
    kind: "list",
    help: "patterns of files to leave out of the image that are otherwise kept",
    otherwise: "none",
    example: "web/src",
  },
  copy: {
    kind: "list",
    help: "files and folders of the project to copy to another path of the image than /app, each SOURCE=PATH",
    otherwise: "none",
    example: "config.yaml=/etc/app/config.yaml",
  },
  goTools: {
    kind: "flag",
    variable: "GO_INSTALL_TOOLS_IN_IMAGE",
    help: "keep the Go toolchain in the image, at /usr/local/go",
    otherwise: "no",
    example: "true",
  },
  root: {
    kind: "flag",
    help: "run the image as root",
    otherwise: "no",
    example: "true",
  },
  privateModules: {
    kind: "list",
    variable: "GOPRIVATE",
    help: "modules that are not public, as in GOPRIVATE; --netrc, --token or --ssh gives access to their hosts",
    otherwise: "none",
    example: "github.com/acme/*",
  },
  knownHosts: {
    kind: "list",
    help: "host keys of Git servers for --ssh, each a line of a known_hosts file; never from project.toml",
    otherwise: "those of github.com, gitlab.com, bitbucket.org and codeberg.org",
    example: "git.example.com ssh-ed25519 AAAAC3…",
  },
  trustCertificates: {
    kind: "flag",
    help: "the running image also trusts the authorities of --ca-certificates",
    otherwise: "only the build's downloads do",
    example: "true",
  },
  dependencyLayer: {
    kind: "flag",
    help: "compile dependencies in a stage of their own, whose layer can be cached for other machines",
    otherwise: "only where a build cache is used (--cache-image)",
    example: "true",
  },
  cacheNamespace: {
    kind: "text",
    variable: "BUILD_CACHE_DIR",
    help: "name of the cache volumes: projects with the same name share modules and compiled packages",
    otherwise: "go-image, shared by all",
    example: "team-a",
  },
} as const satisfies Record<string, SettingSpec>

export type SettingName = keyof typeof settingTable

export const settingNames = Object.keys(settingTable) as SettingName[]

/** `goVersion` is `go-version` on the command line and in project.toml. */
export function toKebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
