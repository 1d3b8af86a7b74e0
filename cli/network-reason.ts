/** Why `fetch` reached nobody: its own message is always the same. */
export function networkReason(error: unknown): string {
  const { cause, message } = error as Error
  return cause instanceof Error ? cause.message || cause.name : message
}
