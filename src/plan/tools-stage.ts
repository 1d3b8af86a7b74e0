import type { Migrate } from "../detect/migrate.js"
import { compileFlags } from "./go-command.js"
import type { Mount, Stage, Step } from "./types.js"

export const toolsStageName = "tools"

const folder = "/tools"
export const builtMigrate = `${folder}/migrate`
export const migratePath = "/usr/local/bin/migrate"

/** The golang-migrate command at the library's version; a stage of its own, so that no edit of the source builds it again. */
export function toolsStage(
  { module, version, drivers }: Migrate,
  image: string,
  environment: Step[],
  caches: Mount[],
): Stage {
  return {
    name: toolsStageName,
    from: { image },
    steps: [
      ...environment,
      { type: "environment", name: "GOBIN", value: folder },
      {
        type: "run",
        args: [
          "go",
          "install",
          ...compileFlags,
          `-ldflags=-s -w -X main.Version=${version}`,
          `-tags=${drivers.join(",")}`,
          `${module.value}/cmd/migrate@${version}`,
        ],
        mounts: caches,
      },
    ],
  }
}
