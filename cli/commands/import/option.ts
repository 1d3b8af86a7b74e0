import type { SettingName } from "../../../src/settings/table/table.js"

/** What becomes of an option: a setting has it; it happens by itself; or it has no effect. */
export type Status = "setting" | "automatic" | "not supported"

export interface ImportOption {
  option: string
  status: Status
  /** Of project.toml, where there is one for it. */
  setting?: SettingName
  /** One sentence, without a full stop. */
  meaning: string
}

export const setting = (option: string, name: SettingName, meaning: string): ImportOption => ({
  ...{ option, status: "setting", setting: name, meaning },
})
export const automatic = (option: string, meaning: string, name?: SettingName): ImportOption => ({
  ...{ option, status: "automatic", meaning },
  ...(name && { setting: name }),
})
export const unsupported = (option: string, meaning: string, name?: SettingName): ImportOption => ({
  ...{ option, status: "not supported", meaning },
  ...(name && { setting: name }),
})
