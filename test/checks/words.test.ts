import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { messages } from "../readme/messages.js"

/** What people read is in the words of docs/glossary.md: nothing has those of its second table's left column. */

const glossary = readFileSync("docs/glossary.md", "utf8")
const [, table = ""] = glossary.split("| Not | but |\n| --- | --- |\n")
const avoided = [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, words = ""]) =>
  words.split(", "),
)
const pattern = new RegExp(`\\b(?:${avoided.join("|")})\\b`, "i")

const places = ["src/*.ts", "cli/*.ts", "script/*", "docs/*.md", "examples/*.md", "*.md"]
const files = execFileSync("git", ["ls-files", "-z", "--", ...places], { encoding: "utf8" })
  .split("\0")
  .filter(
    (file) => file !== "" && !/^test\/|\/generated\/|\/vendor\/|^docs\/glossary\.md$/.test(file),
  )

describe("words of the glossary", () => {
  it("are avoided in messages, comments, scripts and documents", () => {
    expect(avoided).toContain("passed over")
    const found = [...new Set(files)].flatMap((file) =>
      readFileSync(file, "utf8")
        .split("\n")
        .flatMap((line, index) =>
          pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
        ),
    )
    expect(found, "docs/glossary.md has other words for them").toEqual([])
  })

  it("are each found as a word of its own, in any case", () => {
    expect("Passed over: x").toMatch(pattern)
    expect("they have one: 0.1").not.toMatch(pattern)
  })
})

describe("the list of messages", () => {
  const all = messages()
  const texts = all.map(({ text }) => text)

  it("has errors, their advice, notes, help, and the help of dagger functions, each at its line", () => {
    expect(texts).toContain("unknown runtime {JSON.stringify(name)} ({setting?.from})")
    expect(texts).toContain("Write its name, such as SIGINT or SIGQUIT.")
    expect(texts).toContain("show the output of every step")
    expect(texts.join("\n")).toContain("Runs go vet, and fails if it finds problems.")
    const { file, line } = all.find(({ text }) => text.startsWith("Write its name, such as SIG"))!
    expect(readFileSync(file, "utf8").split("\n")[line - 1]).toContain("SIGQUIT")
  })

  it("has no paths of imports, no types and no single words", () => {
    expect(texts.filter((text) => /^\.{1,2}\/\S*\.js$/.test(text))).toEqual([])
    expect(texts).not.toContain("utf8")
  })
})
