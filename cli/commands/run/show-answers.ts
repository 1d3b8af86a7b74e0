import type { DockerfileVariable } from "../../../src/detect/dockerfile/dockerfile.js"
import type { Plan } from "../../../src/plan/types.js"
import { ProgramFailed } from "../../command-line/exit.js"
import { nextListening, type Listening, type Started } from "../../run/answer.js"
import { checkHealth } from "../../run/health.js"
import { leadsTo, NoAnswer, NotHttp, readBeginning, waitForHttp } from "../../run/http.js"
import { isLoopback } from "../../run/listeners.js"
import type { Terminal } from "../../terminal/terminal.js"

/** A started program, however it was started. */
export interface Running extends Started {
  leadsOut: boolean
  stop: () => Promise<number>
}

/** A first page that is an error of the server (5xx). Whether it fails is for a health check to say: it may wait for a database. */
export interface Fault {
  status: string
  text: string
}

/** Of its first page and of its health check. Gives the address that it has on this machine. */
export async function showAnswers(
  running: Running,
  listening: Listening,
  ports: readonly number[],
  plan: Plan,
  { terminal, tellFault }: { terminal: Terminal; tellFault: (fault: Fault) => void },
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
    if (problem !== undefined && process.stdout.isTTY) terminal.warn(problem)
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

/** A variable of the project's own Dockerfile may be what has the program listen where the image says. */
export function portNote(
  port: number,
  ports: readonly number[],
  missing: readonly DockerfileVariable[],
): string {
  // `5230`, `:5230`, `0.0.0.0:5230`
  const isOne = ({ is }: DockerfileVariable) => ports.includes(Number(is.replace(/^.*:/, "")))
  const [found] = missing.filter(isOne)
  const variable = found
    ? `--environment ${found.value}=${found.is} as in ${found.file}:${found.line}, or `
    : ""
  return `note: the program listens on port ${port}, but the image names ${ports.join(", ")}: use ${variable}--port ${port}`
}

/** Where program and image differ, it works here, and would not where others start the image. */
export function tellListening(
  { port, listener, others }: Listening,
  ports: number[],
  missing: readonly DockerfileVariable[],
  terminal: Terminal,
): void {
  if (!ports.includes(port)) terminal.say(portNote(port, ports, missing))
  if (listener && isLoopback(listener)) {
    terminal.say(
      `note: the program listens on ${listener.address} only, which cannot be reached from outside its container; \`:${port}\` means every address`,
    )
  }
  const further = others.filter((each) => !ports.includes(each))
  if (further.length > 0) terminal.say(`it also listens on ${further.join(", ")}`)
}
