import { join, relative, resolve } from "node:path"
import { SeveralFailed } from "../command-line/exit.js"
import { BuildFailed } from "../engine/engine.js"

type Environment = Readonly<Record<string, string | undefined>>

export interface Place {
  /** The source's folder. */
  root: string
  /** The module's in it. */
  module: string
}

/** Of compilers, vet and tests: `./main.go:19:2: undefined: x`. */
const finding = /^\s*(?:vet: )?(?:\.\/)?([^\s:]+\.go):(\d+)(?::(\d+))?: (.*)$/

/** gotestsum says whose lines follow: `=== FAIL: internal/store TestGet (0.00s)`. */
const failedTest = /^=== FAIL: (\S+) (\S+)/

/** GitHub shows ten of a step. */
const most = 10

/** Where a workflow of GitHub's runs, what is found in Go files is shown at their lines in a pull request. */
export function annotate(error: unknown, { root, module }: Place, environment: Environment): void {
  if (environment["GITHUB_ACTIONS"] !== "true") return
  const workspace = environment["GITHUB_WORKSPACE"] ?? process.cwd()
  const prefix = relative(resolve(workspace), root)
  const lines = failuresIn(error).flatMap((each) =>
    each instanceof BuildFailed ? annotationsOf(each.output, { prefix, module }) : [],
  )
  for (const line of lines) process.stderr.write(`${line}\n`)
}

function failuresIn(error: unknown): unknown[] {
  return error instanceof SeveralFailed ? error.failures.map((each) => each.error) : [error]
}

/**
 * @param output Names files from the source on.
 * @param at `prefix`: of the source, from the workspace on; `module`: of the module, from the source on.
 */
export function annotationsOf(
  output: string,
  { prefix, module }: { prefix: string; module: string },
): string[] {
  const found: string[] = []
  let test: { folder: string; name: string } | undefined
  for (const line of output.split("\n")) {
    const [, folder, name] = failedTest.exec(line) ?? []
    if (folder !== undefined && name !== undefined) test = { folder, name }
    const [, file = "", at = "", column, message = ""] = finding.exec(line) ?? []
    if (!file) continue
    // A test names its file alone, whatever its package.
    const place = test && !file.includes("/") ? join(module, test.folder, file) : file
    const title = test ? `,title=${property(test.name)}` : ""
    const columnOf = column === undefined ? "" : `,col=${column}`
    found.push(
      `::error file=${property(join(prefix, place))},line=${at}${columnOf}${title}::${data(message)}`,
    )
  }
  return [...new Set(found)].slice(0, most)
}

/** https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C")
}
