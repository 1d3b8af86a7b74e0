import type { Facts } from "../detect/facts.js"
import { inFolder } from "../detect/modules/modules.js"
import { shortPort } from "../settings/ports.js"
import type { Settings } from "../settings/resolve.js"
import { listSome } from "../list.js"
import type { CgoChoice } from "./go/cgo.js"
import { copyDecisions } from "./stages/copied-files.js"
import { frontendDecisions } from "./stages/frontend-stage.js"
import type { GoCommand } from "./go/go-command.js"
import { lockedAt } from "./bases/locked-images.js"
import type { GoVersion } from "./go/version/go-version.js"
import { replacedFiles } from "./stages/asset-stage.js"
import type { RuntimeBase } from "./bases/runtimes.js"
import type { ImageLabels } from "./image/labels.js"
import type { Stamp } from "./version/stamp.js"
import type { Binary, Decision } from "./types.js"
import type { PortChoice } from "./image/port-choice.js"
import type { PackageChoice } from "../detect/packages/package-choice.js"
import type { Command } from "./image/command-line.js"

/** What a person is told before a build, and what a plan keeps: each decision with the place that it comes from. */
export function listDecisions(made: {
  facts: Facts
  settings: Settings
  version: GoVersion
  choice: PackageChoice
  binaries: readonly Binary[]
  command: Command
  runtime: RuntimeBase
  ports: PortChoice
  cgo: CgoChoice
  go: GoCommand
  stamp: Stamp
  labels: ImageLabels
}): Decision[] {
  const { facts, settings, version, choice, binaries, command, runtime, ports, cgo, go } = made
  const runtimeFrom = settings.runtime?.from ?? "default"
  const baseImage = runtime.image?.(version) ?? "scratch"
  return [
    ...sourceOf(facts),
    ...[facts, ...facts.furtherModules].map(({ goMod: { module } }) => ({
      what: "module",
      value: module.value,
      from: `${module.file}:${module.line}`,
    })),
    ...workspaceOf(facts),
    ...made.stamp.decisions,
    {
      what: "Go version",
      value: version.minor === undefined ? `${version.tag} (the newest)` : version.tag,
      from: version.from,
    },
    {
      what: "builder",
      value: imageOf(go),
      from: lockedAt(facts, imageOf(go)) ?? settings.builderImage?.from ?? "Go version and runtime",
    },
    { what: "runtime", value: baseImage, from: lockedAt(facts, baseImage) ?? runtimeFrom },
    ...mirrorsOf(settings),
    ...cgoOf(cgo),
    ...osPackagesOf(settings),
    dependencies(facts),
    ...binaries.map(({ name, package: path }) => ({
      what: "program",
      value: `${name} (${path})`,
      from: choice.from,
    })),
    ...notBuilt(choice),
    ...tagsOf(settings),
    ...buildEnvironmentOf(settings),
    ...hooksAndTools(facts),
    ...frontendDecisions(facts, settings),
    { what: "command", value: command.value, from: command.from },
    ...capabilitiesOf(settings),
    { what: "port", value: ports.ports.map(shortPort).join(", ") || "none", from: ports.from },
    ...kodataOf(facts),
    ...made.labels.decisions,
    ...keptFiles(facts, binaries),
    ...copyDecisions(facts, settings),
  ]
}

function mirrorsOf({ registryMirror }: Settings): Decision[] {
  if (!registryMirror) return []
  const { value, from } = registryMirror
  return [{ what: "registry mirror", value: value.join(", "), from }]
}

function imageOf({ from }: GoCommand): string {
  return "image" in from ? from.image : ""
}

/** Where there is nothing of C, and nobody asked, there is nothing to say. */
function cgoOf({ enabled, value, from }: CgoChoice): Decision[] {
  return enabled ? [{ what: "cgo", value, from }] : []
}

function osPackagesOf({ buildPackages, osPackages, osPackagesDate }: Settings): Decision[] {
  const of = osPackagesDate ? ` of ${osPackagesDate.value}` : ""
  const decision = (what: string, setting: typeof osPackages) =>
    setting ? [{ what, value: setting.value.join(" ") + of, from: setting.from }] : []
  return [...decision("build packages", buildPackages), ...decision("OS packages", osPackages)]
}

/** Where the folder that was asked for is not all of the source. */
function sourceOf({ source }: Facts): Decision[] {
  if (!source) return []
  const up = source.value.split("/").fill("..").join("/")
  return [
    { what: "source", value: `${source.value}, with what it needs from ${up}`, from: source.from },
  ]
}

function workspaceOf({ workspace }: Facts): Decision[] {
  if (!workspace) return []
  const { folder, modules } = workspace
  const value = modules.length === 1 ? "1 module" : `${modules.length} modules`
  return [{ what: "workspace", value, from: inFolder(folder, "go.work") }]
}

/** One entry for each reason, however many main packages there are. */
function notBuilt({ left }: PackageChoice): Decision[] {
  const reasons = [...new Set(left.map(({ reason }) => reason))]
  return reasons.map((reason) => ({
    what: "not built",
    value: listSome(left.filter((each) => each.reason === reason).map((each) => each.package.path)),
    from: reason,
  }))
}

function buildEnvironmentOf({ buildEnvironment }: Settings): Decision[] {
  if (!buildEnvironment) return []
  const { value, from } = buildEnvironment
  return [{ what: "build environment", value: value.join(" "), from }]
}

function capabilitiesOf({ capabilities }: Settings): Decision[] {
  if (!capabilities) return []
  return [{ what: "capabilities", value: capabilities.value.join(" "), from: capabilities.from }]
}

function tagsOf({ buildTags }: Settings): Decision[] {
  if (!buildTags) return []
  return [{ what: "build tags", value: buildTags.value.join(","), from: buildTags.from }]
}

function dependencies(facts: Facts): Decision {
  const { legacy, vendored, workspace, folder, goMod } = facts
  if (legacy) {
    const { tool, importPath } = legacy
    return {
      what: "dependencies",
      value: `vendored by ${tool}, built in GOPATH mode`,
      from: importPath.file,
    }
  }
  if (vendored) {
    const vendor = workspace?.vendored ? workspace.folder : folder
    return { what: "dependencies", value: "vendored", from: inFolder(vendor, "vendor/modules.txt") }
  }
  const modules = workspace?.modules ?? [facts, ...facts.furtherModules]
  const replaced = [
    workspace?.localReplacements ?? [],
    ...modules.map((each) => each.goMod.localReplacements),
  ]
  const ofSource = new Set([
    ...modules.map((each) => each.goMod.module.value),
    ...replaced.flatMap((each) => each.map(({ module }) => module)),
  ])
  const required = new Set(modules.flatMap((each) => each.goMod.requires.map(({ path }) => path)))
  const count = [...required].filter((path) => !ofSource.has(path)).length
  const hasGoSum = workspace?.hasSum === true || modules.some((each) => each.hasGoSum)
  const counted = count === 1 ? "1 module" : `${count} modules`
  const how = hasGoSum ? "downloaded and verified by go.sum" : "downloaded; there is no go.sum"
  const value = count > 0 ? `${counted}, ${how}` : "none"
  // One list for all modules of a workspace, whichever of them asks for one.
  const from = workspace ? inFolder(workspace.folder, "go.work") : goMod.module.file
  return { what: "dependencies", value, from }
}

function hooksAndTools({ hooks, migrate }: Facts): Decision[] {
  const scripts = [hooks.preCompile, hooks.postCompile].filter((hook) => hook !== undefined)
  return [
    ...scripts.map(({ file, interpreter }) => ({
      what: "hook",
      value: [...interpreter, file].join(" "),
      from: file,
    })),
    ...(migrate
      ? [
          {
            what: "program",
            value: `migrate ${migrate.version} (${migrate.drivers.join(", ")})`,
            from: `${migrate.module.file}:${migrate.module.line}`,
          },
        ]
      : []),
  ]
}

function kodataOf({ kodata }: Facts): Decision[] {
  if (!kodata) return []
  const value = `${kodata.folders.join(", ")} (${kodata.files}), at $KO_DATA_PATH`
  return [{ what: "files kept", value, from: "kodata, ko's convention" }]
}

function keptFiles(facts: Facts, binaries: readonly Binary[]): Decision[] {
  const replaced = replacedFiles(facts, binaries)
  const kept = facts.assets.filter(({ path }) => !replaced.includes(path))
  if (kept.length === 0) return []
  const value = kept
    .map(({ path, files }) => (path.endsWith("/") ? `${path} (${files})` : path))
    .join(", ")
  return [{ what: "files kept", value, from: "neither Go source nor files of the build" }]
}
