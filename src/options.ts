import type { Kind } from "./settings/table/spec.js"
import type { SettingName, settingTable } from "./settings/table/table.js"

interface Values extends Record<Kind, unknown> {
  text: string
  list: string[]
  ports: string[]
  flag: boolean
}

/**
 * What a user can ask for: the Dagger constructor's arguments and the command line's options both become this. What each
 * means is in settings/table.ts.
 */
export type Options = {
  -readonly [Name in SettingName]?: Values[(typeof settingTable)[Name]["kind"]]
}
