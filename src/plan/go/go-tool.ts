import { tagsFlag, type GoCommand } from "./go-command.js"
import { startedBy } from "./started-by.js"
import type { Stage } from "../types.js"
import { compileFlags } from "./compile-flags.js"

/** A program that is published as a Go module. */
export interface GoTool {
  module: string
  /** `v1.2.3` */
  version: string
  /** Below the module; empty where the program is the module's root. */
  package: string
  buildTags?: readonly string[]
  /** Further flags for the linker. */
  linkerFlags?: string
}

const folder = "/tools"

/** Where a tool is, in its stage. */
export function builtTool(name: string): string {
  return `${folder}/${name}`
}

/** Compiles a tool; in a stage of its own, so that no edit of the source builds it again. */
export function goToolStage(
  stage: string,
  name: string,
  tool: GoTool,
  { from, environment, compileEnvironment, mounts, toolAccess }: GoCommand,
): Stage {
  const { module, version, buildTags, linkerFlags = "" } = tool
  return {
    name: stage,
    from,
    steps: [
      ...environment,
      ...compileEnvironment,
      { type: "working-directory", path: folder },
      {
        type: "file",
        path: `${folder}/go.mod`,
        content: `module tools\n\nrequire ${module} ${version}\n`,
        mode: 0o644,
      },
      startedBy(
        {
          type: "run",
          // Not `go install`, which puts a program for another architecture where nobody can tell before.
          args: [
            ...["go", "build", "-mod=mod", ...compileFlags],
            `-ldflags=-s -w${linkerFlags && ` ${linkerFlags}`}`,
            ...tagsFlag(buildTags),
            ...["-o", builtTool(name)],
            tool.package ? `${module}/${tool.package}` : module,
          ],
          mounts,
        },
        toolAccess,
      ),
    ],
  }
}
