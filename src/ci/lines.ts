/** Lines of a file; what is false or undefined is left out. */
export type Lines = readonly (string | false | undefined | Lines)[]

export function flat(lines: Lines): string[] {
  return lines.flatMap((each) => {
    if (each === false || each === undefined) return []
    return typeof each === "string" ? each.split("\n") : flat(each)
  })
}

export function indent(width: number, lines: Lines): string[] {
  return flat(lines).map((line) => (line === "" ? "" : " ".repeat(width) + line))
}

export function text(...lines: Lines): string {
  return `${flat(lines).join("\n")}\n`
}

/** Sentences as comments, each line no longer than a screen is wide. */
export function comment(sentences: string, mark = "#"): string[] {
  const lines: string[] = []
  for (const word of sentences.split(" ")) {
    const last = lines.at(-1)
    if (last === undefined || last.length + 1 + word.length > 118) lines.push(`${mark} ${word}`)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}

/** Commands as items of a list; one of several lines stays one item. */
export function items(commands: readonly string[]): string[] {
  return commands.flatMap((each) =>
    each.includes("\n") ? ["- |", ...indent(2, [each])] : [`- ${scalar(each)}`],
  )
}

/** `NAME: value` of each. */
export function variables(given: Readonly<Record<string, string>>): string[] {
  return Object.entries(given).map(([name, value]) => `${name}: ${scalar(value)}`)
}

/** As YAML has it outside of brackets: plain where that is read as the same text again. */
export function scalar(value: string): string {
  const isPlain =
    /^[\w$./(][ -~]*$/.test(value) &&
    !/: |:$| #| $|^(?:true|false|null|yes|no|on|off|y|n|~|[\d.+-][\d.e_:+-]*|0[xo][\da-f]+)$/i.test(
      value,
    )
  return isPlain ? value : JSON.stringify(value)
}
