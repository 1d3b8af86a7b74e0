import { Command } from "commander"
import { CheckName } from "../../src/plan/tasks/check-name.js"
import { UserError } from "../../src/errors.js"
import type { Options } from "../../src/options.js"
import { settingNames, toKebabCase } from "../../src/settings/table/table.js"
import { targetPlaceholder } from "../../src/settings/targets.js"
import { findCaches, type CacheFlags } from "../cache/cache-options.js"
import { parseTag } from "../../src/reference.js"
import { standardOutput } from "../terminal/standard-output.js"
import type { ProgressKind } from "../terminal/terminal.js"
import type { Request, Attest } from "../request.js"
import { defaultStallTimeout, duration } from "./option-groups.js"

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
  testReport?: string
  shard?: string
  shardTimes?: string[]
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
    program.error("error: this is about one image: give one --target")
  }
  return target
}

/** What only one of the checks reads. */
const ofChecks = [
  ["vex", CheckName.Vulncheck],
  ["vulnerabilityDatabase", CheckName.Vulncheck],
  ["testReport", CheckName.Test],
] as const

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
  for (const [name, check] of ofChecks) {
    if (flags[name] !== undefined && !flags.check?.includes(check)) {
      refuse(`--${toKebabCase(name)} needs --check ${check}`)
    }
  }
  if (flags.shard !== undefined && !flags.testList && !flags.check?.includes(CheckName.Test)) {
    refuse("--shard needs --check test or --test-list")
  }
  if (flags.shardTimes && flags.shard === undefined) refuse("--shard-times needs --shard")
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
    testReport: flags.testReport,
    shard: flags.shard,
    shardTimes: flags.shardTimes ?? [],
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
