import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { Options } from "../../../src/options.js"
import { parseProjectToml } from "../../../src/settings/descriptor/project-toml.js"
import { resolveSettings } from "../../../src/settings/resolve.js"
import { writeAtomically } from "../../system/atomic.js"
import { projectToml, settingLines, targetLines, type Target } from "../init/project-toml.js"

/** Puts settings into project.toml, where it does not have them; all else in it stays as it is. False where none are left. */
export function writeSettings(
  folder: string,
  settings: Options,
  targets: readonly Target[] = [],
): string | undefined {
  const lines = settingLines(settings)
  if (lines.length + targets.length === 0) return undefined
  const file = join(folder, "project.toml")
  const text = existsSync(file)
    ? [withLines(readFileSync(file, "utf8"), lines).trimEnd(), ...targetLines(targets), ""].join(
        "\n",
      )
    : projectToml(settings, targets)
  // What is wrong with a value is said before the file has it.
  resolveSettings({ options: {}, environment: {} }, parseProjectToml(text))
  writeAtomically(file, text)
  return file
}

function withLines(text: string, lines: readonly string[]): string {
  if (lines.length === 0) return text
  const all = text.split("\n")
  const table = all.findIndex((line) => /^\s*\[\s*go-image\s*\]/.test(line))
  if (table >= 0) return [...all.slice(0, table + 1), ...lines, ...all.slice(table + 1)].join("\n")
  // A table may stand before the tables that are in it, and not among them.
  const target = all.findIndex((line) => /^\s*\[\[?\s*go-image\./.test(line))
  const added = ["[go-image]", ...lines, ""]
  if (target >= 0) return [...all.slice(0, target), ...added, ...all.slice(target)].join("\n")
  return `${text.replace(/\n*$/, text.trim() === "" ? "" : "\n\n")}${added.join("\n")}`
}
