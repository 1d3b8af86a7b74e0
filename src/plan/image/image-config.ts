import type { Facts } from "../../detect/facts.js"
import type { Settings } from "../../settings/resolve.js"
import { parseEnvironment } from "../environment.js"
import { kodataVariables } from "../stages/kodata.js"
import { imageTimes, type ImageLabels } from "./labels.js"
import { searchPath } from "../stages/runtime-stage.js"
import type { RuntimeBase, RuntimeUser } from "../bases/runtimes.js"
import type { Binary, ImageConfig } from "../types.js"
import type { PortChoice } from "./port-choice.js"
import type { Command } from "./command-line.js"

export function imageConfig(made: {
  facts: Facts
  settings: Settings
  binaries: readonly Binary[]
  command: Command
  runtime: RuntimeBase
  user: RuntimeUser
  ports: PortChoice
  labels: ImageLabels
}): ImageConfig {
  const { facts, settings, binaries, command, runtime, user, ports, labels } = made
  return {
    user: `${user.uid}:${user.gid}`,
    entrypoint: command.entrypoint,
    command: command.command,
    environment: [
      ...runtime.environment,
      ...searchPath(settings, binaries, command, runtime),
      ...(ports.variable === undefined ? [] : [{ name: "PORT", value: String(ports.variable) }]),
      ...(facts.kodata ? kodataVariables : []),
      ...environmentOf(settings),
    ],
    labels: labels.labels,
    ...(labels.annotations.length > 0 && { annotations: labels.annotations }),
    ...imageTimes(settings),
    ports: ports.ports,
  }
}

function environmentOf({ environment }: Settings): { name: string; value: string }[] {
  const { value = [], from = "" } = environment ?? {}
  return value.map((text) => parseEnvironment(text, from))
}

/** Where the image's loader looks for libraries besides its own places. */
export function libraryPath(settings: Settings): string {
  return environmentOf(settings).findLast(({ name }) => name === "LD_LIBRARY_PATH")?.value ?? ""
}
