import content from "../programs/slow-packages.sh" with { type: "text" }
import type { Step } from "../types.js"

/*
 * Which packages take the time of a `go build`. The go command writes what it has done, and when, to a file that it is asked
 * for; what took long is printed by the step that compiles, so that everybody who builds sees it. While it runs, what is
 * compiled at the moment is read from the list of processes. No package is compiled otherwise because of it, and nothing of
 * it is in the image.
 */

const script = "/slow-packages.sh"

/** In the go command since 1.10, and in none of its documents: https://github.com/golang/go/blob/master/src/cmd/go/internal/work/action.go */
export const actionsFlag = "-debug-actiongraph=/tmp/go-actions.json"

/** Needed in each stage that calls it. */
export const slowPackagesScript: Step = { type: "file", path: script, content, mode: 0o755 }

/** Stands before a command whose go command has that flag. Prints nothing to standard output by itself. */
export const reportSlow = ["/bin/sh", script]

const compiling = new Set(["build", "test", "vet"])

/** A command that ends with `go build` and its arguments, or another one that compiles. */
export function tellSlowPackages(args: readonly string[]): string[] {
  const at = args.findIndex((word, i) => word === "go" && compiling.has(args[i + 1] ?? ""))
  return [...reportSlow, ...args.slice(0, at + 2), actionsFlag, ...args.slice(at + 2)]
}

/** The same command without it. */
export function withoutSlowPackages(args: readonly string[]): string[] {
  const at = args.indexOf(script) - 1
  if (at < 0) return [...args]
  return [...args.slice(0, at), ...args.slice(at + reportSlow.length)].filter(
    (word) => word !== actionsFlag,
  )
}

/** Steps without it, for people who keep the Dockerfile. */
export function stepsWithoutReport(steps: readonly Step[]): Step[] {
  return steps.flatMap((step): Step[] => {
    if (step.type === "run") return [{ ...step, args: withoutSlowPackages(step.args) }]
    if (step.type !== "file") return [step]
    const without = (text: string) =>
      text.replace(`${reportSlow.join(" ")} `, "").replace(`${actionsFlag} `, "")
    return step.path === script ? [] : [{ ...step, content: without(step.content) }]
  })
}

/** A package that took long to compile, or a program to link. */
export interface SlowPackage {
  /** As it is imported. */
  package: string
  /** That it is of, where that is known. */
  module?: string
  seconds: number
  isLink?: true
  /** Some of those that import it. */
  importedBy: string[]
  /** And so many more. */
  more?: number
}

/** What a line says is compiled at the moment, e.g. `compiling net/http, runtime and 3 more`. */
export function parseCompiling(line: string): string | undefined {
  return /^(?:compiling: \S.*|linking)$/.exec(line.trimEnd())?.[0].replace(":", "")
}

/** A line that the report has printed. */
export function parseSlowPackage(line: string): SlowPackage | undefined {
  const [, kind, seconds = "", name = "", importers, more] =
    /^slow (package|link): (\d+\.\d) s (\S+?)(?:, imported by (.+?)(?: and (\d+) more)?)?$/.exec(
      line.trimEnd(),
    ) ?? []
  if (kind === undefined) return undefined
  return {
    ...{ package: name, seconds: Number(seconds) },
    ...(kind === "link" && { isLink: true as const }),
    importedBy: importers?.split(", ") ?? [],
    ...(more !== undefined && { more: Number(more) }),
  }
}
