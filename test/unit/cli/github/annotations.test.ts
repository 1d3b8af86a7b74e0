import { afterEach, expect, it, vi } from "vitest"
import { annotate, annotationsOf } from "../../../../cli/github/annotations.js"
import { BuildFailed } from "../../../../cli/engine/engine.js"

const compiler = `# example.com/hello
./main.go:19:2: undefined: undefinedThing
internal/store/store.go:7: 100% wrong, or: so
`

const tests = `=== FAIL: . TestRoot (0.00s)
    main_test.go:12: got 1
=== FAIL: internal/store TestGet/a:b (0.00s)
    store_test.go:9: got 2
    store_test.go:9: got 2
DONE 2 tests, 2 failures in 0.1s
`

afterEach(() => {
  vi.restoreAllMocks()
})

it.each<[string, string, { prefix: string; module: string }, string[]]>([
  [
    "of the compiler",
    compiler,
    { prefix: "", module: "" },
    [
      "::error file=main.go,line=19,col=2::undefined: undefinedThing",
      "::error file=internal/store/store.go,line=7::100%25 wrong, or: so",
    ],
  ],
  [
    "of vet, in a folder of the workspace",
    "vet: ./main.go:3:1: x\n",
    { prefix: "services/api", module: "" },
    ["::error file=services/api/main.go,line=3,col=1::x"],
  ],
  [
    "of tests, by their packages, each once",
    tests,
    { prefix: "", module: "" },
    [
      "::error file=main_test.go,line=12,title=TestRoot::got 1",
      "::error file=internal/store/store_test.go,line=9,title=TestGet/a%3Ab::got 2",
    ],
  ],
  [
    "of a module in a folder of the source",
    "=== FAIL: store TestGet (0.00s)\n    store_test.go:9: got 2\n",
    { prefix: "", module: "api" },
    ["::error file=api/store/store_test.go,line=9,title=TestGet::got 2"],
  ],
  ["of what names no line", "main.go\nnote: x.go: y\n", { prefix: "", module: "" }, []],
])("%s", (_, output, at, expected) => {
  expect(annotationsOf(output, at)).toEqual(expected)
})

it("GitHub shows ten", () => {
  const output = Array.from({ length: 20 }, (_, line) => `a.go:${line + 1}: x\n`).join("")
  expect(annotationsOf(output, { prefix: "", module: "" })).toHaveLength(10)
})

it.each([
  ["a failed step in a workflow", new BuildFailed("go build", compiler, 1), "true", 2],
  ["another CI", new BuildFailed("go build", compiler, 1), undefined, 0],
  ["another error", new Error(compiler), "true", 0],
])("%s", (_, error, isGitHub, lines) => {
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true)
  annotate(
    error,
    { root: "/work/repo/api", module: "" },
    { GITHUB_ACTIONS: isGitHub, GITHUB_WORKSPACE: "/work/repo" },
  )
  expect(write).toHaveBeenCalledTimes(lines)
  if (lines > 0) {
    expect(write.mock.calls[0]?.[0]).toBe(
      "::error file=api/main.go,line=19,col=2::undefined: undefinedThing\n",
    )
  }
})
