import { spawn, type ChildProcess } from "node:child_process"
import { accessSync, constants } from "node:fs"
import { delimiter, join } from "node:path"

export interface CommandOptions {
  cwd?: string
  /** Added to this process's environment. */
  env?: Record<string, string>
  signal?: AbortSignal
  /** Milliseconds, after which the program is killed and CommandFailed is thrown. */
  timeout?: number
  /** For the program's standard input, which is empty else. */
  input?: string
}

/** A program ended badly or could not be started; `output` is all that it printed. */
export class CommandFailed extends Error {
  override name = "CommandFailed"
  constructor(
    readonly command: string[],
    readonly why: string,
    readonly output: string,
  ) {
    super(`${command.join(" ")}: ${why}\n${output}`.trimEnd())
  }
}

/** Runs a program to its end and returns its standard output. */
export async function run(command: string[], options: CommandOptions = {}): Promise<string> {
  const { cwd, env, signal, timeout, input } = options
  signal?.throwIfAborted()
  const [program = "", ...args] = command
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: environment(env),
      stdio: ["pipe", "pipe", "pipe"],
      timeout,
      killSignal: "SIGKILL",
    })
    // A program that does not read it has ended, which says enough.
    child.stdin.on("error", () => undefined).end(input)
    // Not spawn's own `signal`: that settles at once, while the program still runs.
    const stop = () => child.kill("SIGTERM")
    signal?.addEventListener("abort", stop, { once: true })
    let stdout = ""
    let output = ""
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text
      output += text
    })
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text))
    child.on("error", (error) => {
      signal?.removeEventListener("abort", stop)
      reject(new CommandFailed(command, error.message, output))
    })
    child.on("close", (code, killedBy) => {
      signal?.removeEventListener("abort", stop)
      if (signal?.aborted) reject(signal.reason as Error)
      else if (code === 0) resolve(stdout)
      else reject(new CommandFailed(command, ending(code, killedBy), output))
    })
  })
}

/** Like `run`, for a program whose failure is an answer too. */
export async function runs(command: string[], options: CommandOptions = {}): Promise<boolean> {
  try {
    await run(command, options)
    return true
  } catch (error) {
    if (error instanceof CommandFailed) return false
    throw error
  }
}

export function onPath(program: string): boolean {
  return (environment().PATH ?? "")
    .split(delimiter)
    .some((folder) => isExecutable(join(folder, program)))
}

/** This process's environment, in which root also finds its own programs, such as runc, as `su` may not have it. */
export function environment(added: Record<string, string> = {}): NodeJS.ProcessEnv {
  const path = [process.env.PATH ?? ""]
  if (process.getuid?.() === 0) path.push("/usr/local/sbin", "/usr/sbin", "/sbin")
  return { ...process.env, PATH: path.filter(Boolean).join(delimiter), ...added }
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

export function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

/** For people: how a program ended. */
export function ending(code: number | null, killedBy: NodeJS.Signals | null): string {
  return killedBy ? `ended by ${killedBy}` : `exit code ${code ?? "unknown"}`
}
