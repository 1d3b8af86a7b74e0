import type { Facts } from "../../detect/facts.js"
import { UserError } from "../../errors.js"

/** What the compiler would say, with what may be done about it. */
export function checkMissing({ missing = [] }: Facts): void {
  const [first] = missing
  if (!first) return
  const { message, file, line, hint } = first
  const others = missing.length - 1
  const more = others > 0 ? ` (and ${others} more like it)` : ""
  throw new UserError(message + more, { place: { file, line }, hint })
}
