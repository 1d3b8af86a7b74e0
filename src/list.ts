/** `a, b, c and 4 more`: a list that a person reads has an end. */
export function listSome(items: readonly string[], limit = 10): string {
  const shown = items.slice(0, limit).join(", ")
  const rest = items.length - limit
  return rest > 0 ? `${shown} and ${rest} more` : shown
}
