import { inFolder, moduleFolders } from "../../detect/modules/modules.js"
import { UserError } from "../../errors.js"
import { matchPatterns } from "../../patterns/patterns.js"

/** Folders of those modules that --modules selects; of all without it. */
export function selectModules(
  files: readonly string[],
  patterns: readonly string[],
): readonly string[] {
  const folders = moduleFolders(files)
  if (patterns.length === 0) return folders.length > 0 ? folders : [""]
  const selects = matchPatterns(patterns.map((each) => (each === "." ? "go.mod" : each)))
  const selected = folders.filter((folder) => selects(inFolder(folder, "go.mod")))
  if (selected.length > 0) return selected
  throw new UserError(`no module is selected by ${patterns.join(", ")} (--modules)`, {
    hint: `The source has: ${folders.map((each) => each || ".").join(", ") || "no go.mod"}`,
  })
}
