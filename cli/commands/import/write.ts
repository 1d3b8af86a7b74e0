import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { Options } from "../../../src/options.js"
import { parseProjectToml } from "../../../src/settings/descriptor/project-toml.js"
import { resolveSettings } from "../../../src/settings/resolve.js"
import { writeAtomically } from "../../system/atomic.js"
import { completed, projectToml, settingLines, type Target } from "../init/project-toml.js"

/** Puts settings into project.toml, where it does not have them; all else in it stays as it is. False where none are left. */
export function writeSettings(
  folder: string,
  settings: Options,
  targets: readonly Target[] = [],
): string | undefined {
  const file = join(folder, "project.toml")
  const before = existsSync(file) ? readFileSync(file, "utf8") : undefined
  const text =
    before === undefined
      ? projectToml(settings, targets)
      : completed(before, settings, targets).text
  if (text === before || settingLines(settings).length + targets.length === 0) return undefined
  // What is wrong with a value is said before the file has it.
  resolveSettings({ options: {}, environment: {} }, parseProjectToml(text))
  writeAtomically(file, text)
  return file
}
