import type { Options } from "../../../src/options.js"
import type { ImportOption } from "./option.js"
import { findOption, type System } from "./options.js"

/** An option of another system, where it stands. */
export interface FoundOption extends ImportOption {
  system: System
  file: string
  line: number
  /** As it is written there. */
  value: string
  /** What goes into project.toml for it; none where it is in effect already, or has no effect. */
  writes?: Options
  /** Of project.toml, that get it. */
  targets?: string[]
}

export function foundOption(
  system: System,
  option: string,
  place: { file: string; line: number; value: string },
  writes?: Options,
): FoundOption {
  const hasOne = Object.values(writes ?? {}).some(
    (value) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  )
  return { system, ...findOption(system, option), ...place, ...(hasOne && { writes }) }
}
