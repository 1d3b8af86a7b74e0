/** What stands for itself after a backslash, and what by a letter. https://go.dev/ref/spec#Rune_literals */
const simple: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
}

const escape = /\\(?:x([0-9a-fA-F]{2})|([0-3][0-7]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.?))/gsu

/** A Go string in double quotes, as strconv.Unquote reads it; undefined where it is not one. */
export function unquoteGoString(text: string): string | undefined {
  let isString = /^"(?:[^"\\\n]|\\.)*"$/su.test(text)
  const bytes: Buffer[] = []
  const inside = text.slice(1, -1)
  let end = 0
  for (const match of inside.matchAll(escape)) {
    const [whole, hexadecimal, octal, short, long, letter = ""] = match
    bytes.push(Buffer.from(inside.slice(end, match.index)))
    end = match.index + whole.length
    const code = parseInt(short ?? long ?? "0", 16)
    const byte = hexadecimal !== undefined ? parseInt(hexadecimal, 16) : parseInt(octal ?? "", 8)
    if (!Number.isNaN(byte)) bytes.push(Buffer.of(byte))
    else if (letter !== "" || (short ?? long) === undefined) {
      const character = simple[letter]
      if (character === undefined) isString = false
      bytes.push(Buffer.from(character ?? ""))
    } else if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) isString = false
    else bytes.push(Buffer.from(String.fromCodePoint(code)))
  }
  bytes.push(Buffer.from(inside.slice(end)))
  return isString ? Buffer.concat(bytes).toString("utf8") : undefined
}
