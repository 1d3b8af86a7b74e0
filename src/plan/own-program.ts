import { compileFlags, type GoCommand } from "./go-command.js"
import type { Stage } from "./types.js"

/** A stage that compiles a program of ours for the image: of one file, with nothing but the standard library. */
export function ownProgramStage(
  name: string,
  folder: string,
  built: string,
  program: string,
  go: GoCommand,
): Stage {
  const { from, environment, targetEnvironment, compileEnvironment, mounts, dependencies } = go
  return {
    name,
    from,
    steps: [
      ...environment,
      ...targetEnvironment,
      ...compileEnvironment,
      ...dependencies.steps,
      { type: "working-directory", path: folder },
      { type: "file", path: `${folder}/go.mod`, content: `module ${name}\n`, mode: 0o644 },
      { type: "file", path: `${folder}/main.go`, content: program, mode: 0o644 },
      {
        type: "run",
        args: [
          ...dependencies.ownArgs,
          ...["go", "build", ...compileFlags, "-ldflags=-s -w", "-o", built, "."],
        ],
        mounts: [...mounts, ...dependencies.mounts],
      },
    ],
  }
}

/** The same for the machine that builds. */
export function ownBuildProgramStage(
  name: string,
  folder: string,
  built: string,
  program: string,
  go: GoCommand,
): Stage {
  return ownProgramStage(name, folder, built, program, { ...go, targetEnvironment: [] })
}
