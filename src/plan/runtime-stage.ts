import { assetPatterns } from "../detect/assets.js"
import type { Facts } from "../detect/facts.js"
import type { Settings } from "../settings/resolve.js"
import { builderStageName } from "./builder-stage.js"
import { workingDirectory, type RuntimeUser } from "./runtimes.js"
import { homePath, systemPath, systemStageName } from "./system-files.js"
import type { Binary, Stage, Step } from "./types.js"

export const baseStageName = "base"

/** What seldom changes comes first: after an edit of the source, only the programs' layer is new. */
export function runtimeStage(
  facts: Facts,
  settings: Settings,
  binaries: readonly Binary[],
  user: RuntimeUser,
): Stage {
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
      exclude: assetPatterns(settings),
      owner,
    })
  }
  for (const { built, installed } of binaries) {
    const from = { stage: builderStageName }
    steps.push({ type: "copy", kind: "file", from, path: built, to: installed, owner })
  }
  return { name: "image", from: { stage: baseStageName }, steps }
}
