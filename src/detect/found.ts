import type { Setting } from "../settings/setting.js"
import type { Notice, Found } from "../found.js"

const mostOfOneFile = 5

/** Of many that one file gives rise to, the first ones: a file that is not what its name says gives one for each line. */
export function limitNotices(notices: readonly Notice[]): Notice[] {
  const count = new Map<string, number>()
  const kept: Notice[] = []
  for (const notice of notices) {
    const before = count.get(notice.file) ?? 0
    count.set(notice.file, before + 1)
    if (before < mostOfOneFile) kept.push(notice)
  }
  const more = [...count].filter(([, each]) => each > mostOfOneFile)
  return [
    ...kept,
    ...more.map(([file, each]) => ({ file, message: `${each - mostOfOneFile} more like these` })),
  ]
}

/** What a file says of a setting, where nobody who builds says it. */
export function asSetting<T>(found: Found<T> | undefined): Setting<T> | undefined {
  return found && { value: found.value, from: `${found.file}:${found.line}` }
}
