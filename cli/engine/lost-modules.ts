import { BuildFailed } from "./engine.js"

/**
 * Whether a step that has no passwords had to download private modules, and could not: the step that downloaded them is in
 * the engine's cache, and the volume that they went to is not what was mounted now. BuildKit deletes volumes when space runs
 * out, and makes another one where the first is locked.
 */
export function lacksPrivateModules(error: unknown): boolean {
  if (!(error instanceof BuildFailed)) return false
  return !/go mod download/.test(error.step) && /^go: downloading \S+ v/m.test(error.output)
}
