import healthCheckProgram from "./health-check/main.go" with { type: "text" }
import { UserError } from "../../errors.js"
import type { GoCommand } from "../go/go-command.js"
import { ownProgramStage } from "./own-program.js"
import type { Stage } from "../types.js"
import type { Setting } from "../../settings/setting.js"
import type { PortChoice } from "../image/port-choice.js"

/** For images without a shell and without curl: a program that asks the other one over HTTP. */
export const healthCheckPath = "/usr/local/bin/health-check"

export const healthCheckStageName = "health-check"

const folder = "/health-check"
export const builtHealthCheck = `${folder}/health-check`

export function healthCheckStage(go: GoCommand): Stage {
  return {
    ...ownProgramStage(healthCheckStageName, folder, builtHealthCheck, healthCheckProgram, go),
    about:
      "compiles the program of HEALTHCHECK, from the source that ends at EOF: the image needs no shell and no curl",
  }
}

/** What the image says of it; the port is the container's PORT. */
export function healthCheckCommand(
  setting: Setting<string> | undefined,
  { variable }: PortChoice,
): string[] | undefined {
  if (!setting) return undefined
  const { value, from } = setting
  if (!/^\/[!-~]*$/.test(value)) {
    throw new UserError(`not an HTTP path: ${JSON.stringify(value)} (${from})`, {
      hint: "Write the path of a URL, such as /healthz.",
    })
  }
  if (variable === undefined) {
    throw new UserError(`a health check needs a TCP port (${from})`, {
      hint: "Give the program's port with --port.",
    })
  }
  return [healthCheckPath, value]
}
