/** Why nobody was reached. */
export function networkReason(error: unknown): string {
  // One for each address that the name has.
  const [first = error] = error instanceof AggregateError ? (error.errors as unknown[]) : []
  const { message, name } = first as Error
  return message || name
}
