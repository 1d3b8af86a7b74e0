/**
 * A regular expression with letters and digits of all scripts, as Go has them in names: `\p{L}`, `\p{Nd}` and the like, inside
 * of brackets. Node.js takes a millisecond to make such a set, and next to nothing for ASCII's, which most text is: so it is
 * made for text that needs it, and not before.
 *
 * @returns The one for a text.
 */
export function ofAllScripts(source: string, flags = ""): (text: string) => RegExp {
  let [ascii, all]: (RegExp | undefined)[] = []
  return (text) =>
    /[\u0080-\uffff]/.test(text)
      ? (all ??= new RegExp(source, `${flags}u`))
      : (ascii ??= new RegExp(source.replace(/\\p\{(\w+)\}/g, asciiOf), `${flags}u`))
}

const asciiSets = {
  L: "A-Za-z",
  Lu: "A-Z",
  M: "",
  N: "0-9",
  Nd: "0-9",
  P: "!-#%-*,-\\/:;?@\\[-\\]_\\{\\}",
  S: "$+<->\\^`|~",
}

function asciiOf(whole: string, name: string): string {
  return asciiSets[name as keyof typeof asciiSets] ?? whole
}
