import type { GoCommand } from "../go/go-command.js"
import type { Stage, Step } from "../types.js"
import { compileFlags } from "../go/compile-flags.js"

/** A stage that compiles a program of ours for the image, with nothing but the standard library. */
export function ownProgramStage(
  name: string,
  folder: string,
  built: string,
  program: string | Readonly<Record<string, string>>,
  go: GoCommand,
): Stage {
  const files = typeof program === "string" ? { "main.go": program } : program
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
      ...Object.entries(files).map(([file, content]): Step => ({
        type: "file",
        path: `${folder}/${file}`,
        content,
        mode: 0o644,
      })),
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
  program: string | Readonly<Record<string, string>>,
  go: GoCommand,
): Stage {
  return ownProgramStage(name, folder, built, program, { ...go, targetEnvironment: [] })
}
