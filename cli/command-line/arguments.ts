import { Command, InvalidArgumentError, Option } from "commander"
import { CheckName } from "../../src/plan/tasks/check-name.js"
import { UserError } from "../../src/errors.js"
import type { Options } from "../../src/options.js"
import {
  settingNames,
  settingTable,
  toKebabCase,
  type SettingName,
} from "../../src/settings/table.js"
import { targetPlaceholder } from "../../src/settings/targets.js"
import { version } from "../../src/version.js"
import { findCaches, type CacheFlags } from "../cache/cache-options.js"
import { parseDuration } from "../terminal/duration.js"
import { parseTag } from "../../src/reference.js"
import { standardOutput } from "../terminal/standard-output.js"
import { programName } from "../program-name.js"
import { progressKinds, type ProgressKind } from "../terminal/terminal.js"
import { help } from "./usage.js"
import type { Request, Attest } from "../request.js"
import { attestWays } from "../request.js"

const checkNames = Object.values(CheckName)

/** Parses the arguments; prints help or a usage error and exits by itself where that is all there is to do. */
export function parseArguments(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Request {
  return toRequest(commandLine().parse(args, { from: "user" }), environment)
}

/** All that `--help` prints: help.txt is this, for those who have nothing installed yet. */
export function helpText(): string {
  let text = ""
  commandLine()
    .configureOutput({ writeOut: (part) => (text += part) })
    .outputHelp()
  return text
}

/** Of all options, what commander needs to know. */
export function commandLine(): Command {
  const program = newCommand()
    .description("Turn a Go project into a container image.")
    .argument("<source>", "folder of the Go project: the one that has its go.mod")
  const build = engineOptions(settingOptions(program))
    .option("--cache-image <reference>", "import and export the build cache there ($CACHE_IMAGE)")
    .option(
      "--cache-from <cache>",
      "import the build cache from there: REFERENCE, or type=registry|local|gha|s3|azblob,NAME=VALUE as for docker buildx; repeatable",
      collect,
    )
    .option(
      "--cache-to <cache>",
      "export the build cache there, written as for --cache-from, such as type=local,dest=FOLDER",
    )
    .option(
      "--warm-from <reference>",
      "before the build, take compiled packages from this image, also the project's own",
    )
    .option("--warm-to <reference>", "push the compiled packages of this build there")
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
    .option("--load", "load the image into Docker")
    .option("--push", "push the image to the registries in its names")
    .option(
      "--metadata-file <file>",
      "write the result there, as JSON with the keys of docker buildx; with several targets, by their names",
    )
    .option("--digest-file <file>", "write the image's digest there: sha256:…")
    .option(
      "--dotenv-file <file>",
      "write IMAGE, IMAGE_DIGEST and IMAGE_TAGS there, for GitLab's dotenv reports",
    )
    .option("--sbom <file>", "write the SBOM there: CycloneDX to NAME.cdx.json, else SPDX")
    .option("--provenance <file>", "write the SLSA provenance there, as an in-toto statement")
    .option(
      "--explain <file>",
      "write an account of the build there: decisions, stages, contents of the image, time of each step; as page.html, account.json, or text",
    )
    .addOption(
      new Option(
        "--attest <how>",
        "how SBOM and provenance are attached to a pushed image: as OCI referrers, in its index as docker buildx does (this changes the digest), both, or off (default: referrers)",
      ).choices(attestWays),
    )
    .option(
      "--builder-id <uri>",
      "builder that the provenance names (default: GitHub's workflow, else go-image)",
    )
    .option("--run", "start the image, show its answer, and stop it (in a terminal: on Ctrl-C)")
    .optionsGroup("Instead of building:")
    .addOption(
      new Option("--check <name>", "check the project instead of building an image; repeatable")
        .choices(checkNames)
        .argParser(collectCheck),
    )
    .option(
      "--vex <file>",
      "with --check vulncheck: write there, as OpenVEX, the known vulnerabilities that the programs can reach",
    )
    .option(
      "--vulnerability-database <url>",
      "database for --check vulncheck: https://…, or file:///src/… for a folder of the project (default: https://vuln.go.dev)",
    )
    .option("--test-list", "print the names of the tests, one on each line, with its package")
    .option(
      "--shard <index/count>",
      "with --check test or --test-list: one part of the tests, such as 2/5; each test is in exactly one part",
    )
    .option("--plan", "print the plan as JSON, one for each platform")
    .option(
      "--dockerfile",
      "print the build as a Dockerfile; with -o Dockerfile, write it, and a .dockerignore for it",
    )
    .option(
      "--affected-since <commit>",
      "print the targets whose image may have changed since that commit (of project.toml, else the programs; with --target only those)",
    )
    .option("--json", "with --affected-since: print JSON")
    .optionsGroup("Other:")
  return progressOptions(build, "the image's digest")
    .version(version, "-V, --version", "show the version of go-image")
    .helpOption("-h, --help", "show this help")
    .addHelpText("after", help)
}

/** Ends this program by itself where an option is wrong, or there is only help to be shown. */
export function newCommand(name?: string): Command {
  const typed = name === undefined ? programName : `${programName} ${name}`
  return new Command(typed)
    .configureHelp({ helpWidth: 110 })
    .showHelpAfterError(`(${typed} --help shows all options)`)
    .exitOverride((error) => {
      process.exit(error.exitCode === 0 ? 0 : 2)
    })
}

/** What a project's plan depends on. */
export function settingOptions(program: Command): Command {
  program.optionsGroup("Settings, each also possible in project.toml:")
  for (const name of settingNames) program.addOption(settingOption(name))
  return program
    .optionsGroup("The build:")
    .option(
      "--target <name>",
      "build this target of project.toml; all: every target; repeatable",
      collect,
    )
}

/** What an engine is told besides. */
export function engineOptions(program: Command): Command {
  return program
    .option(
      "--base-layout <reference=folder>",
      "take this base image from an OCI image layout, not from its registry; repeatable",
      collect,
    )
    .option(
      "--netrc <file>",
      "passwords for the hosts of --private-modules and GOPROXY; other lines are not used (default: $NETRC, else ~/.netrc if it exists)",
    )
    .option(
      "--token <[user@]host=secret>",
      "token for a host of private modules, or a module proxy: github.com=env:NAME or =file:PATH; repeatable",
      collect,
    )
    .option(
      "--ssh <agent>",
      "SSH agent for the download of private modules: default ($SSH_AUTH_SOCK) or default=SOCKET",
    )
    .option(
      "--ca-certificates <file>",
      "PEM file with further certificate authorities, trusted for downloads of modules, npm packages and packages of the operating system",
    )
    .option(
      "--npm-token <secret>",
      "password for a private npm registry, for the variable in the front end's .npmrc: env:NAME or file:PATH",
    )
    .addOption(
      new Option(
        "--stall-timeout <duration>",
        `stop after this time without progress: 90s, 1h; 0 for no limit (default: ${defaultStallTimeout})`,
      ).argParser(duration),
    )
}

/**
 * How what goes on is shown.
 *
 * @param result What is printed in any case.
 */
export function progressOptions(program: Command, result: string): Command {
  return program
    .addOption(
      new Option(
        "--progress <how>",
        "how it is shown: tty draws what runs, plain writes lines, json an object a line (docs/progress.md), quiet nothing but errors (default: tty in a terminal, else plain; $BUILDKIT_PROGRESS)",
      ).choices(progressKinds),
    )
    .option("-v, --verbose", "show the output of every step")
    .option("-q, --quiet", `show nothing but ${result}, and what is wrong`)
}

/** One row of the settings' table as an option. */
function settingOption(name: SettingName): Option {
  const { kind, help, otherwise, ...spec } = settingTable[name]
  const argument = { text: " <value>", list: " <value>", ports: " <port>", flag: "" }[kind]
  const variable = "variable" in spec ? `; $${spec.variable.replace(" and ", " and $")}` : ""
  const option = new Option(
    `--${toKebabCase(name)}${argument}`,
    `${help}${kind === "list" || kind === "ports" ? "; repeatable" : ""} (default: ${otherwise}${variable})`,
  )
  if (kind === "list" || kind === "ports") option.argParser(collect)
  return option
}

interface Flags extends Options, CacheFlags {
  baseLayout?: string[]
  netrc?: string
  token?: string[]
  ssh?: string
  caCertificates?: string
  npmToken?: string
  cache?: boolean
  stallTimeout?: number
  output?: string
  tag?: string[]
  load?: boolean
  push?: boolean
  run?: boolean
  check?: CheckName[]
  testList?: boolean
  shard?: string
  plan?: boolean
  dockerfile?: boolean
  affectedSince?: string
  json?: boolean
  target?: string[]
  metadataFile?: string
  digestFile?: string
  dotenvFile?: string
  sbom?: string
  provenance?: string
  explain?: string
  attest?: Attest
  vex?: string
  vulnerabilityDatabase?: string
  builderId?: string
  verbose?: boolean
  quiet?: boolean
  progress?: ProgressKind
}

/** Of a command about one image, the target that this is of. */
export function onlyTarget(program: Command, { targets }: Request): string | undefined {
  const [target, another] = targets
  if (another !== undefined || target === "all") {
    program.error("error: give one --target, the one that the image was built from")
  }
  return target
}

/** @param program That has parsed its arguments. */
export function toRequest(
  program: Command,
  environment: Readonly<Record<string, string | undefined>>,
): Request {
  const flags = program.opts<Flags>()
  const refuse = (reason: string) => program.error(`error: ${reason}`)
  const asked = findAsked(flags, refuse)
  checkResultOptions(flags, asked, refuse)
  const named = environment["OUTPUT_IMAGE"]?.split(/[\s,]+/).filter(Boolean) ?? []
  const tags = flags.tag ?? named
  if ((flags.load || flags.push) && tags.length === 0) {
    refuse("--load and --push need an image name: --tag registry.example.com/app:v1")
  }
  const push = flags.push ?? (named.length > 0 && !flags.tag && asked.length === 0 && !flags.run)
  const ofVulncheck = (["vex", "vulnerabilityDatabase"] as const).find((name) => flags[name])
  if (ofVulncheck && !flags.check?.includes(CheckName.Vulncheck)) {
    refuse(`--${toKebabCase(ofVulncheck)} needs --check vulncheck`)
  }
  if (flags.shard !== undefined && !flags.testList && !flags.check?.includes(CheckName.Test)) {
    refuse("--shard needs --check test or --test-list")
  }
  if (flags.attest && !push) refuse("--attest needs --push")
  if (flags.builderId !== undefined && !/^[a-z][a-z0-9+.-]*:\S+$/i.test(flags.builderId)) {
    refuse(`not a URI: ${flags.builderId} (--builder-id)`)
  }
  checkImageNames(tags, flags.tag ? "--tag" : "$OUTPUT_IMAGE", refuse)
  const source = program.args[0] ?? ""
  return {
    source,
    targets: flags.target ?? [],
    affectedSince: flags.affectedSince,
    json: flags.json ?? false,
    options: Object.fromEntries(settingNames.map((name) => [name, flags[name]])),
    baseLayouts: flags.baseLayout ?? [],
    netrc: flags.netrc,
    tokens: flags.token ?? [],
    ssh: flags.ssh,
    caCertificates: flags.caCertificates,
    npmToken: flags.npmToken,
    ...orRefuse(() => findCaches(flags, environment, { source, push }), refuse),
    cache: flags.cache ?? true,
    stallTimeout: flags.stallTimeout ?? duration(defaultStallTimeout),
    checks: flags.check ?? [],
    testList: flags.testList ?? false,
    shard: flags.shard,
    print: flags.plan ? "plan" : flags.dockerfile ? "dockerfile" : undefined,
    output: flags.dockerfile ? undefined : flags.output,
    dockerfile: flags.dockerfile && flags.output !== standardOutput ? flags.output : undefined,
    tags,
    load: flags.load ?? false,
    push,
    run: flags.run ?? false,
    metadataFile: flags.metadataFile,
    digestFile: flags.digestFile,
    dotenvFile: flags.dotenvFile,
    sbom: flags.sbom,
    provenance: flags.provenance,
    explain: flags.explain,
    attest: flags.attest ?? "referrers",
    builderId: flags.builderId,
    vex: flags.vex,
    vulnerabilityDatabase: flags.vulnerabilityDatabase,
    progress: flags.quiet ? "quiet" : (flags.progress ?? progressOfBuildKit(environment)),
    verbose: flags.verbose ?? false,
  }
}

/** Options that tell programs what was made, and how much is shown. */
function checkResultOptions(flags: Flags, asked: string[], refuse: (reason: string) => void): void {
  const files = (
    ["metadataFile", "digestFile", "dotenvFile", "sbom", "provenance", "explain"] as const
  ).find((name) => flags[name])
  const instead = asked.find((name) => !["output", "load", "push"].includes(name))
  if (files && instead) {
    refuse(`--${toKebabCase(files)} needs an image, and --${toKebabCase(instead)} makes none`)
  }
  if (flags.affectedSince?.startsWith("-")) {
    refuse(`not a commit, branch or tag: ${flags.affectedSince} (--affected-since)`)
  }
  if (flags.json && flags.affectedSince === undefined) {
    refuse("--json needs --affected-since; --plan and --metadata-file always write JSON")
  }
  const isQuiet = flags.quiet ?? flags.progress === "quiet"
  if (isQuiet && flags.verbose) {
    refuse(`one at a time: ${flags.quiet ? "--quiet" : "--progress quiet"}, --verbose`)
  }
  if (flags.quiet && flags.progress !== undefined && flags.progress !== "quiet") {
    refuse(`one at a time: --quiet, --progress ${flags.progress}`)
  }
}

/** Docker's variable for the same; its `rawjson` is no JSON of ours. */
function progressOfBuildKit({
  BUILDKIT_PROGRESS,
}: Readonly<Record<string, string | undefined>>): ProgressKind {
  const kinds = ["tty", "plain", "quiet"] as const
  return kinds.find((kind) => kind === BUILDKIT_PROGRESS) ?? "auto"
}

/** What is to happen instead of writing an archive with the usual name; what cannot happen together is refused. */
function findAsked(flags: Flags, refuse: (reason: string) => void): string[] {
  const asked = (
    ["output", "load", "push", "check", "testList", "plan", "dockerfile", "affectedSince"] as const
  )
    .filter((name) => flags[name] !== undefined)
    // A Dockerfile can be a file, too.
    .filter((name) => name !== "output" || !flags.dockerfile)
  // What --run starts is an archive, or an image in the Docker engine.
  const run = asked.filter((name) => name !== "output" && name !== "load")
  const together = asked.length > 1 ? asked : flags.run && run.length > 0 ? [...run, "run"] : []
  if (together.length > 0) {
    refuse(`one at a time: ${together.map((name) => `--${toKebabCase(name)}`).join(", ")}`)
  }
  if (flags.run && flags.output === standardOutput) {
    refuse("--run and --output - both write to standard output: use one of them")
  }
  return asked
}

/** Of images, before anything is built. */
function checkImageNames(
  names: readonly string[],
  from: string,
  refuse: (reason: string) => never,
): void {
  for (const name of names) {
    orRefuse(() => parseTag(name.replaceAll(targetPlaceholder, "target"), from), refuse)
  }
}

function orRefuse<T>(read: () => T, refuse: (reason: string) => never): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return refuse(error.message)
  }
}

/** `--tag a --tag b`: an option that took several words would swallow the source. */
export function collect(text: string, before: string[] = []): string[] {
  return [...before, text]
}

function collectCheck(text: string, before: CheckName[] = []): CheckName[] {
  const name = checkNames.find((each) => String(each) === text)
  if (name === undefined) throw new InvalidArgumentError(`Checks are ${checkNames.join(", ")}.`)
  return [...before, name]
}

/** More than the ten minutes that `go test` gives a package, which prints nothing meanwhile. */
const defaultStallTimeout = "20m"

function duration(text: string): number {
  const value = parseDuration(text)
  if (value === undefined) {
    throw new InvalidArgumentError("Give a duration such as 90s, 20m or 1h, or 0 for no limit.")
  }
  return value
}
