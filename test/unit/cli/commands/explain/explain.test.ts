import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { explainDocument, formatOfFile } from "../../../../../cli/commands/explain/document.js"
import { treemap } from "../../../../../cli/commands/explain/treemap.js"
import { accountOf } from "../../../../../src/explain/account.js"
import { accountPage } from "../../../../../src/explain/page.js"
import { stageList } from "../../../../../src/explain/stage-list.js"
import { html } from "../../../../../src/explain/html.js"
import type { Plan } from "../../../../../src/plan/types.js"

const planOf = (name: string) =>
  JSON.parse(
    readFileSync(
      fileURLToPath(new URL(`../../../../cases/${name}/plan.json`, import.meta.url)),
      "utf8",
    ),
  ) as Plan

const plan = planOf("frontend")

describe("the text of explain", () => {
  const text = explainDocument(accountOf(plan), {}, "text")

  it("has each decision with its place and the option that changes it", () => {
    for (const { value, from } of plan.decisions) {
      expect(text).toContain(value)
      expect(text).toContain(`from ${from}`)
    }
    expect(text).toMatch(/Go version +\S+\n +from \S+; change it: --go-version\n/)
  })

  it("has each stage, its steps in their order, and how the image runs", () => {
    const stages = plan.stages.map(({ name }) => text.indexOf(`\n  ${name}, from `))
    expect(stages).toEqual([...stages].sort((a, b) => a - b))
    expect(stages).not.toContain(-1)
    expect(text).toContain(`user: ${plan.image.user}`)
  })

  it("has no script in it", () => {
    expect(text.split("\n").filter((line) => line.length > 250)).toEqual([])
  })
})

describe("the page of explain", () => {
  it("takes what a project says for text", () => {
    const hostile = `<script>alert(1)</script>"'&`
    const [first, ...rest] = plan.decisions
    const decisions = [{ what: "label", from: hostile, ...first, value: hostile }, ...rest]
    const page = accountPage(accountOf({ ...plan, decisions, notices: [hostile] }))
    expect(page).not.toContain("<script")
    expect(page).toContain("&#60;script&#62;alert(1)&#60;/script&#62;&#34;&#39;&#38;")
  })

  it("loads nothing, and runs nothing", () => {
    const page = accountPage(accountOf(plan))
    expect(page).toContain("default-src &#39;none&#39;".replaceAll("&#39;", "'"))
    expect(page).not.toMatch(/<(?:script|link|img|iframe)\b|\bsrc=|url\(|@import|\bon\w+="/)
    expect(Buffer.byteLength(page)).toBeLessThan(100_000)
  })

  it("shows that an arrow leads from each stage to those that use it", () => {
    const { stages } = accountOf(plan)
    const arrows = stages.flatMap(({ uses }) => uses).length
    // Once for a desk, and once for a phone.
    expect(accountPage(accountOf(plan)).match(/class="edge"/g)).toHaveLength(2 * arrows)
    expect(arrows).toBeGreaterThan(2)
  })

  it("is drawn for a plan of one stage", () => {
    const account = accountOf({ ...plan, stages: plan.stages.slice(0, 1) })
    expect(accountPage(account).match(/class="stage"/g)).toHaveLength(2)
  })
})

describe("the list of stages of a phone", () => {
  it("has a lane for each arrow, so that two that run beside each other are not one", () => {
    const { stages } = accountOf(plan)
    const drawn = stageList(stages).text
    const arrows = [...drawn.matchAll(/d="M[\d.]+ ([\d.]+) H\S+ Q([\d.]+) \S+ \S+ \S+ V([\d.]+)/g)]
    expect(arrows).toHaveLength(stages.flatMap(({ uses }) => uses).length)
    const lines = arrows.map(([, start, x, end]) => ({ x, start: Number(start), end: Number(end) }))
    for (const [i, one] of lines.entries()) {
      for (const other of lines.slice(i + 1)) {
        if (one.x !== other.x) continue
        expect(one.end <= other.start || other.end <= one.start).toBe(true)
      }
    }
  })
})

describe("a treemap", () => {
  it("gives each part an area as large as its size", () => {
    const drawn = treemap("Code", [
      { name: "a", parts: [{ name: "a/one", size: 300_000 }] },
      { name: "b", parts: [{ name: "b/one", size: 100_000 }] },
    ]).text
    const area = (name: string) => {
      const [, width, height] =
        new RegExp(
          `<title>${name}:[^<]*</title\\s*>\\s*<rect[^>]*width="(\\d+)"\\s+height="(\\d+)"`,
        ).exec(drawn) ?? []
      return Number(width) * Number(height)
    }
    expect(area("a/one") / area("b/one")).toBeCloseTo(3, 0)
  })

  it("has what is small of a module as one tile on a phone", () => {
    const parts = Array.from({ length: 200 }, (_, i) => ({ name: `p${i}`, size: 1000 + i }))
    const [, wide = "", narrow = ""] = treemap("Code", [{ name: "m", parts }]).text.split(
      /<svg\s+class="/,
    )
    expect(wide.match(/<title>p\d+:/g)).toHaveLength(200)
    expect(narrow.match(/<title>p\d+:/g)).toHaveLength(90)
    expect(narrow).toContain("<title>others: 0.1 MB")
  })

  it("is empty where there is nothing", () => {
    expect(treemap("Code", []).text).not.toContain("<rect")
  })
})

it("knows its format by a file's name", () => {
  expect(["a.html", "a.HTM", "a.json", "a.txt", "a"].map(formatOfFile)).toEqual([
    "html",
    "html",
    "json",
    "text",
    "text",
  ])
})

it("escapes values in a template, and nested HTML only once", () => {
  expect(html`<b title="${'"'}">${[html`<i>${"<"}</i>`, undefined, false, 1]}</b>`.text).toBe(
    '<b title="&#34;"><i>&#60;</i>1</b>',
  )
})

describe("the labels of a treemap", () => {
  const label = (name: string, share: number) => {
    const parts = [
      { name, size: share },
      { name: "rest", size: 100 - share },
    ]
    const drawn = treemap("Code", [{ name: "module", parts }]).text
    return new RegExp(`<title>${name}:[^]*?</svg`).exec(drawn)?.[0].match(/<text[^>]*>([^<]*)/)?.[1]
  }

  it("are as much of a path's end as fits, and nothing where no whole name does", () => {
    const path = "example.com/some-company/some-project/internal/very-long-name-of-a-store"
    expect(label(path, 99)).toBe(path)
    expect(label(path, 30)).toBe("…/internal/very-long-name-of-a-store")
    expect(label(path, 1)).toBeUndefined()
    expect(label("github.com/redis/go-redis/v9", 10)).toBe("go-redis/v9")
    expect(label("github.com/redis/go-redis/v9", 2)).toBeUndefined()
  })
})
