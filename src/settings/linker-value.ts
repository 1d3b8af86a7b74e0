import { UserError } from "../errors.js"

/** A string variable that the linker sets. */
export interface LinkerValue {
  /** `main.version`, `example.com/app/internal/build.Commit` */
  symbol: string
  value: string
}

/** `main.version=1.2.3`; the value may hold anything, further `=` and blanks too. */
export function parseLinkerValue(text: string, from: string): LinkerValue {
  const equals = text.indexOf("=")
  const symbol = text.slice(0, Math.max(equals, 0)).trim()
  if (!/^[^\s'"=]+\.[\p{L}_][\p{L}\p{Nd}_]*$/u.test(symbol)) {
    throw new UserError(`not a linker value: ${JSON.stringify(text)} (${from})`, {
      hint: "Write package.variable=value, e.g. main.version=1.2.3 or example.com/app/build.Commit=abc.",
    })
  }
  return { symbol, value: text.slice(equals + 1) }
}

/** Of Heroku's GO_LINKER_SYMBOL and GO_LINKER_VALUE: without a value, it is the commit. https://github.com/heroku/heroku-buildpack-go */
export function linkerPair(symbol: string, value: string | undefined): string {
  return `${symbol}=${value ?? "{{.Commit}}"}`
}
