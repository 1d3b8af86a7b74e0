import type { Migrate } from "../../detect/project/migrate.js"
import type { GoCommand } from "../go/go-command.js"
import { builtTool, goToolStage } from "../go/go-tool.js"
import type { Stage } from "../types.js"

export const toolsStageName = "tools"

export const builtMigrate = builtTool("migrate")
export const migratePath = "/usr/local/bin/migrate"

/** The golang-migrate command at the library's version, with the drivers that the project uses. */
export function toolsStage({ module, version, drivers }: Migrate, go: GoCommand): Stage {
  const { environment, targetEnvironment } = go
  const tool = {
    module: module.value,
    version,
    package: "cmd/migrate",
    buildTags: drivers,
    linkerFlags: `-X main.Version=${version}`,
  }
  return goToolStage(toolsStageName, "migrate", tool, {
    ...go,
    environment: [...environment, ...targetEnvironment],
  })
}
