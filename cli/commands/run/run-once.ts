import { setTimeout } from "node:timers/promises"
import { isTcp, portNumber } from "../../../src/settings/ports.js"
import type { DockerfileVariable } from "../../../src/detect/dockerfile/dockerfile.js"
import type { Plan } from "../../../src/plan/types.js"
import { ProgramFailed } from "../../command-line/exit.js"
import { NothingListens, waitForListener, waitForUdp } from "../../run/answer.js"
import type { BuiltImage } from "../../run/built-image.js"
import { runImage } from "../../run/container.js"
import { runWithDocker } from "../../run/docker.js"
import { EndedBefore, NoAnswer } from "../../run/http.js"
import { installNetwork, slirp } from "../../run/network.js"
import type { RunAbout } from "./about.js"
import { LastOutput, nextStep } from "./next-step.js"
import { showAnswers, tellListening, type Fault, type Running } from "./show-answers.js"
import type { Terminal } from "../../terminal/terminal.js"

/** `--run`: starts the image, shows what it answers over HTTP, and stops it; in a terminal, on Ctrl-C. */
export async function runOnce(
  built: BuiltImage,
  plan: Plan,
  about: RunAbout,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const output = new LastOutput()
  const has = new Set(plan.image.environment.map(({ name }) => name))
  const missing = (about.variables ?? []).filter(({ value }) => !has.has(value))
  try {
    const tellFault = ({ status, text }: Fault) => {
      const next = nextStep(`${output.text}\n${text}`, about)
      terminal.warn([`it answers ${status}`, next].filter(Boolean).join("\n"))
    }
    await runAndAsk(built, plan, { output, tellFault, missing }, terminal, signal)
  } catch (error) {
    if (signal.aborted || !isProgramsFault(error)) throw error
    const next = nextStep(output.text, about)
    throw new ProgramFailed([error.message, next].filter(Boolean).join("\n"))
  }
}

interface Told {
  output: LastOutput
  tellFault: (fault: Fault) => void
  /** Of the environment that the image of its Dockerfile has. */
  missing: readonly DockerfileVariable[]
}

/** Nothing is wrong with what was asked, or with this machine. */
function isProgramsFault(error: unknown): error is Error {
  return [ProgramFailed, NothingListens, NoAnswer, EndedBefore].some(
    (kind) => error instanceof kind,
  )
}

async function runAndAsk(
  built: BuiltImage,
  plan: Plan,
  { output, tellFault, missing }: Told,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const ports = plan.image.ports.filter(isTcp).map(portNumber)
  const running = await start(built, ports, output, terminal, signal)
  if (!running.leadsOut) {
    terminal.say(
      `note: the program cannot reach other machines: ${slirp} is not installed (apt-get install ${slirp})`,
    )
  }
  if (plan.image.ports.length === 0) {
    return runToEnd(running, terminal, signal)
  }
  let url: string | undefined
  try {
    terminal.say("started; waiting until it listens")
    if (ports.length === 0) {
      const udp = plan.image.ports.map(portNumber)
      if (!(await waitForUdp(running, udp))) return report(await running.exited, terminal, signal)
      terminal.say(`it listens on ${plan.image.ports.join(", ")}; UDP ports are not tested`)
      await running.stop()
      return
    }
    const listening = await waitForListener(running, ports)
    if (!listening) return report(await running.exited, terminal, signal)
    tellListening(listening, ports, missing, terminal)
    const shown = await Promise.race([
      showAnswers(running, listening, ports, plan, { terminal, tellFault }),
      running.exited,
    ])
    if (typeof shown === "number") return report(shown, terminal, signal)
    url = shown
  } catch (error) {
    await running.stop()
    throw signal.aborted ? signal.reason : error
  }
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

/** What waits for work has no end, and outside of a terminal nobody stops it. */
async function runToEnd(running: Running, terminal: Terminal, signal: AbortSignal): Promise<void> {
  if (process.stdout.isTTY) {
    terminal.say("started; without a port, it is run to its end (Ctrl-C stops it)")
    return report(await running.exited, terminal, signal)
  }
  terminal.say(`started; without a port, it is run to its end, or for ${secondsWithoutPort} s`)
  const timer = new AbortController()
  const stillRuns = setTimeout(secondsWithoutPort * 1000, "still runs", { signal: timer.signal })
  const ended = await Promise.race([running.exited, stillRuns])
  timer.abort()
  if (typeof ended === "number") return report(ended, terminal, signal)
  await running.stop()
  terminal.say(`it still runs after ${secondsWithoutPort} s; stopped`)
}

const secondsWithoutPort = 60

function report(code: number, terminal: Terminal, signal: AbortSignal): void {
  signal.throwIfAborted()
  if (code !== 0) throw new ProgramFailed(`the program ended with exit code ${code}`)
  terminal.say("the program ended with exit code 0")
}

async function start(
  { image }: BuiltImage,
  ports: number[],
  output: LastOutput,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Running> {
  const onOutput = (chunk: Buffer, stream: "stdout" | "stderr") => {
    output.add(chunk)
    process[stream].write(chunk)
  }
  if (typeof image === "string") return runWithDocker(image, { ports, signal, onOutput })
  if (process.getuid?.() === 0) await installNetwork(terminal, signal)
  return runImage({ image, onOutput, signal })
}
