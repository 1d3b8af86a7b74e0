import launcherProgram from "./launcher/main.go" with { type: "text" }
import type { GoCommand } from "../go/go-command.js"
import { ownProgramStage } from "./own-program.js"
import type { Stage } from "../types.js"

export const launcherStageName = "launcher"

const folder = "/launcher"
export const builtLauncher = `${folder}/launch`

/**
 * For images without a shell: a program that puts environment variables into its arguments and then becomes the program
 * that they name, so that `web: ./server --port $PORT` means the same on every base.
 *
 * In an argument `${NAME}` and `${NAME:-default}` are replaced; of `$[NAME]`, an expansion outside of quotes, each word
 * becomes an argument of its own; `$$` is a dollar sign, and `$''` are quotes around nothing beside such an expansion.
 */
export function launcherStage(go: GoCommand): Stage {
  return ownProgramStage(launcherStageName, folder, builtLauncher, launcherProgram, go)
}
