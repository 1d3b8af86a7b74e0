import { writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { buildSync } from "esbuild"
import { describe, expect, it } from "vitest"
import { sourceStack } from "../../../../cli/start/stack.js"
import { temporaryFolder } from "../temporary.js"

describe("sourceStack", () => {
  const source = [
    "interface Nothing {}",
    "",
    "export function stack(): string {",
    "  const nothing: Nothing = {}",
    "  return new Error(typeof nothing).stack!",
    "}",
  ].join("\n")

  function bundle(): { file: string; stack: string } {
    const folder = temporaryFolder()
    const file = join(folder, "bundle.cjs")
    writeFileSync(join(folder, "source.ts"), source)
    buildSync({
      entryPoints: [join(folder, "source.ts")],
      outfile: file,
      format: "cjs",
      bundle: true,
      minifyWhitespace: true,
      sourcemap: true,
    })
    const { stack } = createRequire(import.meta.url)(file) as { stack: () => string }
    return { file, stack: stack() }
  }

  it("names lines of the source, and leaves other files alone", () => {
    const { file, stack } = bundle()
    const [what, first, ...others] = sourceStack(stack, file).split("\n")
    expect(what).toBe("Error: object")
    expect(first).toMatch(/^ {4}at stack \(\S*source\.ts:5:10\)$/)
    expect(others).toEqual(stack.split("\n").slice(2))
  })

  it("is what it was where there is no map", () => {
    const { stack } = bundle()
    expect(sourceStack(stack, "/nowhere/bundle.cjs")).toBe(stack)
  })
})
