import { StringDecoder } from "node:string_decoder"
import { parseCompiling } from "../../../src/plan/go/slow-packages.js"
import type { ProgressEvent } from "../engine.js"

/** A step that did not succeed, as BuildKit tells it. */
export interface FailedStep {
  name: string
  /** BuildKit's reason, e.g. `process "…" did not complete successfully: exit code: 1`. */
  error: string
  /** All that the step's program printed, but for what it was doing at some moment. */
  output: string
}

/**
 * Reads `--progress=rawjson` of buildctl and of docker buildx: an object per change of a step (a "vertex", known by its
 * digest), mixed with lines for people once a build has failed. An object is a line; with buildx 0.13, it is several lines,
 * indented.
 */
export class ProgressReader {
  /** Lines that are not progress: complaints of the client program itself. */
  readonly complaints: string[] = []
  private readonly steps = new Map<string, Step>()
  private rest = ""
  /** Of an object that is several lines, those read so far. */
  private unfinished = ""

  constructor(private readonly emit: (event: ProgressEvent) => void) {}

  /** Takes any piece of the stream. */
  write(text: string): void {
    const lines = (this.rest + text).split("\n")
    this.rest = lines.pop() ?? ""
    for (const line of lines) this.line(line)
  }

  end(): void {
    if (this.rest) this.line(this.rest)
    if (this.unfinished) this.complaints.push(this.unfinished.trim())
    this.rest = this.unfinished = ""
  }

  /** The step that made the build fail; steps that were merely cancelled because of it do not count. */
  get failed(): FailedStep | undefined {
    for (const { name, error, output } of this.steps.values()) {
      // A cache that is not there yet, as at the first build, is no failure.
      if (name.startsWith("importing cache")) continue
      if (error && !/context canceled/.test(error))
        return { name, error, output: withoutCompiling(output.join("")) }
    }
    return undefined
  }

  private line(line: string): void {
    if (line === "{" || this.unfinished) {
      this.unfinished += `${line}\n`
      if (line !== "}") return
      line = this.unfinished
      this.unfinished = ""
    }
    const status = parse(line)
    if (status) this.status(status)
    else if (line.trim()) this.complaints.push(line)
  }

  private status(status: Status): void {
    for (const vertex of status.vertexes ?? []) this.vertex(vertex)
    for (const transfer of status.statuses ?? []) this.transfer(transfer)
    for (const log of status.logs ?? []) this.log(log)
  }

  private vertex({ digest, name, started, completed, cached, error }: Vertex): void {
    const step = this.step(digest)
    if (name !== undefined && name !== step.name) {
      step.name = name
      if (!started) this.emit({ type: "step-known", id: digest, name })
    }
    step.error = error ?? step.error
    if (!started) return
    const state = completed ? "done" : "running"
    if (step.state === state) return
    if (step.state !== "running") {
      this.emit({ type: "step-started", id: digest, name: step.name })
    }
    step.state = state
    if (completed) {
      const startedAt = Date.parse(started)
      const seconds = (Date.parse(completed) - startedAt) / 1000
      this.emit({
        type: "step-done",
        id: digest,
        name: step.name,
        cached: cached ?? false,
        startedAt,
        seconds: Math.max(0, seconds),
        ...(error ? { error } : {}),
      })
    }
  }

  /** BuildKit tells them many times a second, whether or not anything has moved. */
  private transfer({ vertex, id, current = 0, total, completed }: Transfer): void {
    const { transfers } = this.step(vertex)
    const state = completed ? "completed" : String(current)
    if (transfers.get(id) === state) return
    transfers.set(id, state)
    this.emit({ type: "transfer", id: vertex, what: id, current, ...(total && { total }) })
  }

  private log({ vertex, data }: Log): void {
    if (!vertex || !data) return
    const step = this.step(vertex)
    // A character may be split between two pieces.
    const text = step.decoder.write(Buffer.from(data, "base64"))
    if (!text) return
    step.output.push(text)
    this.emit({ type: "log", id: vertex, text })
  }

  private step(digest: string): Step {
    let step = this.steps.get(digest)
    if (!step) {
      step = {
        name: "",
        output: [],
        transfers: new Map(),
        decoder: new StringDecoder("utf8"),
      }
      this.steps.set(digest, step)
    }
    return step
  }
}

function withoutCompiling(output: string): string {
  return output
    .split("\n")
    .filter((line) => parseCompiling(line) === undefined)
    .join("\n")
}

interface Step {
  name: string
  state?: "running" | "done"
  error?: string
  output: string[]
  /** How far each has come, by its name. */
  transfers: Map<string, string>
  decoder: StringDecoder
}

/** The part of BuildKit's client.SolveStatus that is of use here; times are RFC 3339. */
interface Status {
  vertexes?: Vertex[] | null
  statuses?: Transfer[] | null
  logs?: Log[] | null
}

interface Transfer {
  /** `transferring context:`, `pushing layers`, a layer's digest. */
  id: string
  vertex: string
  /** Bytes. */
  current?: number
  total?: number
  completed?: string
}

interface Vertex {
  digest: string
  name?: string
  started?: string
  completed?: string
  cached?: boolean
  error?: string
}

interface Log {
  vertex?: string
  /** Base64. */
  data?: string
}

function parse(line: string): Status | undefined {
  if (!line.startsWith("{")) return undefined
  try {
    return JSON.parse(line) as Status
  } catch {
    return undefined
  }
}
