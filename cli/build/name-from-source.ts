import { fromSource } from "../../src/plan/tasks/module-output.js"
import { BuildFailed } from "../engine/engine.js"

/** The same failure, with files as a person finds them: the go command names them from the module on. */
export function nameFromSource<E>(error: E, module: string): E | BuildFailed {
  if (!(error instanceof BuildFailed)) return error
  const { step, output, exitCode } = error
  return new BuildFailed(step, fromSource(output, module), exitCode)
}
