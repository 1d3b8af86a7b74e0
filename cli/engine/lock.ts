import { spawn, type ChildProcessByStdio } from "node:child_process"
import { once } from "node:events"
import type { Socket } from "node:net"
import type { Readable, Writable } from "node:stream"
import { text } from "node:stream/consumers"
import { InternalError } from "../../src/errors.js"

/**
 * An advisory lock on a file, as flock(2) has it: the kernel lets go of it when its holder ends, however it ends, so
 * there are no stale locks to recognise. Node has no flock; flock(1) of util-linux holds the lock for as long as its
 * standard input, a pipe from this process, stays open.
 */
export class FileLock {
  private constructor(private readonly holder: Holder) {}

  /** Waits until no one holds the file exclusively. */
  static async shared(path: string, signal?: AbortSignal): Promise<FileLock> {
    return granted(await FileLock.take(["--shared", path], signal), path)
  }

  /** Waits until no one else holds the file. */
  static async exclusive(path: string, signal?: AbortSignal): Promise<FileLock> {
    return granted(await FileLock.take(["--exclusive", path], signal), path)
  }

  /** Undefined where someone else holds the file. */
  static async tryExclusive(path: string): Promise<FileLock | undefined> {
    return FileLock.take(["--exclusive", "--nonblock", path])
  }

  async release(): Promise<void> {
    if (this.holder.exitCode !== null || this.holder.signalCode !== null) return
    hold(this.holder, "ref")
    const closed = once(this.holder, "close")
    this.holder.stdin.end()
    await closed
  }

  private static async take(args: string[], signal?: AbortSignal): Promise<FileLock | undefined> {
    signal?.throwIfAborted()
    // A session of its own: Ctrl-C in the terminal is for us, and must not take our locks away.
    const holder = spawn("flock", [...args, "cat"], {
      detached: true,
      stdio: ["pipe", "pipe", "pipe"],
    })
    const errors = text(holder.stderr)
    const stop = () => holder.kill()
    signal?.addEventListener("abort", stop, { once: true })
    try {
      // `cat` runs, and echoes, once the lock is held.
      holder.stdin.on("error", () => undefined).write("\n")
      const answer = await Promise.race([once(holder.stdout, "data"), once(holder, "close")])
      signal?.throwIfAborted()
      if (Buffer.isBuffer(answer[0])) {
        // A process that forgets to release must still be able to end, which releases.
        hold(holder, "unref")
        return new FileLock(holder)
      }
    } finally {
      signal?.removeEventListener("abort", stop)
    }
    const complaint = (await errors).trim()
    if (complaint) throw new InternalError(`flock ${args.join(" ")}: ${complaint}`)
    return undefined
  }
}

type Holder = ChildProcessByStdio<Writable, Readable, Readable>

function granted(lock: FileLock | undefined, path: string): FileLock {
  if (!lock) throw new InternalError(`the lock ${path} was not granted`)
  return lock
}

/** Whether Node waits for the holder before it exits. */
function hold(holder: Holder, how: "ref" | "unref"): void {
  holder[how]()
  // Typed as plain streams; the pipes of a child process are sockets.
  for (const pipe of [holder.stdin, holder.stdout, holder.stderr]) (pipe as Socket)[how]()
}
