import { execFile } from "node:child_process"

/** What Git printed, or why it failed. */
export interface GitOutput {
  output: Buffer
  /** What Git said of it on standard error. */
  failed?: string
  /** Exit status; undefined where Git did not run, or was ended. */
  status?: number
}

export const notInstalled = "not installed"

/** A repository's own configuration may name a program for these, which whoever builds it did not ask to run. */
const safeGit = ["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"]

/**
 * For reading only: not even the index is refreshed.
 *
 * @param input For its standard input.
 */
export function runGit(folder: string, args: readonly string[], input = ""): Promise<GitOutput> {
  const env = { ...process.env, LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0" }
  return new Promise((resolve) => {
    const git = execFile(
      "git",
      [...safeGit, ...args],
      { cwd: folder, env, maxBuffer: 1 << 30, encoding: "buffer" },
      (error, output, messages) => {
        if (!error) {
          resolve({ output, status: 0 })
          return
        }
        const { code } = error as { code?: string | number | null }
        if (typeof code === "number") {
          resolve({ output, failed: messages.toString("utf8").trim(), status: code })
        } else resolve({ output, failed: code === "ENOENT" ? notInstalled : error.message })
      },
    )
    // Git may end before it has read all of it: its exit status tells.
    git.stdin?.on("error", () => undefined).end(input)
  })
}
