import type { Facts } from "../detect/facts.js"
import { neverSource } from "../detect/source.js"
import { formatPlace, shorten } from "../errors.js"
import type { Settings } from "../settings/resolve.js"
import { lockNotices } from "./bases/locked-images.js"
import { onMirrors } from "./bases/registry-mirror.js"
import { runtimeNotices } from "./bases/runtimes.js"
import { choose, type Choices } from "./choices.js"
import { listDecisions } from "./decisions.js"
import { accessNotices } from "./go/download-access.js"
import { vendorNotices } from "./go/downloads.js"
import { dockerfileNotices } from "./image/own-dockerfile/notices.js"
import { imageConfig } from "./image/image-config.js"
import { stopSignal } from "./image/stop-signal.js"
import { listStages } from "./list-stages.js"
import { replacedNotices } from "./stages/asset-stage.js"
import type { Plan } from "./types.js"
import { validatePlan } from "./validate.js"

/** Facts and settings become a plan. Pure: the same facts give the same plan. */
export function assemblePlan(facts: Facts, settings: Settings): Plan {
  const choices = choose(facts, settings)
  const stages = listStages(choices)
  const { arguments: ofRelease } = choices.stamp
  const plan: Plan = {
    version: 1,
    stages: onMirrors(stages, settings.registryMirror),
    image: imageOf(choices),
    platform: choices.platform?.reference,
    ...(ofRelease.length > 0 && { arguments: ofRelease }),
    binaries: choices.binaries,
    sourceExclude: sourceExclude(facts, facts.buildFiles),
    decisions: listDecisions(choices),
    noticeFiles: noticeFiles(facts),
    notices: [...noticesOf(choices), ...lockNotices(facts, stages, choices.version)],
  }
  validatePlan(plan)
  return plan
}

function imageOf(choices: Choices): Plan["image"] {
  const { settings, folders, healthCheck } = choices
  return {
    ...imageConfig(choices),
    volumes: folders.volumes.length > 0 ? folders.volumes : undefined,
    stopSignal: stopSignal(settings.stopSignal),
    healthCheck,
  }
}

function noticesOf(choices: Choices): string[] {
  const { facts, settings, version, choice, binaries, command, ports, go, stamp, cgo } = choices
  return [
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
    ...choices.osPackages.notices,
    ...accessNotices(settings),
    ...runtimeNotices(choices.unlocked, version),
  ]
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
