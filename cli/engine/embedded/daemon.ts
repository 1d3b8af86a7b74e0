import { spawn } from "node:child_process"
import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
} from "node:fs"
import { createConnection } from "node:net"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { UserError } from "../../../src/errors.js"
import { LockHolder } from "../../system/lock.js"

/*
 * One daemon for all processes that use it at the same time; the first starts it, the last to leave stops it, and it
 * never outlives them, even where they are killed. Three locks, no process ids:
 *
 *   turn.lock     exclusive  a process that joins or leaves, while it does so
 *   clients.lock  shared     every process that uses the daemon, for as long as it does
 *                 exclusive  the supervisor, which gets it once the last client is gone, while it stops the daemon
 *   daemon.lock   exclusive  the supervisor, for as long as it lives
 */

export interface DaemonOptions {
  /** For messages. */
  name: string
  /** Locks, log and socket are in it. Made if missing, for the owner alone. */
  folder: string
  /** Absolute path of the Unix socket that the daemon listens on once it is ready. */
  socket: string
  /** The program and its arguments. */
  command: string[]
  /** All of its environment; it outlives the process that happens to start it, and whatever that one's is about. */
  env: NodeJS.ProcessEnv
  /** Called by the one process that starts the daemon, before it does. */
  prepare?: () => void
  /** Milliseconds that the daemon may take until it listens. */
  timeout?: number
}

export interface Membership {
  /** The end of what the daemon printed. */
  lastOutput(): string
  /** Resolves once the daemon has ended, or at once where others still use it. */
  leave(): Promise<void>
}

/** Joins the daemon that runs, or starts it. */
export async function joinDaemon(
  options: DaemonOptions,
  signal?: AbortSignal,
): Promise<Membership> {
  const { folder } = options
  makePrivate(folder)
  const holder = await LockHolder.start(["bash", "-c", member, "go-image", folder], signal)
  try {
    if (!(await listens(options.socket))) await start(options, signal)
  } catch (error) {
    await holder.end()
    throw error
  }
  holder.tell()
  let left: Promise<void> | undefined
  const leave = () => {
    holder.tell()
    return holder.end()
  }
  return { lastOutput: () => tail(logFile(folder)), leave: () => (left ??= leave()) }
}

/**
 * Holds the locks of a process that uses the daemon. Told to for the first time, it ends its turn: the process has
 * joined; for the second time, it leaves. Argument: folder.
 */
const member = `
set -e
exec 7>"$1/daemon.lock" 8>"$1/turn.lock" 9>"$1/clients.lock"
flock 8
# Waits where a supervisor is stopping the daemon of clients that were killed.
flock --shared 9
echo
read -r _ || exit 0
flock --unlock 8
read -r _ || exit 0
flock 8
flock --unlock 9
if flock --nonblock 9; then
  # Nobody joins during our turn, so the supervisor is the only one that waits for this lock.
  flock --unlock 9
  flock 7
else
  # Either there are other clients, and we share at once; or the supervisor was faster, and we wait for it to end.
  flock --shared 9
fi
`

/**
 * Ends the daemon when the last client is gone, and itself when the daemon has ended. The daemon gets a session of its
 * own, so that Ctrl-C in a terminal does not reach it, and its process group can be told to end; the supervisor's own
 * process group is itself and what it waits with. Arguments: folder, command...
 */
const supervisor = `
exec 8>"$1/daemon.lock" 9>"$1/clients.lock"
shift
flock 8
setsid "$@" 8>&- 9>&- &
daemon=$!
{
  flock 9
  kill -TERM -- "-$daemon"
  for ((i = 0; i < 200; i++)); do
    kill -0 -- "-$daemon" || break
    sleep 0.05
  done
  kill -KILL -- "-$daemon"
} 8>&- 2>/dev/null &
wait "$daemon"
kill -TERM -- "-$$"
`

async function start(options: DaemonOptions, signal?: AbortSignal): Promise<void> {
  const { folder, socket, command, timeout = 60_000 } = options
  options.prepare?.()
  keepLog(folder)
  const log = openSync(logFile(folder), "w", 0o600)
  const child = spawn("bash", ["-c", supervisor, "go-image", folder, ...command], {
    // Not the caller's folder, which would be kept busy.
    cwd: "/",
    env: options.env,
    detached: true,
    stdio: ["ignore", log, log],
  })
  closeSync(log)
  let ended = false
  child.on("error", () => (ended = true))
  child.on("exit", () => (ended = true))
  child.unref()

  const deadline = Date.now() + timeout
  while (!(await listens(socket))) {
    signal?.throwIfAborted()
    if (!ended && Date.now() < deadline) {
      await sleep(20)
      continue
    }
    const what = ended ? "ended at once" : `is not ready after ${timeout / 1000} s`
    throw new UserError(`${options.name} ${what}:\n${tail(logFile(folder))}`, {
      hint: `Its whole log is in ${logFile(folder)}`,
    })
  }
}

function logFile(folder: string): string {
  return join(folder, "daemon.log")
}

/** Why the daemon before this one ended is in its log only. */
function keepLog(folder: string): void {
  if (existsSync(logFile(folder))) renameSync(logFile(folder), `${logFile(folder)}.old`)
}

function listens(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = createConnection(socket)
    connection.on("connect", () => {
      connection.destroy()
      resolve(true)
    })
    connection.on("error", () => {
      resolve(false)
    })
  })
}

function makePrivate(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { mode, uid } = lstatSync(folder)
  // Whoever may connect to the socket is root on this machine.
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0) {
    throw new UserError(`${folder} can be used by others`, {
      hint: "Remove it; it is made again, for its owner alone.",
    })
  }
}

function tail(file: string): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-10).join("\n")
}
