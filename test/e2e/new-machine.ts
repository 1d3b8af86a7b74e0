import { mkdirSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { cacheFolder } from "../../cli/system/folders.js"

/** @returns What a build on a machine has in its environment that has never built anything; its state is below `folder`. */
export function newMachine(folder: string, name: string): Record<string, string> {
  const cache = join(folder, name)
  mkdirSync(join(cache, "go-image"), { recursive: true })
  for (const each of ["tools", "bases"]) {
    symlinkSync(join(cacheFolder(), each), join(cache, "go-image", each))
  }
  return { XDG_CACHE_HOME: cache }
}
