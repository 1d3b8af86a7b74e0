import { tmpdir } from "node:os"
import { join } from "node:path"
import { isTcp } from "../../../src/settings/ports.js"
import { imageName } from "../../../src/plan/programs/run-program.js"
import type { ImageConfig, Plan } from "../../../src/plan/types.js"
import { explain } from "../../command-line/exit.js"
import type { Request } from "../../request.js"
import { isToldAlone } from "../../engine/engine.js"
import { SetupError } from "../../errors.js"
import type { BuiltImage } from "../../run/built-image.js"
import { makeWorkFolder } from "../../system/work-folder.js"
import { coloursFor } from "../../terminal/progress/colours.js"
import { aboutRun } from "../run/about.js"
import { nextStep } from "../run/next-step.js"
import { ProjectBuilds } from "./build-project.js"
import type { Change } from "./changes.js"
import { askProgram, type FirstAnswer, type Program } from "./program.js"
import { ProjectWatch } from "./project-watch.js"
import { readProject, type Project } from "./project.js"
import { Surroundings, type SurroundingsOptions } from "./surroundings.js"

export interface DevelopmentOptions extends SurroundingsOptions {
  request: Request
}

/** The program that was started last. */
interface Current {
  digest: string | undefined
  /** By itself. */
  hasEnded: boolean
}

/** Milliseconds since 1970. */
interface Times {
  /** None of the first build, which nobody waits for since a save. */
  saved?: number
  begun: number
  built: number
}

/** Builds, runs, watches, and on each save builds and runs again. */
export class Development {
  private readonly colours = coloursFor(process.stderr.isTTY, process.env)
  private readonly temporary = makeWorkFolder(tmpdir(), "go-image-")
  private readonly watch: ProjectWatch
  private readonly builds: ProjectBuilds
  private readonly surroundings: Surroundings
  private program: Program | undefined
  private current: Current | undefined
  private decisions: string[] = []

  constructor(private readonly options: DevelopmentOptions) {
    const { terminal, signal } = options
    this.watch = new ProjectWatch((line) => {
      terminal.say(line)
    })
    this.surroundings = new Surroundings(options)
    this.builds = new ProjectBuilds({
      ...{ terminal, signal, temporary: this.temporary.path },
      onEngine: (engine) => this.surroundings.openServices(engine),
    })
  }

  /** Until the signal. */
  async run(): Promise<void> {
    const { changes } = this.watch
    let change: Change | undefined
    let wasCalledOff = false
    for (;;) {
      // Not twice one after the other: a file that changes all the time would hold up everything.
      wasCalledOff = (await this.update(change, !wasCalledOff)) === "called off"
      const next = await changes.next(this.options.signal)
      const before = wasCalledOff ? (change?.files ?? []) : []
      change = { ...next, files: [...new Set([...next.files, ...before])] }
    }
  }

  async close(): Promise<void> {
    this.watch.close()
    await this.program?.stop()
    await this.surroundings.close()
    await this.builds.close()
    this.temporary.remove()
  }

  /** Brings what runs up to date with the project. What is wrong with the project is told; what runs then runs on. */
  private async update(
    change: Change | undefined,
    mayBeCalledOff: boolean,
  ): Promise<"done" | "called off"> {
    const { signal, terminal } = this.options
    const begun = Date.now()
    const superseded = new AbortController()
    const over = new AbortController()
    try {
      if (change) terminal.say(this.colours.dim(`${describeFiles(change.files)}: building`))
      const project = await this.plan()
      this.tellDecisions(project.plans[0])
      if (mayBeCalledOff) {
        const isOver = AbortSignal.any([signal, over.signal])
        const abort = () => {
          superseded.abort(new Error("superseded"))
        }
        this.watch.changes.somethingChanged(isOver).then(abort, () => undefined)
      }
      const isFirst = this.builds.engine === undefined
      const built = await this.builds.build(project, { isFirst, superseded: superseded.signal })
      over.abort()
      await this.start(project, built, { saved: change?.savedAt, begun, built: Date.now() })
    } catch (error) {
      signal.throwIfAborted()
      if (superseded.signal.aborted) return "called off"
      // Not the project's: no engine, no service.
      if (!isToldAlone(error) || (error instanceof SetupError && !this.program)) throw error
      this.tellFailure(error)
    } finally {
      over.abort()
    }
    return "done"
  }

  private async plan(): Promise<Project> {
    let root = ""
    const project = await readProject(this.options.request, (at) => {
      root = at.root
      this.watch.look(root, { read: at.read })
    })
    this.watch.look(root, project.interest)
    return project
  }

  private async start(project: Project, built: BuiltImage, times: Times): Promise<void> {
    const { terminal, signal } = this.options
    const [plan] = project.plans
    const { engine } = this.builds
    if (!engine) return
    this.program ??= await this.surroundings.prepare(
      engine,
      imageName(plan, "program"),
      join(this.temporary.path, "volumes"),
    )
    const { current } = this
    const isSame = built.digest !== undefined && built.digest === current?.digest
    if (isSame && !current.hasEnded) {
      terminal.say(`the image is the same (${seconds(since(times))}): the program runs on`)
      return
    }
    const now: Current = { digest: built.digest, hasEnded: false }
    this.current = undefined
    const running = await this.program.replace(built, plan.image)
    this.current = now
    const isOver = () => this.current !== now || signal.aborted
    const fail = (error: unknown) => {
      if (!isOver() && !now.hasEnded) this.tellFailure(error)
    }
    const end = (code: number) => {
      if (isOver()) return
      now.hasEnded = true
      const line = `the program ended with exit code ${code}; waiting for the next change`
      terminal.say(code === 0 ? line : this.colours.red(line))
      const next = code === 0 ? undefined : this.nextStep(project)
      if (next !== undefined) terminal.say(next)
    }
    running.exited.then(end, fail)
    const started = Date.now()
    const tell = (answer: FirstAnswer) => {
      if (answer !== "ended" && !isOver()) this.tellAnswer(answer, times, started)
    }
    if (hasPorts(plan.image)) askProgram(running, plan.image).then(tell, fail)
    else terminal.say(`${this.colours.green("started")}${after(times)} (${steps(times, started)})`)
  }

  private nextStep({ detected, request }: Project): string | undefined {
    const { env, services } = this.options
    const given = { services: services.map(({ image }) => image), variables: Object.keys(env) }
    return nextStep(this.program?.lastOutput ?? "", aboutRun(detected, request), given)
  }

  private tellAnswer(answer: Exclude<FirstAnswer, "ended">, times: Times, started: number): void {
    const what = "status" in answer ? `answers: ${answer.status}` : "takes connections, not HTTP"
    const taken = answer.taken === undefined ? "" : `, as port ${answer.taken} is in use here`
    const line = `${this.colours.green(`${answer.url} ${what}`)}${taken}${after(times)}`
    const took = `${steps(times, started)}, answer ${seconds(Date.now() - started)}`
    this.options.terminal.say(`${line} (${took})`)
  }

  /** Those that are not as they were. */
  private tellDecisions({ decisions, notices, image: { volumes = [] } }: Plan): void {
    const lines = [
      ...decisions.map(({ what, value, from }) => `${what}: ${value}  (${from})`),
      ...notices.map((notice) => `note: ${notice}`),
      ...volumes.map(
        (path) => `volume ${path}: what is in it is removed when dev ends, not before`,
      ),
    ]
    for (const line of lines.filter((each) => !this.decisions.includes(each))) {
      this.options.terminal.say(line)
    }
    this.decisions = lines
  }

  private tellFailure(error: unknown): void {
    const { terminal } = this.options
    terminal.say(this.colours.red(explain(error)))
    const isRunning = this.current && !this.current.hasEnded
    terminal.say(`${isRunning ? "the program before it runs on; " : ""}waiting for the next change`)
  }
}

function hasPorts({ ports }: Pick<ImageConfig, "ports">): boolean {
  return ports.some(isTcp)
}

function since({ saved, begun }: Times): number {
  return Date.now() - (saved ?? begun)
}

/** The time that a person has waited. */
function after(times: Times): string {
  return times.saved === undefined ? "" : `, ${seconds(since(times))} after the save`
}

function steps({ begun, built }: Times, started: number): string {
  return `build ${seconds(built - begun)}, start ${seconds(started - built)}`
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`
}

function describeFiles([first = "", ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`
}
