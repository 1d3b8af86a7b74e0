import { installPackages } from "../../cli/system/apt.js"
import { onPath } from "../../cli/system/command.js"
import { slirp } from "../../cli/run/network.js"

/** Tests run images with runc wherever they were built; an engine in Docker or elsewhere did not need it here. */
export async function prepareRuntime(): Promise<void> {
  const missing = ["runc", slirp].filter((program) => !onPath(program))
  if (missing.length > 0) await installPackages(missing, { say: (line) => console.log(line) })
}
