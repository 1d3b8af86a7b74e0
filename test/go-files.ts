import { readFileSync } from "node:fs"
import type { Plugin } from "vitest/config"

/** `import text from "./main.go" with { type: "text" }`, as Bun and esbuild read it: programs of src/plan/programs. */
export const goFiles: Plugin = {
  name: "go-files",
  enforce: "pre",
  load(id) {
    if (id.endsWith(".go")) return `export default ${JSON.stringify(readFileSync(id, "utf8"))}`
    return undefined
  },
}
