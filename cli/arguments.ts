import { Command, InvalidArgumentError } from "commander"
import type { Options } from "../src/options.js"

/** What the command line was asked to do. */
export interface Request {
  source: string
  options: Options
  platform?: string
  /** Print this instead of building. */
  print?: "plan" | "dockerfile"
  output?: string
  tags: string[]
  load: boolean
  push: boolean
  run: boolean
  cache: boolean
  verbose: boolean
}

const help = `
What it does:
  It reads go.mod and a few other files of the project, decides how the image must be built,
  and has BuildKit build it: a builder stage with Go's module and build caches, and a small
  runtime stage with the program, the files it reads at run time, CA certificates and time
  zone data, run by a user that is not root.

Where it builds, the first of:
  BUILDKIT_HOST   a BuildKit that is already running, e.g. tcp://buildkit:1234
  Docker          the Docker engine on this machine, with buildx
  by itself       on Debian and its relatives, as root: installs runc (apt-get), compiles BuildKit
                  from Go modules once, runs it for as long as the build takes, then stops it.
                  Base images come from their registry; where none answers, golang and debian
                  images are made from Debian's packages and Go's own toolchain modules.
  What is made once is kept in \${XDG_CACHE_HOME:-~/.cache}/go-image.

What it writes:
  An OCI image archive (one tar file), or what --load, --push or --run say.

Examples:
  bash script/build examples/hello-web --run       build it, start it, show its answer
  bash script/build ../my-service                  write my-service.oci.tar
  bash script/build . --tag app:dev --load         into the Docker engine
  bash script/build . --tag registry.example.com/app:v1 --push
  bash script/build . --packages ./cmd/api --go-version 1.25
  bash script/build . --plan                       how it would be built, as JSON
  bash script/build . --dockerfile > Dockerfile    the same build, for keeps

Exit status:
  0 done   1 the program that --run started failed   2 the project or the request is wrong   3 the project does not compile
  4 no engine, or setting one up failed            70 a bug of ours   130 interrupted
`

/** Parses the arguments; prints help or a usage error and exits by itself where that is all there is to do. */
export function parseArguments(args: readonly string[]): Request {
  const program = new Command("script/build")
    .description("Turn a Go project into a container image.")
    .argument("<source>", "folder of the Go project: the one that has its go.mod")
    .optionsGroup("How it is built:")
    .option("--go-version <version>", 'Go that builds it: "1.25", "1.25.3", ">=1.24", "latest"')
    .option("--packages <patterns...>", "main packages to build: ./cmd/api, ./cmd/...")
    .option("--binary-name <name>", "file name of the program, where one is built")
    .option("--build-tags <tags...>", "build tags")
    .option("--platform <platform>", "e.g. linux/arm64 (default: the engine's own)")
    .option("--no-cache", "run every step again; downloaded modules and compiled packages are kept")
    .optionsGroup("How it runs:")
    .option("--command <command>", "what the image runs, as typed in a shell")
    .option("--process <name>", "process of the Procfile that the image runs (default: web)")
    .option("--port <number>", "port that the program listens on, 0 for none (default: 8080)", port)
    .option("--env <NAME=value...>", "environment of the running image")
    .optionsGroup("What happens with the image:")
    .option("-o, --output <file>", "write the OCI archive here (default: NAME.oci.tar)")
    .option("-t, --tag <references...>", "names of the image")
    .option("--load", "put it into the Docker engine's images")
    .option("--push", "push it to the registries in its names")
    .option("--run", "start it, show its answer, and stop it (in a terminal: on Ctrl-C)")
    .optionsGroup("Instead of building:")
    .option("--plan", "print the plan as JSON")
    .option("--dockerfile", "print the build as a Dockerfile")
    .optionsGroup("Other:")
    .option("-v, --verbose", "show the output of every step")
    .helpOption("-h, --help", "show this")
    .addHelpText("after", help)
    .configureHelp({ helpWidth: 100 })
    .showHelpAfterError("(bash script/build --help explains everything)")
    .exitOverride((error) => {
      process.exit(error.exitCode === 0 ? 0 : 2)
    })
    .parse(args, { from: "user" })
  return toRequest(program)
}

interface Flags {
  goVersion?: string
  packages?: string[]
  binaryName?: string
  buildTags?: string[]
  platform?: string
  cache: boolean
  command?: string
  process?: string
  port?: number
  env?: string[]
  output?: string
  tag?: string[]
  load?: boolean
  push?: boolean
  run?: boolean
  plan?: boolean
  dockerfile?: boolean
  verbose?: boolean
}

function toRequest(program: Command): Request {
  const flags = program.opts<Flags>()
  const conflicting = ["output", "load", "push", "plan", "dockerfile"].filter(
    (name) => flags[name as keyof Flags],
  )
  if (conflicting.length > 1) {
    program.error(`error: one at a time: ${conflicting.map((name) => `--${name}`).join(", ")}`)
  }
  if ((flags.load || flags.push) && !flags.tag) {
    program.error("error: the image needs a name for that: --tag registry.example.com/app:v1")
  }
  return {
    source: program.args[0] ?? "",
    options: {
      goVersion: flags.goVersion,
      packages: flags.packages,
      binaryName: flags.binaryName,
      buildTags: flags.buildTags,
      command: flags.command,
      process: flags.process,
      port: flags.port,
      environment: flags.env,
    },
    platform: flags.platform,
    print: flags.plan ? "plan" : flags.dockerfile ? "dockerfile" : undefined,
    output: flags.output,
    tags: flags.tag ?? [],
    load: flags.load ?? false,
    push: flags.push ?? false,
    run: flags.run ?? false,
    cache: flags.cache,
    verbose: flags.verbose ?? false,
  }
}

function port(text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value > 65535) {
    throw new InvalidArgumentError("Give a port number, 1 to 65535, or 0 for none.")
  }
  return value
}
