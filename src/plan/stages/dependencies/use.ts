import content from "./use-dependencies.sh" with { type: "text" }
import type { Step } from "../../types.js"

const usePath = "/use-dependencies.sh"

export const useScript: Step = { type: "file", path: usePath, content, mode: 0o755 }

/**
 * @param what Of programs that have no module of the project's, packages.
 * @param tags The flag for build tags, where there is one.
 */
export function useDependencies(
  what: "all" | "packages",
  [tags = ""]: readonly string[] = [],
): string[] {
  return ["/bin/sh", usePath, what, tags]
}
