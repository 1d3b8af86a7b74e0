import { spawn } from "node:child_process"
import { once } from "node:events"
import type { Plan } from "../src/plan/types.js"
import type { Output } from "./engine/engine.js"
import { ProgramFailed } from "./exit.js"
import { readImage } from "./image/image.js"
import { runImage } from "./run/container.js"
import { freePort, waitForHttp } from "./run/http.js"
import type { Terminal } from "./terminal.js"

/** A started program, however it was started. */
interface Running {
  exited: Promise<number>
  stop: () => Promise<number>
}

/** `--run`: starts the image, shows what it answers over HTTP, and stops it; in a terminal, on Ctrl-C. */
export async function runOnce(
  output: Output,
  plan: Plan,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const port = plan.image.ports.length > 0 ? await freePort() : undefined
  const running = await start(output, port, signal)
  if (port === undefined) return report(await running.exited, terminal, signal)
  const url = `http://127.0.0.1:${port}/`
  terminal.say(`started, with PORT=${port}; asking ${url}`)
  const answered = await Promise.race([
    waitForHttp(url, running).catch((error: unknown) => error as Error),
    running.exited,
  ])
  if (typeof answered === "number") return report(answered, terminal, signal)
  if (answered instanceof Error) {
    await running.stop()
    throw answered
  }
  terminal.say(`${answered.status} ${answered.statusText}`)
  process.stdout.write(`${(await answered.text()).slice(0, 4000).trimEnd()}\n`)
  if (!process.stdout.isTTY) {
    await running.stop()
    terminal.say("stopped")
    return
  }
  terminal.say(`running at ${url} until Ctrl-C`)
  const code = await running.exited
  // Here Ctrl-C is how it ends.
  if (!signal.aborted) report(code, terminal, signal)
}

function report(code: number, terminal: Terminal, signal: AbortSignal): void {
  signal.throwIfAborted()
  if (code !== 0) throw new ProgramFailed(code)
  terminal.say("the program ended with exit code 0")
}

async function start(
  output: Output,
  port: number | undefined,
  signal: AbortSignal,
): Promise<Running> {
  if (output.type === "load") return startWithDocker(output.tags[0] ?? "", port, signal)
  if (output.type !== "oci")
    throw new Error(`an image that was written as ${output.type} is not run`)
  return runImage({
    image: await readImage(output.path),
    env: port === undefined ? {} : { PORT: String(port) },
    onOutput: (chunk, stream) => process[stream].write(chunk),
    signal,
  })
}

function startWithDocker(image: string, port: number | undefined, signal: AbortSignal): Running {
  const publish =
    port === undefined ? [] : ["--publish", `127.0.0.1:${port}:${port}`, "--env", `PORT=${port}`]
  // --init passes SIGTERM on, so that stopping the client stops the container.
  const child = spawn("docker", ["run", "--rm", "--init", ...publish, image], {
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
  })
  const exited = once(child, "close").then(([code]) => (code as number | null) ?? 137)
  const stop = () => {
    child.kill("SIGTERM")
    return exited
  }
  signal.addEventListener("abort", () => void stop())
  return { exited, stop }
}
