/** `MIT OR Apache-2.0`, as far as its words go. https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/ */
export function isExpression(text: string): boolean {
  return /^\(*[A-Za-z0-9][\w.+:-]*\)*(?: (?:AND|OR|WITH) \(*[A-Za-z0-9][\w.+:-]*\)*)*$/.test(text)
}
