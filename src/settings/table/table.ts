import { accessSettings } from "./access-settings.js"
import { buildSettings } from "./build-settings.js"
import { imageSettings } from "./image-settings.js"
import type { SettingSpec } from "./spec.js"

/**
 * Every setting, once: the command line's options, project.toml's keys, and, written by `bash script/readme`, the arguments of
 * the module's constructor, the README's table and the text of --help. A new setting is a row in one of these, and that command.
 */
export const settingTable = {
  ...buildSettings,
  ...imageSettings,
  ...accessSettings,
} as const satisfies Record<string, SettingSpec>

export type SettingName = keyof typeof settingTable

export const settingNames = Object.keys(settingTable) as SettingName[]

/** `goVersion` is `go-version` on the command line and in project.toml. */
export function toKebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
