import { UserError } from "../../errors.js"
import type { LinkerValue } from "../../settings/linker-value.js"

/** The value of -ldflags: no symbol table and debug information, and the variables that are set. */
export function linkerFlags(values: readonly LinkerValue[], further = ""): string {
  return [
    "-s",
    "-w",
    ...(further ? [further] : []),
    ...values.flatMap(({ symbol, value }) => ["-X", quote(`${symbol}=${value}`)]),
  ].join(" ")
}

/** The go command splits -ldflags at blanks; a field is taken as a whole in quotes of one kind, in which nothing is escaped. */
function quote(field: string): string {
  if (!/[\s'"]/.test(field)) return field
  if (!field.includes("'")) return `'${field}'`
  if (!field.includes('"')) return `"${field}"`
  // Quotes count only at a field's start, which is the symbol's.
  if (!/\s/.test(field)) return field
  throw new UserError(
    `a linker value with spaces and both kinds of quotes: ${field} (--linker-values)`,
    {
      hint: "The go command cannot read that in -ldflags. Use only one kind of quotes.",
    },
  )
}
