import { parseSlowPackage, type SlowPackage } from "../../src/plan/go/slow-packages.js"
import { ownerOf } from "../image/contents/module-of.js"
import type { DoneStep, ProgressEvent } from "../engine/engine.js"
import { isInstruction } from "../terminal/step-name.js"

/** Gathers what the engine tells of instructions that are done, and what those print of packages that took long. */
export class DoneSteps {
  private readonly done = new Map<string, DoneStep>()
  private readonly slow = new Map<string, SlowPackage[]>()
  /** Of each step's output, the line that has not ended yet. */
  private readonly rest = new Map<string, string>()

  /** @param modules Paths of all modules that packages may be of. */
  constructor(private readonly modules: readonly string[]) {}

  see(event: ProgressEvent): void {
    // One that was asked for its cache first, and then ran, is done twice.
    if (event.type === "step-done" && isInstruction(event.name)) this.done.set(event.id, event)
    if (event.type !== "log") return
    const lines = ((this.rest.get(event.id) ?? "") + event.text).split("\n")
    this.rest.set(event.id, lines.pop() ?? "")
    const found = lines.flatMap((line) => this.read(line) ?? [])
    if (found.length > 0) this.slow.set(event.id, [...(this.slow.get(event.id) ?? []), ...found])
  }

  private read(line: string): SlowPackage | undefined {
    const slow = parseSlowPackage(line)
    const module = slow && ownerOf(slow.package, this.modules)
    return slow && { ...slow, ...(module !== undefined && { module }) }
  }

  /** Output may come after the word that its step is done. */
  get all(): DoneStep[] {
    return [...this.done].map(([id, step]) => {
      const slow = this.slow.get(id)
      return slow ? { ...step, slow } : step
    })
  }
}
