import type { Migrate } from "../detect/migrate.js"
import { compileFlags } from "./go-command.js"
import type { Base, Mount, Stage, Step } from "./types.js"

export const toolsStageName = "tools"

const folder = "/tools"
export const builtMigrate = `${folder}/migrate`
export const migratePath = "/usr/local/bin/migrate"

/** The golang-migrate command at the library's version; a stage of its own, so that no edit of the source builds it again. */
export function toolsStage(
  { module, version, drivers }: Migrate,
  from: Base,
  environment: Step[],
  caches: Mount[],
): Stage {
  return {
    name: toolsStageName,
    from,
    steps: [
      ...environment,
      { type: "working-directory", path: folder },
      {
        type: "file",
        path: `${folder}/go.mod`,
        content: `module tools\n\nrequire ${module.value} ${version}\n`,
        mode: 0o644,
      },
      {
        type: "run",
        // Not `go install`, which puts a program for another architecture where nobody can tell before.
        args: [
          "go",
          "build",
          "-mod=mod",
          ...compileFlags,
          `-ldflags=-s -w -X main.Version=${version}`,
          `-tags=${drivers.join(",")}`,
          "-o",
          builtMigrate,
          `${module.value}/cmd/migrate`,
        ],
        mounts: caches,
      },
    ],
  }
}
