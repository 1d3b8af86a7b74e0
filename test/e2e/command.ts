import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"

/** The checkout that is tested. */
export const root = fileURLToPath(new URL("../../", import.meta.url))

export interface Finished {
  code: number | null
  stdout: string
  stderr: string
}

export interface CommandOptions {
  cwd?: string
  env?: Record<string, string>
  /** Called with what the program has written to stderr so far; `kill` signals it as a terminal would. */
  onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void
}

/** Runs a program to its end. A program that cannot be started is an error; one that fails is not. */
export function run(
  [command = "", ...args]: readonly string[],
  { cwd = root, env = {}, onStderr }: CommandOptions = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      // A process group of its own, for signals that go to all of it.
      detached: true,
    })
    let stdout = ""
    let stderr = ""
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text))
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text
      onStderr?.(stderr, (signal) => process.kill(-child.pid!, signal))
    })
    child.once("error", reject)
    child.once("close", (code) => resolve({ code, stdout, stderr }))
  })
}

/** The command line exactly as a user types it. */
export function script(args: readonly string[], options?: CommandOptions): Promise<Finished> {
  return run(["bash", `${root}script/build`, ...args], options)
}
