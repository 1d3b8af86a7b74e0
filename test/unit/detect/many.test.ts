import { expect, it } from "vitest"
import { detect } from "../../../src/detect/detect.js"
import { assemblePlan } from "../../../src/plan/assemble.js"
import { MemorySource } from "../support/memory-source.js"

/*
 * So much of one kind that nothing may be compared with everything else: where it is, these take minutes, or all memory.
 */

const program = "package main\n\nfunc main() { println(1) }\n"
const root = { "go.mod": "module example.com/app\n\ngo 1.27\n", "main.go": program }
const module = (name: string) => `module example.com/${name}\n\ngo 1.27\n`
const times = <T>(count: number, make: (index: number) => T[]) =>
  Array.from({ length: count }, (_, index) => make(index)).flat()
const lines = (count: number, make: (index: number) => string) =>
  times(count, (index) => [make(index)]).join("\n")

type Files = readonly (readonly [path: string, text: string])[]

it.each<[string, () => Files, string[]?]>([
  ["modules", () => times(20_000, (i) => [[`m${i % 100}/n${i}/go.mod`, module(`n${i}`)]])],
  ["programs", () => times(20_000, (i) => [[`cmd/c${i}/main.go`, program]]), ["./..."]],
  [
    "programs with kodata",
    () =>
      times(5_000, (i) => [
        [`cmd/c${i}/main.go`, program],
        [`cmd/c${i}/kodata/a.txt`, ""],
      ]),
    ["./..."],
  ],
  ["packages of npm", () => times(20_000, (i) => [[`p${i}/package.json`, "{}"]])],
  ["files of one folder", () => times(50_000, (i) => [[`data/f${i}.txt`, ""]])],
  ["lines of ignore files", () => [[".gitignore", lines(10_000, (i) => `dir${i}/*.tmp${i}`)]]],
  [
    "embedded files",
    () => [
      [
        "web.go",
        `package main\n\nimport "embed"\n\n${lines(20_000, (i) => `//go:embed data/f${i}.txt`)}\nvar web embed.FS\n`,
      ],
      ...times(20_000, (i) => [[`data/f${i}.txt`, ""] as const]),
    ],
  ],
  [
    "modules of a workspace",
    () => [
      ["go.work", `go 1.27\n\nuse (\n\t.\n${lines(2_000, (i) => `\t./m${i}`)}\n)\n`],
      ...times(2_000, (i) => [[`m${i}/go.mod`, module(`m${i}`)] as const]),
    ],
  ],
])(
  "%s",
  async (_, make, packages) => {
    const source = new MemorySource({ ...root, ...Object.fromEntries(make()) })
    const options = { packages, command: packages && "app" }
    const { facts, settings } = await detect(source, { options, environment: {} })
    expect(assemblePlan(facts, settings).binaries.length).toBeGreaterThan(0)
  },
  60_000,
)
