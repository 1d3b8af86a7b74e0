import type { Kodata } from "../../../src/detect/assets/kodata.js"
import type { Options } from "../../../src/options.js"
import type { Settings } from "../../../src/settings/resolve.js"
import type { SettingName } from "../../../src/settings/table.js"
import { foundOption, type FoundOption } from "./found.js"
import { importOptions } from "./options.js"

/** Further settings that a key is, besides the one of its row. */
const further: Readonly<Record<string, readonly SettingName[]>> = {
  env: ["cgo"],
  defaultEnv: ["cgo"],
  ldflags: ["staticLink"],
  defaultLdflags: ["staticLink"],
}

/**
 * The keys of .ko.yaml. What they come to is what detection made of the file.
 *
 * @param settings As detection has them: those that the file says have it as their place.
 */
export function importKo(text: string, file: string, settings: Settings): FoundOption[] {
  const known = new Set(importOptions.ko.map(({ option }) => option))
  const written = new Set<SettingName>()
  const take = (names: readonly (SettingName | undefined)[]): Options => {
    const found = names.flatMap((name) => {
      const setting = name && !written.has(name) ? settings[name] : undefined
      if (name === undefined || !setting?.from.startsWith(`${file}:`)) return []
      written.add(name)
      return [[name, setting.value] as const]
    })
    return Object.fromEntries(found)
  }
  return text.split(/\r?\n/).flatMap((line, index) => {
    const [, key = "", value = ""] = /^\s*(?:-\s+)?(\w+)\s*:\s*(.*)$/.exec(line) ?? []
    if (!known.has(key)) return []
    const place = { file, line: index + 1, value: value.replace(/\s+#.*$/, "") }
    const row = importOptions.ko.find(({ option }) => option === key)
    return [foundOption("ko", key, place, take([row?.setting, ...(further[key] ?? [])]))]
  })
}

export function importKodata(kodata: Kodata | undefined): FoundOption[] {
  return (kodata?.folders ?? []).map((file) =>
    foundOption("ko", "kodata", { file, line: 1, value: "" }),
  )
}
