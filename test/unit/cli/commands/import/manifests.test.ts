import { expect, it } from "vitest"
import {
  importKoReferences,
  importManifests,
  readManifests,
} from "../../../../../cli/commands/import/manifests.js"
import { MemorySource } from "../../../support/memory-source.js"

const program = {
  name: "shop",
  installed: "/app/bin/shop",
  isOnPath: true,
  workingDirectory: "/app",
}

async function rows(files: Record<string, string>, more: Partial<typeof program> = {}) {
  const source = new MemorySource(files)
  const found = importManifests(await readManifests(source, Object.keys(files)), [
    { ...program, ...more },
  ])
  return found.map(({ file, line, value, meaning }) => [`${file}:${line}`, value, meaning])
}

it.each([
  ["a list", "spec:\n  command:\n    - ./shop\n    - -v\n", 3],
  ["brackets", 'command: ["./shop", "-v"]\n', 1],
  ["one line", "entrypoint: ./shop -v # starts\n", 1],
  ["a container's first key", "- command:\n  - './shop'\n", 2],
])("a path that is not in this image is told: in %s", async (_, text, line) => {
  expect(await rows({ "deploy/a.yaml": text })).toEqual([
    [`deploy/a.yaml:${line}`, "./shop", "the program is /app/bin/shop here: write shop"],
  ])
})

it("of ko's images, it is the path of the one program", async () => {
  const files = { "a.yml": "command: [/ko-app/shop]\n" }
  expect(await rows(files, { installed: "/app/shop", isOnPath: false })).toEqual([
    ["a.yml:1", "/ko-app/shop", "the program is /app/shop here: write /app/shop"],
  ])
})

it.each([
  ["its name alone, on the PATH", "command: [shop]\n", {}],
  ["its path here", "command: [/app/bin/shop]\n", {}],
  ["the same place in another folder", "command: [./shop]\n", { installed: "/app/shop" }],
  ["another program", "command: [/bin/sh, -c, ./shop]\n", {}],
  ["a comment", "# command: [./shop]\n", {}],
])("what starts it is not told: %s", async (_, text, more) => {
  expect(await rows({ "a.yaml": text }, more)).toEqual([])
})

it("of many lines the first ten are told, and how many more there are", async () => {
  const text = "command: [./shop]\n".repeat(13)
  const found = await rows({ "a.yaml": text, ".github/b.yaml": text, "vendor/c.yaml": text })
  expect(found).toHaveLength(10)
  expect(found.at(-1)?.[2]).toMatch(/; 3 more lines like this$/)
})

it("what ko alone replaces is told, with its line and what to write", async () => {
  const line = "image: ko://example.com/shop/cmd/api\n"
  const files = {
    "config/a.yaml": `# ${line}spec:\n  ${line}`,
    "b.yml": line.repeat(12),
    "c.txt": line,
  }
  const found = importKoReferences(await readManifests(new MemorySource(files), Object.keys(files)))
  expect(found).toHaveLength(10)
  expect(found[0]).toMatchObject({
    ...{ file: "config/a.yaml", line: 3, value: "ko://example.com/shop/cmd/api" },
    ...{ option: "ko://", status: "not supported" },
  })
  expect(found[0]?.meaning).toContain("REGISTRY/api:TAG")
  expect(found.at(-1)?.meaning).toMatch(/; 3 more lines like this$/)
})
