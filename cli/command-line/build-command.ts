import { Command, InvalidArgumentError, Option } from "commander"
import { CheckName } from "../../src/plan/tasks/check-name.js"
import { version } from "../../src/version.js"
import { beginning, help } from "./usage.js"
import { type Request, attestWays } from "../request.js"
import {
  newCommand,
  settingOptions,
  engineOptions,
  progressOptions,
  collect,
} from "./option-groups.js"
import { toRequest } from "./request-from-flags.js"

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
    .description(`Turn a Go project into a container image.\n${beginning}`)
    .argument("<source>", "folder of the Go project: the one that has its go.mod")
  for (const add of [imageOptions, insteadOfBuilding, settingOptions, engineOptions]) add(program)
  return progressOptions(cacheOptions(program).optionsGroup("Other:"), "the image's digest")
    .version(version, "-V, --version", "show the version of go-image")
    .helpOption("-h, --help", "show this help")
    .addHelpText("after", help)
}

function imageOptions(program: Command): Command {
  return program
    .optionsGroup("What happens with the image:")
    .option("--run", "start the image, show its answer, and stop it (in a terminal: on Ctrl-C)")
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
      "write an account of the build there: decisions, stages, contents of the image, time of each step, packages that took the longest to compile; as page.html, account.json, or text",
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
}

function insteadOfBuilding(program: Command): Command {
  return program
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
    .option(
      "--test-report <folder>",
      "with --check test: write junit.xml and coverage.out there, also where tests fail",
    )
    .option("--test-list", "print the names of the tests, one on each line, with its package")
    .option(
      "--shard <index/count>",
      "with --check test or --test-list: one part of the tests, such as 2/5; each test is in exactly one part",
    )
    .option(
      "--shard-times <path>",
      "with --shard: a report of an earlier run (junit.xml, or lines of go test -json), or a folder of them; parts then take the same time; repeatable",
      collect,
    )
    .option("--plan", "print the plan as JSON, one for each platform")
    .option(
      "--dockerfile",
      "print the build as a Dockerfile; with -o Dockerfile.new, write it, and a .dockerignore for it",
    )
    .option(
      "--affected-since <commit>",
      "print the targets whose image may have changed since that commit (of project.toml, else the programs; with --target only those)",
    )
    .option("--json", "with --affected-since: print JSON")
}

function cacheOptions(program: Command): Command {
  return program
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
}

function collectCheck(text: string, before: CheckName[] = []): CheckName[] {
  const name = checkNames.find((each) => String(each) === text)
  if (name === undefined) throw new InvalidArgumentError(`Checks are ${checkNames.join(", ")}.`)
  return [...before, name]
}
