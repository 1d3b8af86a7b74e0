import { isTcp, portNumber } from "../../../src/settings/ports.js"
import type { Plan } from "../../../src/plan/types.js"
import { ProgramFailed } from "../../command-line/exit.js"
import {
  nextListening,
  NothingListens,
  waitForListener,
  waitForUdp,
  type Listening,
  type Started,
} from "../../run/answer.js"
import type { BuiltImage } from "../../run/built-image.js"
import { runImage } from "../../run/container.js"
import { runWithDocker } from "../../run/docker.js"
import { checkHealth } from "../../run/health.js"
import {
  EndedBefore,
  leadsTo,
  NoAnswer,
  NotHttp,
  readBeginning,
  waitForHttp,
} from "../../run/http.js"
import { isLoopback } from "../../run/listeners.js"
import { installNetwork, slirp } from "../../run/network.js"
import type { RunAbout } from "./about.js"
import { LastOutput, nextStep } from "./next-step.js"
import type { Terminal } from "../../terminal/terminal.js"

/** A started program, however it was started. */
interface Running extends Started {
  leadsOut: boolean
  stop: () => Promise<number>
}

/** `--run`: starts the image, shows what it answers over HTTP, and stops it; in a terminal, on Ctrl-C. */
export async function runOnce(
  built: BuiltImage,
  plan: Plan,
  about: RunAbout,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const output = new LastOutput()
  try {
    const tellFault = ({ status, text }: Fault) => {
      const next = nextStep(`${output.text}\n${text}`, about)
      terminal.say([`note: it answers ${status}`, next].filter(Boolean).join("\n"))
    }
    await runAndAsk(built, plan, { output, tellFault }, terminal, signal)
  } catch (error) {
    if (signal.aborted || !isProgramsFault(error)) throw error
    const next = nextStep(output.text, about)
    throw new ProgramFailed([error.message, next].filter(Boolean).join("\n"))
  }
}

/** A first page that is an error of the server (5xx). Whether it fails is for a health check to say: it may wait for a database. */
interface Fault {
  status: string
  text: string
}

interface Told {
  output: LastOutput
  tellFault: (fault: Fault) => void
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
  { output, tellFault }: Told,
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
    terminal.say("started; without a port, it is run to its end (Ctrl-C stops it)")
    return report(await running.exited, terminal, signal)
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
    tell(listening, ports, terminal)
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

function report(code: number, terminal: Terminal, signal: AbortSignal): void {
  signal.throwIfAborted()
  if (code !== 0) throw new ProgramFailed(`the program ended with exit code ${code}`)
  terminal.say("the program ended with exit code 0")
}

/** Where program and image differ, it works here, and would not where others start the image. */
function tell({ port, listener, others }: Listening, ports: number[], terminal: Terminal): void {
  if (!ports.includes(port)) {
    terminal.say(
      `note: the program listens on port ${port}, but the image names ${ports.join(", ")}: use --port ${port}`,
    )
  }
  if (listener && isLoopback(listener)) {
    terminal.say(
      `note: the program listens on ${listener.address} only, which cannot be reached from outside its container; \`:${port}\` means every address`,
    )
  }
  const further = others.filter((each) => !ports.includes(each))
  if (further.length > 0) terminal.say(`it also listens on ${further.join(", ")}`)
}

/** Of its first page and of its health check. Gives the address that it has on this machine. */
async function showAnswers(
  running: Running,
  listening: Listening,
  ports: readonly number[],
  plan: Plan,
  { terminal, tellFault }: Pick<Told, "tellFault"> & { terminal: Terminal },
): Promise<string> {
  const { url, port, fault } = await showFirstAnswer(running, listening, ports, terminal)
  if (fault) tellFault(fault)
  const [, path] = plan.image.healthCheck ?? []
  if (path !== undefined) {
    const asked = environmentPort(plan) ?? port
    const published = asked === port ? undefined : await running.publish(asked)
    const base = published === undefined ? url : `http://127.0.0.1:${published}/`
    const problem = await checkHealth(base, path, running, terminal)
    // In a terminal, somebody wants to look why.
    if (problem !== undefined && process.stdout.isTTY) terminal.say(`note: ${problem}`)
    else if (problem !== undefined) throw new ProgramFailed(problem)
  }
  return url
}

/** Which the health check of the image asks, whatever else the program listens on. */
function environmentPort({ image }: Plan): number | undefined {
  const port = image.environment.find(({ name }) => name === "PORT")
  return port && Number(port.value)
}

interface Answered {
  url: string
  port: number
  is: "http" | "something else" | "silent"
  fault?: Fault
}

/** Of several ports, the first one may be for something else: the others are asked until one answers. */
async function showFirstAnswer(
  running: Running,
  listening: Listening,
  ports: readonly number[],
  terminal: Terminal,
): Promise<Answered> {
  const asked = [listening.port]
  const isOnly = nextListening(running, ports, asked) === undefined
  const first = await showAnswer(running, listening, terminal, !isOnly)
  let answered = first
  while (answered.is !== "http") {
    const next = nextListening(running, ports, asked)
    // A page may take its time.
    if (!next) return first.is === "silent" ? showAnswer(running, listening, terminal) : first
    asked.push(next.port)
    answered = await showAnswer(running, next, terminal, true)
  }
  return answered
}

/** @param hasOthers It is not waited for long. */
async function showAnswer(
  running: Running,
  { port, listener }: Listening,
  terminal: Terminal,
  hasOthers = false,
): Promise<Answered> {
  const isAny = listener === undefined || /^(?:0\.0\.0\.0|::)$/.test(listener.address)
  const published = await running.publish(port, isAny ? undefined : listener.address)
  const url = `http://127.0.0.1:${published ?? port}/`
  const elsewhere = published === port ? "" : ` (port ${port} is in use on this machine)`
  terminal.say(`asking ${url}${elsewhere}`)
  try {
    const forHttp = listener === undefined ? undefined : secondsForHttp * 1000
    const timeout = hasOthers ? secondsOfOne * 1000 : undefined
    const answer = await waitForHttp(url, running, { timeout, forHttp })
    const next = leadsTo(answer)
    const leads = next === undefined ? "" : `, redirects to ${next}, which is not followed`
    const status = `${answer.status} ${answer.statusText}`.trim()
    terminal.say(`port ${port} answers: ${status}${leads}`)
    const { text, cut } = await readBeginning(answer)
    process.stdout.write(`${text.trimEnd()}\n`)
    if (cut !== undefined) terminal.say(cutShort[cut])
    return { url, port, is: "http", ...(answer.status >= 500 && { fault: { status, text } }) }
  } catch (error) {
    if (hasOthers && error instanceof NoAnswer) {
      terminal.say(`no answer from port ${port} within ${secondsOfOne} s`)
      return { url, port, is: "silent" }
    }
    // A database or a server of gRPC is no failure.
    if (!(error instanceof NotHttp)) throw error
    terminal.say(`it accepts connections on port ${port}, but does not speak HTTP`)
    return { url, port, is: "something else" }
  }
}

const secondsForHttp = 2

/** Of several ports, while one that is for something else may say nothing at all. */
const secondsOfOne = 4

const cutShort = {
  long: "the answer is longer; its first 4000 characters are shown",
  slow: "the answer did not end within 5 s; its beginning is shown",
  broken: "note: the answer broke off before its end",
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
