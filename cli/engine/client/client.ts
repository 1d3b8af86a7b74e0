import { spawn } from "node:child_process"
import { SetupError } from "../../errors.js"
import { explainSystemError } from "../../system/system-error.js"
import { environment } from "../../system/command.js"
import type { ProgressEvent } from "../engine.js"
import { explainFailure } from "./failure.js"
import { ProgressReader } from "./progress.js"

export interface ClientOptions {
  /** Name of the engine, for messages. */
  engine: string
  cwd: string
  onProgress: (event: ProgressEvent) => void
  signal?: AbortSignal
}

/** How long a client program may take to cancel its build before it is killed, in milliseconds. */
const cancelPatience = 10_000

/** Runs buildctl or docker buildx, with `--progress=rawjson` among its arguments, to the end of its build. */
export async function runClient(command: string[], options: ClientOptions): Promise<void> {
  const { engine, cwd, onProgress, signal } = options
  signal?.throwIfAborted()
  const [program = "", ...args] = command
  const reader = new ProgressReader(onProgress)
  const code = await new Promise<number | null>((resolve, reject) => {
    // A process group of its own: Ctrl-C in the terminal is for us, who then cancel the build in order.
    const child = spawn(program, args, {
      cwd,
      env: environment(),
      detached: true,
      stdio: ["ignore", "ignore", "pipe"],
    })
    let killer: NodeJS.Timeout | undefined
    const cancel = () => {
      child.kill("SIGTERM")
      killer = setTimeout(() => child.kill("SIGKILL"), cancelPatience)
    }
    signal?.addEventListener("abort", cancel, { once: true })
    const done = () => {
      clearTimeout(killer)
      signal?.removeEventListener("abort", cancel)
    }
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      reader.write(text)
    })
    child.on("error", (error) => {
      done()
      reject(
        explainSystemError(error) ??
          new SetupError(`${program} cannot be started: ${error.message}`),
      )
    })
    child.on("close", (code) => {
      done()
      resolve(code)
    })
  })
  reader.end()
  if (code === 0) return
  signal?.throwIfAborted()
  throw explainFailure(reader.failed, reader.complaints, engine)
}
