import type { SettingName } from "./table/table.js"
import type { Setting } from "./setting.js"

/** Lists of `NAME=value` that several places add to, where of other lists one place says all of it. */
export const namedSettings = [
  "linkerValues",
  "label",
  "annotation",
  "environment",
] as const satisfies readonly SettingName[]

/** Of a name that is in several places, the first place counts; in one place, the last. */
export function mergeNamed(settings: readonly Setting<string[]>[]): Setting<string[]> | undefined {
  const merged = new Map<string, { text: string; setting: Setting<string[]> }>()
  for (const setting of settings) {
    const named = new Map(setting.value.map((text) => [text.split("=", 1)[0]!.trim(), text]))
    for (const [name, text] of named) if (!merged.has(name)) merged.set(name, { text, setting })
  }
  const value = [...merged.values()].map(({ text }) => text)
  const used = [...new Set([...merged.values()].map(({ setting }) => setting))]
  const [first, another] = used
  if (!first || !another) return first && { ...first, value }
  const from = [...new Set(used.map((each) => each.from))].join(", ")
  const isByProject = used.some(({ byProject }) => byProject)
  // One of them may be merged already.
  const byCaller = used.flatMap((each) => each.byCaller ?? (each.byProject ? [] : each.value))
  return {
    ...{ value, from },
    ...(isByProject && { byProject: true as const }),
    ...(isByProject && byCaller.length > 0 && { byCaller }),
  }
}
