import { UserError } from "../../src/errors.js"

/** What `--output` calls it. */
export const standardOutput = "-"

/** Said before anything is built. */
export function checkStandardOutput(): void {
  if (!process.stdout.isTTY) return
  throw new UserError("the output is a terminal", {
    hint: "Pipe the archive to a program: … --output - | docker load",
  })
}
