/** `2025-03-01T09:30:00Z`, of seconds since 1970. */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z")
}
