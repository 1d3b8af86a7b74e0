import { UserError } from "../../errors.js"

/** Go takes what starts with a dash for a flag wherever it stands. */
export function packagePattern(pattern: string): string {
  if (pattern !== "" && !pattern.startsWith("-") && !/[\0\n\r]/.test(pattern)) return pattern
  throw new UserError(`not a package pattern: ${JSON.stringify(pattern)} (--packages)`, {
    hint: "Write it as for the go command: ./..., ./internal/store.",
  })
}
