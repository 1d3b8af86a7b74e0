import { goVariables } from "../system/goenv.js"
import { proxyVariables } from "../http/proxy.js"
import { settingNames, settingTable } from "../../src/settings/table/table.js"
import { toBuildArgument } from "../../src/settings/layers.js"

export interface BuildArguments {
  /** Settings, and variables that are settings. */
  ofProject: Record<string, string>
  /** Of the go command, for the steps of the build. */
  ofGo: Record<string, string>
  /** Of BuildKit itself: for its own frontend. */
  ofBuildKit: Record<string, string>
  /** Nobody's. */
  unknown: string[]
}

const settings = new Set<string>(
  settingNames.flatMap((name) => {
    const spec = settingTable[name]
    const variables = "variable" in spec ? spec.variable.split(" and ") : []
    return [toBuildArgument(name), ...variables]
  }),
)

/** Those of other buildpacks are read by their names. */
const ofOthers = /^(?:BP|GOOGLE)_/

export function sortBuildArguments(given: Readonly<Record<string, string>>): BuildArguments {
  const sorted: BuildArguments = { ofProject: {}, ofGo: {}, ofBuildKit: {}, unknown: [] }
  for (const [name, value] of Object.entries(given).sort()) {
    const isSetting = settings.has(name) || ofOthers.test(name)
    const isOfGo = goVariables.includes(name)
    const isOfBuildKit = name.startsWith("BUILDKIT_") || proxyVariables.includes(name)
    if (isSetting) sorted.ofProject[name] = value
    if (isOfGo) sorted.ofGo[name] = value
    // Ours was asked for by it.
    if (isOfBuildKit && name !== "BUILDKIT_SYNTAX") sorted.ofBuildKit[name] = value
    if (!isSetting && !isOfGo && !isOfBuildKit) sorted.unknown.push(name)
  }
  return sorted
}
