import { expect, it } from "vitest"
import { Terminal } from "../../../cli/terminal/terminal.js"
import { detect } from "../../../src/detect/detect.js"
import { assemblePlan } from "../../../src/plan/assemble.js"
import { MemorySource } from "../support/memory-source.js"

const plan = async (files: Record<string, string>) => {
  const source = new MemorySource({
    "go.mod": "module example.com/app\n\ngo 1.27\n",
    "main.go": "package main\n\nfunc main() { println(1) }\n",
    ...files,
  })
  const { facts, settings } = await detect(source, { options: {}, environment: {} })
  return assemblePlan(facts, settings)
}

const named = (count: number, name: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => name(index))
const asFiles = (names: string[]) => Object.fromEntries(names.map((name) => [name, "x"]))

it.each([
  ["left out", (i: number) => `keys/${i}.p12`, 5, /^keys\/0\.p12: 5 files that may be a secret/],
  [
    "that stay",
    (i: number) => `app${i}/x.env`,
    12,
    /^app0\/x\.env: 12 files are in the image, but/,
  ],
])("a notice of many files has all of them in the plan: %s", async (_, name, count, text) => {
  const files = named(count, name).sort()
  const { notices, noticeFiles } = await plan(asFiles(files))
  expect(noticeFiles).toEqual([{ notice: notices.find((each) => text.test(each)), files }])
})

it("one that names all of its files has no more to say", async () => {
  expect((await plan(asFiles(named(3, (i) => `keys/${i}.p12`)))).noticeFiles).toBeUndefined()
})

it("only --verbose shows them", () => {
  const written = (verbose: boolean) => {
    let text = ""
    const stream = { write: (part: string) => (text += part) } as unknown as NodeJS.WriteStream
    new Terminal(stream, { verbose }).detail("    keys/4.p12")
    return text
  }
  expect(written(false)).toBe("")
  expect(written(true)).toBe("    keys/4.p12\n")
})
