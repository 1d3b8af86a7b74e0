import { goName } from "./main-packages.js"

/** What a program is called where nobody says otherwise: what `go build` calls it, without gopkg.in's version. */
export function defaultName(importPath: string): string {
  const name = goName(importPath)
  const plain = /^gopkg\.in\/[^/]+(?:\/[^/]+)?$/.test(importPath)
    ? name.replace(/\.v\d+$/, "")
    : name
  return safeName.test(plain) ? plain : fallback
}

export const safeName = /^[A-Za-z0-9_][A-Za-z0-9_.~+-]*$/

export const fallback = "app"
