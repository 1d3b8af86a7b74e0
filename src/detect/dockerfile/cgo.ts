import { readGoBuilds, readInstalled } from "./commands.js"
import {
  baseOf,
  finalInstructions,
  isGo,
  readPairs,
  type Instruction,
  type Stage,
} from "./instructions.js"
import type { Found } from "../../found.js"

type OnOrOff = "on" | "off"

/** Of all its `go build` lines, where they agree: as the go command decides it, by CGO_ENABLED, else by whether there is a compiler. */
export function findCgoOf(stages: readonly Stage[], file: string): Found<OnOrOff> | undefined {
  const found = stages.flatMap((stage, index) => {
    const builds = stage.instructions.filter(
      (each) => each.name === "RUN" && readGoBuilds(each, file).length > 0,
    )
    if (builds.length === 0) return []
    // With what the stages have that it is based on.
    const before = finalInstructions(stages.slice(0, index + 1))
    const base = baseOf(stages.slice(0, index + 1))
    return builds.map((build) => ({
      value:
        ofVariable(build.text) ?? ofEnvironment(before, build.line) ?? ofCompiler(base, before),
      file,
      line: build.line,
    }))
  })
  const [first] = found
  const { value } = first ?? {}
  if (!first || value === undefined) return undefined
  return found.every((each) => each.value === value) ? { ...first, value } : undefined
}

/** `CGO_ENABLED=0 go build`, `export CGO_ENABLED=1`; with a value that a variable has, nothing. */
function ofVariable(text: string): OnOrOff | undefined {
  const value = [...text.matchAll(/\bCGO_ENABLED="?([01])\b/g)].at(-1)?.[1]
  return value === undefined ? undefined : value === "1" ? "on" : "off"
}

function ofEnvironment(instructions: readonly Instruction[], line: number): OnOrOff | undefined {
  const pairs = instructions
    .filter((each) => (each.name === "ENV" || each.name === "ARG") && each.line < line)
    .flatMap(({ text }) => readPairs(text))
  const value = pairs.findLast(([name]) => name === "CGO_ENABLED")?.[1]
  return value === "1" ? "on" : value === "0" ? "off" : undefined
}

/** Of Go's own images, those with Debian have one; those with Alpine only once it is installed. */
function ofCompiler(base: string, instructions: readonly Instruction[]): OnOrOff | undefined {
  if (!isGo(base)) return undefined
  if (!/alpine/.test(base)) return "on"
  const installed = instructions
    .filter(({ name }) => name === "RUN")
    .flatMap(({ text }) => readInstalled(text))
  return installed.some(({ name }) => /^(?:gcc|build-base|clang\d*|g\+\+)$/.test(name))
    ? "on"
    : "off"
}
