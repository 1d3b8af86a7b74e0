import { describe, expect, it } from "vitest"
import { detect } from "../../../src/detect/detect.js"
import { readIgnorePatterns } from "../../../src/detect/patterns/as-dockerignore.js"
import { matchPatterns } from "../../../src/patterns/patterns.js"
import { assemblePlan } from "../../../src/plan/assemble.js"
import { dockerignore, keptDockerfile } from "../../../src/render/kept.js"
import type { Options } from "../../../src/options.js"
import { MemorySource } from "../support/memory-source.js"
import { project } from "../support/project.js"

const ofProject = {
  "go.mod": "module example.com/shop\n\ngo 1.26\n",
  "main.go": `package main

import _ "embed"

//go:embed pages/index.html
var index string

func main() { println(index) }
`,
  "pages/index.html": "<p>shop</p>\n",
  "templates/mail.txt": "Hello\n",
}

async function write(files: Record<string, string>, options: Options = {}) {
  const all = project({ ...ofProject, ...files })
  const source = new MemorySource(all)
  const { facts, settings } = await detect(source, { options, environment: {} })
  const plan = assemblePlan(facts, settings)
  const ignored = await readIgnorePatterns(source, facts.assetRoot)
  const here = { files: Object.keys(all), vcs: [".git"], ignored }
  return {
    dockerfile: keptDockerfile([plan], facts, here, { hasIgnoreFile: true }),
    alone: keptDockerfile([plan], facts, here, { hasIgnoreFile: false }),
    ignore: dockerignore([plan], facts, here, ["Dockerfile"]),
  }
}

/** Of a .dockerignore. */
function patternsOf(text: string): string[] {
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#"))
}

const ignored = {
  ".gitignore": "/data/\nnode_modules\n*.log\n!keep.log\n",
  ".dockerignore": "tmp\n",
}
const later = {
  "data/shop.db": "x",
  "a/debug.log": "x",
  "tmp/x": "x",
  "web/node_modules/x.js": "x",
}

describe("what a project ignores", () => {
  it("is the same in a clone and where such files are", async () => {
    const clean = await write(ignored)
    expect(await write({ ...ignored, ...later })).toEqual(clean)
    const isExcluded = matchPatterns(patternsOf(clean.ignore))
    expect(Object.keys(later).filter((file) => !isExcluded(file))).toEqual([])
    const kept = [
      "main.go",
      "pages/index.html",
      "templates/mail.txt",
      "a/keep.log",
      "cmd/data/x.go",
    ]
    expect(kept.filter(isExcluded)).toEqual([])
    expect(clean.alone).toContain("    --exclude=**/node_modules \\\n")
  })

  it.each([
    ["a file that is embedded", { ".gitignore": "pages\n*.db\n" }],
    ["code", { ".dockerignore": "*\n!templates\n" }],
  ])("of the image alone, where it hides %s", async (_, files) => {
    const { dockerfile, ignore } = await write(files)
    expect(patternsOf(ignore).some((line) => /pages|^\*$/.test(line))).toBe(false)
    const patterns = [...dockerfile.matchAll(/^ +--exclude=(\S+) /gm)].map(([, each = ""]) => each)
    const isExcluded = matchPatterns(patterns)
    expect(isExcluded("pages/index.html")).toBe(true)
    expect(isExcluded("shop.db")).toBe(true)
    expect(isExcluded("templates/mail.txt")).toBe(false)
  })

  it("may be kept", async () => {
    const files = { ".gitignore": "data\n", "data/cities.csv": "x\n" }
    const { dockerfile, ignore } = await write(files, { keep: ["data/cities.csv"] })
    expect(patternsOf(ignore)).not.toContain("**/data")
    expect(dockerfile).toMatch(/--exclude=\*\*\/data \\\n.*--exclude=!data\/cities\.csv/s)
  })

  it("is what a hook finds, and not what it makes", async () => {
    const hook = { "bin/go-pre-compile": "#!/bin/sh\nmkdir data && echo x >data/x\n" }
    const { dockerfile, ignore } = await write({ ".gitignore": "data\n", ...hook })
    expect(patternsOf(ignore)).toContain("**/data")
    expect(dockerfile).not.toContain("--exclude=**/data")
  })

  it("does not hide from a hook what it may read", async () => {
    const hook = { "bin/go-pre-compile": "#!/bin/sh\nsh scripts/make.sh\n", "scripts/make.sh": "" }
    const { ignore } = await write({ ".dockerignore": "scripts\n", ...hook })
    expect(patternsOf(ignore)).not.toContain("scripts")
  })

  it("brings back no secret and nothing of Git", async () => {
    const files = { ".dockerignore": "**\n!**/*\n!.git\n!.env\n" }
    const isExcluded = matchPatterns(patternsOf((await write(files)).ignore))
    expect([".git/config", ".env"].filter((file) => !isExcluded(file))).toEqual([])
  })
})
