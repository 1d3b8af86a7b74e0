import { describe, expect, it } from "vitest"
import { DoneSteps } from "../../../../cli/record/done-steps.js"
import { slowestText, slowLines, slowPackages } from "../../../../cli/record/slow-packages.js"

const done = { type: "step-done", cached: false, startedAt: 0, seconds: 9 } as const

describe("packages that took long", () => {
  const steps = new DoneSteps(["example.com/shop", "modernc.org/sqlite", "modernc.org"])

  it("are read from the output of their step, wherever that is cut, and after its end, too", () => {
    steps.see({ type: "log", id: "1", text: "go: downloading x v1\nslow package: 2.5 s modernc" })
    steps.see({ ...done, id: "1", name: "[build 2/2] RUN go build" })
    steps.see({ type: "log", id: "1", text: ".org/sqlite/lib, imported by a\nslow pack" })
    steps.see({
      type: "log",
      id: "2",
      text: "slow package: 3.0 s net/http, imported by b and 9 more\n",
    })
    steps.see({ ...done, id: "2", name: "[compile 2/2] RUN go list" })
    steps.see({
      type: "log",
      id: "1",
      text: "age: 1.0 s gopkg.in/y\nslow link: 4.2 s example.com/shop\n",
    })
    steps.see({ ...done, id: "3", name: "exporting to image" })
    expect(steps.all.map(({ name, slow }) => [name, slow?.map((each) => each.module)])).toEqual([
      ["[build 2/2] RUN go build", ["modernc.org/sqlite", undefined, "example.com/shop"]],
      ["[compile 2/2] RUN go list", ["Go's standard library"]],
    ])
  })

  it("are told together, the longest first", () => {
    expect(slowLines(slowPackages(steps.all))).toEqual([
      "       4.2 s  linking example.com/shop",
      "       3.0 s  net/http (Go's standard library), imported by b and 9 more",
      "       2.5 s  modernc.org/sqlite/lib (module modernc.org/sqlite), imported by a",
      "       1.0 s  gopkg.in/y",
    ])
  })

  it("are three in a line, with their modules where nothing more is told", () => {
    const slow = slowPackages(steps.all)
    expect(slowestText(slow)).toBe(
      "linking example.com/shop 4.2 s; net/http 3.0 s; modernc.org/sqlite/lib 2.5 s",
    )
    expect(slowestText(slow, { withModules: true })).toBe(
      "linking example.com/shop 4.2 s; net/http (Go's standard library) 3.0 s; modernc.org/sqlite/lib (module modernc.org/sqlite) 2.5 s",
    )
    expect(slowestText(slow.slice(2, 3))).toBeUndefined()
  })

  it("of one module are told together, where there are several of it", () => {
    const of = (seconds: number, name: string, module?: string, isLink?: true) => ({
      ...{ package: name, seconds, importedBy: [] },
      ...(module !== undefined && { module }),
      ...(isLink && { isLink }),
    })
    const lines = slowLines([
      of(9, "example.com/shop/cmd", "example.com/shop", true),
      of(4, "k8s.io/api/core/v1", "k8s.io/api"),
      of(3, "net/http", "Go's standard library"),
      of(2.5, "k8s.io/api/apps/v1", "k8s.io/api"),
      of(2, "runtime", "Go's standard library"),
      of(1, "example.com/shop", "example.com/shop"),
      of(1, "unknown.org/a"),
      of(1, "unknown.org/b"),
    ])
    expect(lines.slice(8)).toEqual([
      "       6.5 s  module k8s.io/api, 2 of these together",
      "       5.0 s  Go's standard library, 2 of these together",
    ])
  })
})
