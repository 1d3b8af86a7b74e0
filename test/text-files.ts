import { readFileSync } from "node:fs"
import type { Plugin } from "vitest/config"

/** `import text from "./main.go" with { type: "text" }`, as Bun and esbuild read it: programs of src/plan/programs. */
export const textFiles: Plugin = {
  name: "text-files",
  enforce: "pre",
  load(id) {
    if (!/\.(?:go|sh)$/.test(id)) return undefined
    return `export default ${JSON.stringify(readFileSync(id, "utf8"))}`
  },
}
