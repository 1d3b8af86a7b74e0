import { assetExclusions } from "../detect/assets.js"
import type { Facts } from "../detect/facts.js"
import { vcsFolders } from "../detect/source.js"
import type { Options } from "../options.js"
import { nameBinaries } from "./binary-names.js"
import { builderStage, builderStageName, outputPath } from "./builder-stage.js"
import { chooseCommand, type Command } from "./command.js"
import { parseEnvironment } from "./environment.js"
import { resolveGoVersion, type GoVersion } from "./go-version.js"
import { choosePackages, type PackageChoice } from "./packages.js"
import type { Runtime } from "./runtimes.js"
import { homePath, systemPath, systemStage, systemStageName } from "./system-files.js"
import type { Binary, Decision, ImageConfig, Plan, Stage, Step } from "./types.js"
import { validatePlan } from "./validate.js"

const baseStageName = "base"
const workingDirectory = "/app"
const defaultPort = 8080

/** Facts and options become a plan. Pure: the same facts give the same plan. */
export function assemblePlan(facts: Facts, options: Options, runtime: Runtime): Plan {
  const version = resolveGoVersion(facts, options.goVersion)
  const choice = choosePackages(facts, options.packages)
  const binaries = placeBinaries(facts, options, choice, runtime)
  const command = chooseCommand(options, { facts, binaries, runtime })
  const plan: Plan = {
    version: 1,
    stages: [
      builderStage(facts, options, version, binaries, runtime),
      { name: baseStageName, from: { image: runtime.image }, steps: [] },
      systemStage(runtime.builderImage(version), baseStageName, runtime.user),
      runtimeStage(facts, binaries, runtime),
    ],
    image: imageConfig(facts, options, command, runtime),
    binaries,
    sourceExclude: vcsFolders.map((folder) => `**/${folder}`),
    decisions: decisions(facts, version, choice, binaries, command, runtime),
    notices: [...facts.notices.map(formatNotice), ...version.notices],
  }
  validatePlan(plan)
  return plan
}

function placeBinaries(
  facts: Facts,
  options: Options,
  { packages }: PackageChoice,
  { programFolder }: Runtime,
): Binary[] {
  const names = nameBinaries(
    packages,
    facts.goMod.module.value,
    facts.rootFolders,
    options.binaryName,
  )
  const folder = packages.length === 1 ? programFolder : `${workingDirectory}/bin`
  return packages.map(({ path }, index) => {
    const name = names[index] ?? ""
    return { name, package: path, built: `${outputPath}/${name}`, installed: `${folder}/${name}` }
  })
}

/** What seldom changes comes first: after an edit of the source, only the programs' layer is new. */
function runtimeStage(facts: Facts, binaries: readonly Binary[], { user }: Runtime): Stage {
  const owner = `${user.uid}:${user.gid}`
  const system = { stage: systemStageName }
  const steps: Step[] = [
    { type: "copy", kind: "directory", from: system, path: systemPath, to: "/" },
    { type: "copy", kind: "directory", from: system, path: homePath, to: user.home, owner },
  ]
  if (facts.assets.length > 0) {
    steps.push({
      type: "copy",
      kind: "directory",
      from: { source: true },
      path: ".",
      to: workingDirectory,
      exclude: [...assetExclusions],
      owner,
    })
  }
  for (const { built, installed } of binaries) {
    steps.push({
      type: "copy",
      kind: "file",
      from: { stage: builderStageName },
      path: built,
      to: installed,
      owner,
    })
  }
  return { name: "image", from: { stage: baseStageName }, steps }
}

function imageConfig(
  { procfile }: Facts,
  { port = defaultPort, environment = [] }: Options,
  { entrypoint, command }: Command,
  { user, environment: runtimeEnvironment }: Runtime,
): ImageConfig {
  return {
    user: `${user.uid}:${user.gid}`,
    workingDirectory,
    entrypoint,
    command,
    environment: [
      ...runtimeEnvironment,
      ...(port > 0 ? [{ name: "PORT", value: String(port) }] : []),
      ...environment.map(parseEnvironment),
    ],
    labels: (procfile?.processes ?? []).map(({ type, command: value }) => ({
      name: `go-image.process.${type}`,
      value,
    })),
    ports: port > 0 ? [port] : [],
  }
}

function decisions(
  facts: Facts,
  version: GoVersion,
  choice: PackageChoice,
  binaries: readonly Binary[],
  command: Command,
  runtime: Runtime,
): Decision[] {
  const { goMod, vendored, assets } = facts
  return [
    { what: "module", value: goMod.module.value, from: `go.mod:${goMod.module.line}` },
    { what: "Go version", value: version.tag, from: version.from },
    { what: "builder", value: runtime.builderImage(version), from: `runtime ${runtime.name}` },
    { what: "runtime", value: runtime.image, from: `runtime ${runtime.name}` },
    {
      what: "dependencies",
      value: vendored
        ? "vendored"
        : goMod.requires.length > 0
          ? `${goMod.requires.length} modules, downloaded and verified by go.sum`
          : "none",
      from: vendored ? "vendor/modules.txt" : "go.mod",
    },
    ...binaries.map(({ name, package: path }) => ({
      what: "program",
      value: `${name} (${path})`,
      from: choice.from,
    })),
    { what: "command", value: command.value, from: command.from },
    ...(assets.length > 0
      ? [
          {
            what: "files kept",
            value: assets.map(formatAssets).join(", "),
            from: "neither Go source nor build files",
          },
        ]
      : []),
  ]
}

function formatAssets({ path, files }: Facts["assets"][number]): string {
  return path.endsWith("/") ? `${path} (${files} ${files === 1 ? "file" : "files"})` : path
}

function formatNotice({ file, line, message }: Facts["notices"][number]): string {
  return `${line === undefined ? file : `${file}:${line}`}: ${message}`
}
