import { spawn, type ChildProcessByStdio } from "node:child_process"
import { once } from "node:events"
import type { Socket } from "node:net"
import type { Readable, Writable } from "node:stream"
import { text } from "node:stream/consumers"
import { SetupError } from "../errors.js"
import { hasEnded } from "./command.js"

/** Milliseconds that somebody may wait without being told why. */
const silence = 1_000

export interface LockOptions {
  signal?: AbortSignal
  /** Called once, where someone else holds it for more than a moment. */
  onWait?: () => void
}

/**
 * An advisory lock on a file, as flock(2) has it: the kernel lets go of it when its holder ends, however it ends, so
 * there are no stale locks to recognise.
 */
export class FileLock {
  private constructor(private readonly holder: LockHolder) {}

  /** Waits until no one else holds the file. */
  static async exclusive(
    path: string,
    { signal, onWait = () => undefined }: LockOptions = {},
  ): Promise<FileLock> {
    const command = ["flock", "--exclusive", path, "sh", "-c", "echo; read -r _"]
    const timer = setTimeout(onWait, silence)
    try {
      return new FileLock(await LockHolder.start(command, signal))
    } finally {
      clearTimeout(timer)
    }
  }

  release(): Promise<void> {
    return this.holder.end()
  }
}

/**
 * Node has no flock: a child process holds locks instead, and ends, which releases them, where its standard input does,
 * a pipe from this process. The child prints a line when it has its locks.
 */
export class LockHolder {
  private constructor(private readonly child: Child) {}

  static async start(command: string[], signal?: AbortSignal): Promise<LockHolder> {
    signal?.throwIfAborted()
    const [program = "", ...args] = command
    // A session of its own: Ctrl-C in the terminal is for us, and must not take our locks away.
    const child = spawn(program, args, { detached: true, stdio: ["pipe", "pipe", "pipe"] })
    const errors = text(child.stderr)
    // With those that it waits for.
    const stop = () => child.pid !== undefined && !hasEnded(child) && process.kill(-child.pid)
    signal?.addEventListener("abort", stop, { once: true })
    try {
      child.stdin.on("error", () => undefined)
      const answer = await Promise.race([once(child.stdout, "data"), once(child, "close")])
      signal?.throwIfAborted()
      if (!Buffer.isBuffer(answer[0])) {
        const [first = ""] = (await errors).trim().split("\n")
        throw new SetupError(`a lock is not available: ${first || command.join(" ")}`, {
          hint: "Locks are in the cache ($XDG_CACHE_HOME/go-image) and in /run/go-image.",
        })
      }
    } finally {
      signal?.removeEventListener("abort", stop)
    }
    // A process that forgets to release must still be able to end, which releases.
    setWaiting(child, "unref")
    return new LockHolder(child)
  }

  /** What it waits for before its next step. */
  tell(): void {
    this.child.stdin.write("\n")
  }

  /** Resolves when it has ended, and so released all that it held: after its next steps, where it was told of any. */
  async end(): Promise<void> {
    if (hasEnded(this.child)) return
    setWaiting(this.child, "ref")
    const closed = once(this.child, "close")
    this.child.stdin.end()
    await closed
  }
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>

/** Whether Node waits for the child before it exits. */
function setWaiting(child: Child, how: "ref" | "unref"): void {
  child[how]()
  // Typed as plain streams; the pipes of a child process are sockets.
  for (const pipe of [child.stdin, child.stdout, child.stderr]) (pipe as Socket)[how]()
}
