import { installPackages } from "../../cli/engine/apt.js"
import { onPath } from "../../cli/engine/command.js"

/** Tests run images with runc wherever they were built; an engine in Docker or elsewhere did not need it here. */
export async function prepareRuntime(): Promise<void> {
  if (!onPath("runc")) await installPackages(["runc"], { say: (line) => console.log(line) })
}
