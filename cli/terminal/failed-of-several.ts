/** Of several targets or modules, one after the other: which one failed, and which ones would come after it. */
export function tellFailed(
  what: "module" | "target" | "checks of target",
  names: readonly string[],
  failed: number,
  say: (line: string) => void,
): void {
  if (names.length < 2) return
  const rest = names.slice(failed + 1)
  const then = rest.length > 0 ? `; not started: ${rest.join(", ")}` : ""
  say(`${what} ${names[failed]} failed${then}`)
}
