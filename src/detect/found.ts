import type { Setting } from "../settings/resolve.js"
/** A value and the line of the project that it was read from. */
export interface Found<T> {
  value: T
  file: string
  line: number
}

/** Something a person should know, that does not stop the build. */
export interface Notice {
  file: string
  line?: number
  message: string
  /** All that it is about, where it names the first of them alone. */
  files?: readonly string[]
}

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
