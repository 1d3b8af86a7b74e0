/** The known word that takes the fewest edits, where that is few enough to be what was meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const simple = (text: string) => text.toLowerCase().replace(/[^a-z]/g, "")
  const ranked = known
    .map((each) => ({ each, distance: edits(simple(word), simple(each)) }))
    .sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best && best.distance <= Math.max(1, word.length / 3) ? best.each : undefined
}

/** Letters that are another one, too many, missing, or in the place of their neighbour: `prot` is one away from `port`. */
function edits(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, i) => i)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    rows.push(row)
    for (let j = 1; j <= b.length; j++) {
      const at = (up: number, left: number) => rows[i - up]?.[j - left] ?? 0
      const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(
        Math.min(
          at(1, 0) + 1,
          at(0, 1) + 1,
          at(1, 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
          i > 1 && j > 1 && isSwapped ? at(2, 2) + 1 : Infinity,
        ),
      )
    }
  }
  return rows[a.length]?.[b.length] ?? 0
}
