import type { Choices } from "./choices.js"
import { ofPlatform } from "./bases/platform.js"
import { workingDirectory } from "../settings/image-paths.js"
import { trustedCertificates } from "./go/download-access.js"
import { sourcePath } from "./go/modules.js"
import { capabilitiesStageName, capabilitiesStages } from "./image/capabilities.js"
import { libraryPath } from "./image/image-config.js"
import { healthCheckStage } from "./programs/health-check.js"
import { launcherStage } from "./programs/launcher.js"
import { linkCheckStages, linkedStageName } from "./programs/link-check.js"
import { toolsStage } from "./programs/tools-stage.js"
import { assetStages } from "./stages/asset-stage.js"
import { builderStage, builderStageName } from "./stages/builder-stage.js"
import { copiedStages } from "./stages/copied-files.js"
import { frontendStages, projectStage } from "./stages/frontend-stage.js"
import { kodataStages } from "./stages/kodata.js"
import { baseStageName, goStageName, listPlaced, runtimeStage } from "./stages/runtime-stage.js"
import { systemStages } from "./stages/system-files.js"
import type { Stage } from "./types.js"

/** The stages of a build, in the order in which they need each other: what makes programs, and then the image. */
export function listStages(choices: Choices): Stage[] {
  return [...programStages(choices), ...imageStages(choices)]
}

function programStages(choices: Choices): Stage[] {
  const { facts, settings, version, binaries, command, platform, osPackages } = choices
  const { dependencies, go, stamp, owner, healthCheck } = choices
  return [
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
  ]
}

function imageStages(choices: Choices): Stage[] {
  const { facts, settings, binaries, command, user, folders, baseImage, platform } = choices
  const { osPackages, cgo, go, owner } = choices
  const compiledStage = cgo.enabled ? linkedStageName : builderStageName
  return [
    {
      name: baseStageName,
      about: "is what the image starts from",
      from: ofPlatform(baseImage, platform),
      steps: osPackages.runtime,
    },
    ...(cgo.enabled
      ? linkCheckStages(facts, binaries, go, {
          baseStage: baseImage === undefined ? undefined : baseStageName,
          baseName: baseImage ?? "scratch",
          libraryPath: libraryPath(settings),
        })
      : []),
    ...capabilitiesStages(settings.capabilities, binaries, compiledStage, go),
    ...kodataStages(facts, go.from),
    ...copiedStages(facts, go.from),
    ...goToolsStages(choices),
    ...systemStages(go.from, systemBase(choices), {
      user,
      owner,
      folders: folders.owned,
      placed: listPlaced(facts, settings, command),
      certificates: trustedCertificates(settings),
    }),
    ...assetStages(facts, settings, binaries, go.from, { uid: user.uid, directory: owner }),
    runtimeStage(facts, binaries, {
      programsStage: settings.capabilities ? capabilitiesStageName : compiledStage,
      directory: folders.workingDirectory,
    }),
  ]
}

function goToolsStages({ settings, runtime, version, platform }: Choices): Stage[] {
  if (!settings.goTools?.value) return []
  return [
    { name: goStageName, from: ofPlatform(runtime.builderImage(version), platform), steps: [] },
  ]
}

/** What the files of the system come to. */
function systemBase({ settings, runtime, baseImage, osPackages }: Choices) {
  const isChanged = settings.registryMirror !== undefined || osPackages.runtime.length > 0
  return {
    stage: baseImage === undefined ? undefined : baseStageName,
    // A mirror's may be a company's, with certificates of its own; packages bring some, too.
    isDebian: runtime.isDebian === true && !isChanged,
  }
}
