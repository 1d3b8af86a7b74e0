import { spawn } from "node:child_process"
import { environment } from "../cli/system/command.js"
import { childrenSeconds, residentBytes, totalSeconds } from "./processes.js"

export interface Command {
  args: string[]
  cwd: string
  env?: Record<string, string>
}

export interface Measured {
  seconds: number
  /** Of the commands and of the engine's daemon, with what they started. */
  cpuSeconds: number
  /** The most that the commands, the daemon and its steps had in memory at any time. */
  peakBytes: number
  /** Until the first line of output; undefined where there was none. */
  firstLineSeconds?: number
  output: string
}

/** How often memory is looked at: often enough for a compiler, and seldom enough to cost next to nothing. */
const sampleMilliseconds = 100

/** Runs commands one after the other, as one measurement. A daemon's share is counted where there is one. */
export async function measure(commands: readonly Command[], daemon?: number): Promise<Measured> {
  const cpu = () => childrenSeconds() + (daemon === undefined ? 0 : totalSeconds(daemon))
  const cpuBefore = cpu()
  const start = performance.now()
  const result: Measured = { seconds: 0, cpuSeconds: 0, peakBytes: 0, output: "" }
  for (const command of commands) await runOne(command, start, result, daemon)
  result.seconds = (performance.now() - start) / 1000
  result.cpuSeconds = cpu() - cpuBefore
  return result
}

function runOne(
  { args: [program = "", ...args], cwd, env }: Command,
  start: number,
  result: Measured,
  daemon: number | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...environment(), ...env },
      stdio: ["ignore", "pipe", "pipe"],
    })
    const roots = [child.pid, daemon].filter((pid) => pid !== undefined)
    const sample = () => {
      result.peakBytes = Math.max(result.peakBytes, residentBytes(roots))
    }
    const timer = setInterval(sample, sampleMilliseconds)
    const onText = (text: string) => {
      if (text.trim()) result.firstLineSeconds ??= (performance.now() - start) / 1000
      result.output += text
    }
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", onText)
    child.on("error", (error) => {
      clearInterval(timer)
      reject(error)
    })
    child.on("close", (code, signal) => {
      clearInterval(timer)
      if (code === 0) resolve()
      else reject(new CommandEnded([program, ...args], code ?? signal ?? "?", result.output))
    })
  })
}

class CommandEnded extends Error {
  constructor([program, ...args]: readonly string[], how: number | string, output: string) {
    const lines = output.trimEnd().split("\n")
    const details = [[program, ...args].join(" "), ...lines.slice(-15)]
    super(`${program} ended with ${how}: ${lines.at(-1)}\n${details.join("\n")}`)
  }
}
