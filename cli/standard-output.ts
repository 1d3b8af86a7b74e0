import { createReadStream } from "node:fs"
import { pipeline } from "node:stream/promises"
import { UserError } from "../src/errors.js"

/** What `--output` calls it. */
export const standardOutput = "-"

/** Said before anything is built. */
export function checkStandardOutput(): void {
  if (!process.stdout.isTTY) return
  throw new UserError("the output is a terminal", {
    hint: "Send the archive on: … --output - | docker load",
  })
}

export async function copyToStandardOutput(file: string): Promise<void> {
  try {
    await pipeline(createReadStream(file), process.stdout, { end: false })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error
    throw new UserError("the program that reads the archive ended before it had all of it")
  }
}
