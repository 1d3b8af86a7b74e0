import { execFile } from "node:child_process"

/** What Git printed, or why it failed. */
export interface GitOutput {
  output: string
  failed?: string
}

export const notInstalled = "not installed"

/** A repository's own configuration may name a program for these, which whoever builds it did not ask to run. */
export const safeGit = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"]

/** For reading only: not even the index is refreshed. */
export function runGit(folder: string, args: readonly string[]): Promise<GitOutput> {
  const env = { ...process.env, LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0" }
  return new Promise((resolve) => {
    execFile(
      "git",
      [...safeGit, ...args],
      { cwd: folder, env, maxBuffer: 1 << 30 },
      (error, output, messages) => {
        const code = (error as NodeJS.ErrnoException | null)?.code
        if (!error) resolve({ output })
        else if (code === "ENOENT") resolve({ output, failed: notInstalled })
        else resolve({ output, failed: messages.trim() || error.message })
      },
    )
  })
}
