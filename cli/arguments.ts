import { Command, InvalidArgumentError, Option } from "commander"
import type { Options } from "../src/options.js"
import { settingNames, settingTable, toKebabCase, type SettingName } from "../src/settings/table.js"
import { checkNames, type CheckName } from "./check.js"
import { standardOutput } from "./standard-output.js"

/** What the command line was asked to do. */
export interface Request {
  source: string
  options: Options
  /** `REFERENCE=FOLDER` each. */
  baseLayouts: string[]
  /** File with the passwords for private modules. */
  netrc?: string
  /** Where BuildKit's cache is imported from and exported to. */
  cacheImage?: string
  /** Check the project by these instead of building an image. */
  checks: CheckName[]
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
  bash script/build . --tag app:dev -o - | ssh host docker load
  bash script/build . --tag registry.example.com/app:v1 --push
  bash script/build . --tag registry.example.com/app:v1 --platform linux/amd64,linux/arm64 --push
  bash script/build . --packages ./cmd/api --go-version 1.25
  bash script/build . --check test --check vet     run the tests, then go vet, in containers
  bash script/build . --plan                       how it would be built, as JSON
  bash script/build . --dockerfile > Dockerfile    the same build, for keeps

Exit status:
  0 done                                    1 the program that --run started failed
  2 the project or the request is wrong     3 a step of the build failed: it does not compile
  4 no engine, or setting one up failed     70 a bug of ours     130 interrupted
`

/** Parses the arguments; prints help or a usage error and exits by itself where that is all there is to do. */
export function parseArguments(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Request {
  const program = new Command("script/build")
    .description("Turn a Go project into a container image.")
    .argument("<source>", "folder of the Go project: the one that has its go.mod")
    .optionsGroup("How it is built and run, each also in project.toml:")
  for (const name of settingNames) program.addOption(settingOption(name))
  program
    .optionsGroup("The build:")
    .option(
      "--base-layout <reference=folder>",
      "take this base image from an OCI image layout, not from its registry; repeatable",
      collect,
    )
    .option(
      "--netrc <file>",
      "passwords for --private-modules (default: $NETRC, else ~/.netrc where there is one)",
    )
    .option("--cache-image <reference>", "import and export the build cache there ($CACHE_IMAGE)")
    .option("--no-cache", "run every step again; downloaded modules and compiled packages are kept")
    .optionsGroup("What happens with the image:")
    .option(
      "-o, --output <file>",
      "write the OCI archive here, - for standard output (default: NAME.oci.tar)",
    )
    .option(
      "-t, --tag <reference>",
      "name of the image; repeatable ($OUTPUT_IMAGE, which means --push as well)",
      collect,
    )
    .option("--load", "put it into the Docker engine's images")
    .option("--push", "push it to the registries in its names")
    .option("--run", "start it, show its answer, and stop it (in a terminal: on Ctrl-C)")
    .optionsGroup("Instead of building:")
    .addOption(
      new Option("--check <name>", "check the project, and build no image; repeatable")
        .choices(checkNames)
        .argParser(collectCheck),
    )
    .option("--plan", "print the plan as JSON, one for each platform")
    .option("--dockerfile", "print the build as a Dockerfile")
    .optionsGroup("Other:")
    .option("-v, --verbose", "show the output of every step")
    .helpOption("-h, --help", "show this")
    .addHelpText("after", help)
    .configureHelp({ helpWidth: 110 })
    .showHelpAfterError("(bash script/build --help explains everything)")
    .exitOverride((error) => {
      process.exit(error.exitCode === 0 ? 0 : 2)
    })
    .parse(args, { from: "user" })
  return toRequest(program, environment)
}

/** One row of the settings' table as an option. */
function settingOption(name: SettingName): Option {
  const { kind, help, otherwise, ...spec } = settingTable[name]
  const argument = { text: " <value>", list: " <value>", port: " <number>", flag: "" }[kind]
  const variable = "variable" in spec ? `; $${spec.variable.replace(" and ", " and $")}` : ""
  const option = new Option(
    `--${toKebabCase(name)}${argument}`,
    `${help}${kind === "list" ? "; repeatable" : ""} (default: ${otherwise}${variable})`,
  )
  if (kind === "port") option.argParser(port)
  if (kind === "list") option.argParser(collect)
  return option
}

interface Flags extends Options {
  baseLayout?: string[]
  netrc?: string
  cacheImage?: string
  cache: boolean
  output?: string
  tag?: string[]
  load?: boolean
  push?: boolean
  run?: boolean
  check?: CheckName[]
  plan?: boolean
  dockerfile?: boolean
  verbose?: boolean
}

function toRequest(
  program: Command,
  environment: Readonly<Record<string, string | undefined>>,
): Request {
  const flags = program.opts<Flags>()
  const asked = (["output", "load", "push", "check", "plan", "dockerfile"] as const).filter(
    (name) => flags[name],
  )
  if (asked.length > 1) {
    program.error(`error: one at a time: ${asked.map((name) => `--${name}`).join(", ")}`)
  }
  if (flags.run && flags.output === standardOutput) {
    program.error("error: --run shows the program's answer where --output - would write")
  }
  const named = environment["OUTPUT_IMAGE"]?.split(/[\s,]+/).filter(Boolean) ?? []
  const tags = flags.tag ?? named
  if ((flags.load || flags.push) && tags.length === 0) {
    program.error("error: the image needs a name for that: --tag registry.example.com/app:v1")
  }
  return {
    source: program.args[0] ?? "",
    options: Object.fromEntries(settingNames.map((name) => [name, flags[name]])),
    baseLayouts: flags.baseLayout ?? [],
    netrc: flags.netrc,
    cacheImage: flags.cacheImage ?? (environment["CACHE_IMAGE"] || undefined),
    cache: flags.cache,
    checks: flags.check ?? [],
    print: flags.plan ? "plan" : flags.dockerfile ? "dockerfile" : undefined,
    output: flags.output,
    tags,
    load: flags.load ?? false,
    push: flags.push ?? (named.length > 0 && !flags.tag && asked.length === 0 && !flags.run),
    run: flags.run ?? false,
    verbose: flags.verbose ?? false,
  }
}

/** `--tag a --tag b`: an option that took several words would swallow the source. */
function collect(text: string, before: string[] = []): string[] {
  return [...before, text]
}

function collectCheck(text: string, before: CheckName[] = []): CheckName[] {
  const name = checkNames.find((each) => each === text)
  if (name === undefined) throw new InvalidArgumentError(`Checks are ${checkNames.join(", ")}.`)
  return [...before, name]
}

function port(text: string): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value > 65535) {
    throw new InvalidArgumentError("Give a port number, 1 to 65535, or 0 for none.")
  }
  return value
}
