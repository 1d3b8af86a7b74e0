import type { Facts } from "../detect/facts.js"
import { choosePackages } from "../detect/packages/packages.js"
import { formatPlace, shorten } from "../errors.js"
import { neverSource } from "../detect/source.js"
import type { Settings } from "../settings/resolve.js"
import { assetStages, keptFolders, replacedNotices } from "./stages/asset-stage.js"
import { nameBinaries } from "./image/binary-names.js"
import { builderStage, builderStageName } from "./stages/builder-stage.js"
import { capabilitiesStageName, capabilitiesStages } from "./image/capabilities.js"
import { chooseCgo } from "./go/cgo.js"
import { checkMissing } from "./go/check-missing.js"
import { checkSums } from "./go/check-sums.js"
import { chooseBuilder } from "./bases/choose-builder.js"
import { chooseCommand } from "./image/command.js"
import { chooseDependencyLayer } from "./stages/dependency-stage.js"
import { listDecisions } from "./decisions.js"
import { dockerfileNotices } from "./image/dockerfile-notices.js"
import { accessNotices, trustedCertificates } from "./go/download-access.js"
import { frontendStages, projectStage } from "./stages/frontend-stage.js"
import { goCommand } from "./go/go-command.js"
import { healthCheckCommand, healthCheckStage } from "./programs/health-check.js"
import { chooseFolders } from "./image/image-folders.js"
import { chooseUser } from "./image/image-user.js"
import { kodataStages } from "./stages/kodata.js"
import { chooseLabels } from "./image/labels.js"
import { launcherStage } from "./programs/launcher.js"
import { outputPath } from "./image/lay-out.js"
import { linkCheckStages, linkedStageName } from "./programs/link-check.js"
import { lockNotices } from "./bases/locked-images.js"
import { sourcePath } from "./go/modules.js"
import { chooseOsPackages } from "./stages/os-packages.js"
import { parsePlatform, type TargetPlatform } from "./bases/platform.js"
import { choosePorts } from "./image/ports.js"
import { baseStageName, goStageName, listPlaced, runtimeStage } from "./stages/runtime-stage.js"
import { onMirrors } from "./bases/registry-mirror.js"
import { runtimeNotices, workingDirectory, type RuntimeBase } from "./bases/runtimes.js"
import { chooseStamp } from "./version/stamp.js"
import { stopSignal } from "./image/stop-signal.js"
import { systemStages } from "./stages/system-files.js"
import { toolsStage } from "./programs/tools-stage.js"
import type { Base, Binary, Plan } from "./types.js"
import { validatePlan } from "./validate.js"
import type { PackageChoice } from "../detect/packages/package-choice.js"
import { imageConfig, libraryPath } from "./image/image-config.js"
import { vendorNotices } from "./go/downloads.js"

/** Facts and settings become a plan. Pure: the same facts give the same plan. */
export function assemblePlan(facts: Facts, settings: Settings): Plan {
  const { version, runtime, unlocked } = chooseBuilder(facts, settings)
  const choice = choosePackages(facts.programs, settings)
  checkSums(facts, choice.packages, version)
  checkMissing(facts)
  const binaries = placeBinaries(facts, settings, choice, runtime)
  const command = chooseCommand(settings, { facts, binaries, runtime })
  const ports = choosePorts(facts, settings, command, binaries)
  const user = chooseUser(settings, runtime.user)
  const folders = chooseFolders(settings)
  const healthCheck = healthCheckCommand(settings.healthCheck, ports)
  const baseImage = runtime.image?.(version)
  const platform = parsePlatform(settings.platform)
  const cgo = chooseCgo(facts, settings, runtime, platform)
  const osPackages = chooseOsPackages(settings, runtime, cgo)
  const goWithout = goCommand(settings, version, runtime, platform, cgo, osPackages.builder)
  const dependencies = chooseDependencyLayer(facts, settings, version, goWithout, platform)
  const go = dependencies ? { ...goWithout, dependencies: dependencies.use } : goWithout
  const stamp = chooseStamp(facts, settings, version, binaries[0]?.name)
  const labels = chooseLabels(facts, settings, stamp, { binaries, baseImage })
  const isLinked = cgo.enabled
  const compiledStage = isLinked ? linkedStageName : builderStageName
  // With programs elsewhere, none can be replaced by who owns the working directory.
  const owner = runtime.userOwnsPrograms ? `${user.uid}:${user.gid}` : "0:0"
  const plan: Plan = {
    version: 1,
    stages: [
      ...osPackages.stages(go.from),
      ...frontendStages(facts, settings, platform && "build"),
      ...projectStage(facts, sourcePath(facts), platform && "build"),
      ...(dependencies?.stages ?? []),
      builderStage(facts, settings, version, binaries, go, {
        stamp,
        layout: { owner, shared: workingDirectory },
        hasModules: dependencies !== undefined,
      }),
      ...(facts.migrate ? [toolsStage(facts.migrate, go)] : []),
      ...(command.usesLauncher ? [launcherStage(go)] : []),
      ...(healthCheck ? [healthCheckStage(go)] : []),
      {
        name: baseStageName,
        about: "is what the image starts from",
        from: ofPlatform(baseImage, platform),
        steps: osPackages.runtime,
      },
      ...(isLinked
        ? linkCheckStages(facts, binaries, go, {
            baseStage: baseImage === undefined ? undefined : baseStageName,
            baseName: baseImage ?? "scratch",
            libraryPath: libraryPath(settings),
          })
        : []),
      ...capabilitiesStages(settings.capabilities, binaries, compiledStage, go),
      ...kodataStages(facts, go.from),
      ...(settings.goTools?.value
        ? [
            {
              name: goStageName,
              from: ofPlatform(runtime.builderImage(version), platform),
              steps: [],
            },
          ]
        : []),
      ...systemStages(
        go.from,
        {
          stage: baseImage === undefined ? undefined : baseStageName,
          // A mirror's may be a company's, with certificates of its own; packages bring some, too.
          isDebian:
            runtime.isDebian === true &&
            !settings.registryMirror &&
            osPackages.runtime.length === 0,
        },
        {
          user,
          owner,
          folders: folders.owned,
          placed: listPlaced(facts, settings, command),
          certificates: trustedCertificates(settings),
        },
      ),
      ...assetStages(facts, settings, binaries, go.from, { uid: user.uid, directory: owner }),
      runtimeStage(facts, binaries, {
        programsStage: settings.capabilities ? capabilitiesStageName : compiledStage,
        directory: folders.workingDirectory,
      }),
    ],
    image: {
      ...imageConfig({ facts, settings, binaries, command, runtime, user, ports, labels }),
      volumes: folders.volumes.length > 0 ? folders.volumes : undefined,
      stopSignal: stopSignal(settings.stopSignal),
      healthCheck,
    },
    platform: platform?.reference,
    ...(stamp.arguments.length > 0 && { arguments: stamp.arguments }),
    binaries,
    sourceExclude: sourceExclude(facts, facts.buildFiles),
    decisions: listDecisions({
      facts,
      settings,
      version,
      choice,
      binaries,
      command,
      runtime,
      ports,
      cgo,
      go,
      stamp,
      labels,
    }),
    noticeFiles: noticeFiles(facts),
    notices: [
      ...facts.notices.map(formatNotice),
      ...choice.notices,
      ...replacedNotices(facts, binaries),
      ...(command.notices ?? []),
      ...ports.notices,
      ...dockerfileNotices(facts, settings, binaries),
      ...version.notices,
      ...vendorNotices(facts, version, go),
      ...stamp.notices,
      ...cgo.notices,
      ...osPackages.notices,
      ...accessNotices(settings),
      ...runtimeNotices(unlocked, version),
    ],
  }
  plan.notices.push(...lockNotices(facts, plan.stages, version))
  plan.stages = onMirrors(plan.stages, settings.registryMirror)
  validatePlan(plan)
  return plan
}

/**
 * What no engine is sent: all but the files that are needed, what the project excludes, and version control. That comes
 * last, so that no pattern of a project brings it back: it has passwords (a pipeline's token in .git/config), and names
 * programs that Git would run.
 */
export function sourceExclude(
  { sourceExclude }: Facts,
  needed: readonly string[] | undefined,
): string[] {
  return [
    ...(needed ? ["**", ...needed.map((pattern) => `!${pattern}`)] : []),
    ...sourceExclude,
    ...neverSource,
  ]
}

function ofPlatform(image: string | undefined, platform: TargetPlatform | undefined): Base {
  const of = platform && { platform: { target: platform.reference } }
  return image === undefined ? { scratch: true, ...of } : { image, ...of }
}

function placeBinaries(
  facts: Facts,
  { binaryName }: Settings,
  { packages }: PackageChoice,
  { programFolder, programName, programsFolder }: RuntimeBase,
): Binary[] {
  const names = nameBinaries(
    packages,
    programFolder === workingDirectory ? keptFolders(facts) : [],
    binaryName?.value,
    facts.dockerfile?.run?.name,
  )
  return packages.map(({ path, importPath, module }, index) => {
    const name = names[index] ?? ""
    const installed =
      packages.length > 1
        ? `${programsFolder}/${name}`
        : `${programFolder}/${binaryName?.value ?? programName ?? name}`
    const built = `${outputPath}${installed}`
    return { name, package: path, importPath, module, built, installed }
  })
}

/** All files of notices that name some. */
function noticeFiles({ notices }: Facts): Plan["noticeFiles"] {
  const found = notices.flatMap((each) =>
    each.files ? [{ notice: formatNotice(each), files: each.files }] : [],
  )
  return found.length > 0 ? found : undefined
}

export function formatNotice({ file, line, message }: Facts["notices"][number]): string {
  return `${formatPlace({ file, line })}: ${shorten(message)}`
}
