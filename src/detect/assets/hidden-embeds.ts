import type { ProjectDescriptor } from "../../settings/descriptor/descriptor.js"
import { anywhere } from "./hidden.js"

/** Patterns as engines have them: all but what is included, or what is excluded; the descriptor's are those of .gitignore. */
export function toExclusions({ include, exclude }: ProjectDescriptor): string[] {
  if (include) return ["**", ...include.map((pattern) => `!${anywhere(pattern)}`)]
  return (exclude ?? []).map(anywhere)
}
