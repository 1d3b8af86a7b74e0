import { createReadStream } from "node:fs"
import { pipeline } from "node:stream/promises"
import { UserError } from "../../src/errors.js"

export async function copyToStandardOutput(file: string): Promise<void> {
  try {
    await pipeline(createReadStream(file), process.stdout, { end: false })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error
    throw new UserError("the program that reads the archive ended before the end of the archive")
  }
}
