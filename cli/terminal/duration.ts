const seconds = { s: 1, m: 60, h: 3600 } as const

/** `90s`, `20m`, `1h30m`, as Go has them, or a number of seconds; undefined where it is none of these. */
export function parseDuration(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text)
  if (!/^(?:\d+[smh])+$/.test(text)) return undefined
  return [...text.matchAll(/(\d+)([smh])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * seconds[unit as keyof typeof seconds],
    0,
  )
}
