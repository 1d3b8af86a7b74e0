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
  const merged = new Map<string, string>()
  for (const { value } of settings) {
    const named = new Map(value.map((text) => [text.split("=", 1)[0]!.trim(), text]))
    for (const [name, text] of named) if (!merged.has(name)) merged.set(name, text)
  }
  const value = [...merged.values()]
  const used = settings.filter((each) => each.value.some((text) => value.includes(text)))
  const [first, another] = used
  if (!first || !another) return first && { ...first, value }
  const from = [...new Set(used.map((each) => each.from))].join(", ")
  const isByProject = used.some(({ byProject }) => byProject)
  const byCaller = used.filter(({ byProject }) => !byProject).flatMap((each) => each.value)
  return {
    ...{ value, from },
    ...(isByProject && { byProject: true as const }),
    ...(isByProject && byCaller.length > 0 && { byCaller }),
  }
}
