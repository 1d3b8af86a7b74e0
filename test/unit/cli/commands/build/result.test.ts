import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { ImageMetadata, Output } from "../../../../../cli/engine/engine.js"
import { checkReplacedResults, checkResultFiles } from "../../../../../cli/build/result-files.js"
import { publishResults, resultOf } from "../../../../../cli/commands/build/result.js"
import { temporaryFolder } from "../../temporary.js"
import type { Request } from "../../../../../cli/request.js"
import { parseArguments } from "../../../../../cli/command-line/build-command.js"

const digest = `sha256:${"a".repeat(64)}`
const metadata = { "containerimage.digest": digest, "containerimage.config.digest": "sha256:c" }

const request = (...args: string[]): Request => parseArguments([".", ...args], {})

const how = {
  decisions: [{ what: "port", value: "8080", from: "main.go:3" }],
  steps: [
    { name: '[build 3/4] RUN ["go","build","."]', seconds: 1.5, startedAt: 0, cached: false },
  ],
}

const madeOf = (output: Output, metadata: ImageMetadata, asked: Request) =>
  resultOf(output, metadata, asked, how)

const push = (...tags: string[]): Output => ({ type: "push", tags })

let folder: string
let printed: string

beforeEach(() => {
  folder = temporaryFolder()
  printed = ""
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text)
    return true
  })
})

afterEach(() => {
  vi.restoreAllMocks()
})

describe("what is printed", () => {
  const file = (): Output => ({ type: "oci", path: join(folder, "a.tar"), tags: ["app:1"] })

  it.each<[string, Output, string]>([
    ["one name", push("registry.example.com/a/app:v1"), `registry.example.com/a/app@${digest}\n`],
    ["no tag", push("app"), `app@${digest}\n`],
    ["a port", push("localhost:5000/app"), `localhost:5000/app@${digest}\n`],
    ["two tags of one name", push("r.io/app:1", "r.io/app:2"), `r.io/app@${digest}\n`],
    ["two names", push("r.io/a:1", "s.io/b:1"), `r.io/a@${digest}\ns.io/b@${digest}\n`],
  ])("of a push: %s", (_, output, expected) => {
    const asked = request("--tag", "x", "--push")
    const result = madeOf(output, metadata, asked)
    publishResults(result ? [result] : [], asked, {})
    expect(printed).toBe(expected)
  })

  it("of an archive: its digest", () => {
    const asked = request("--output", "a.tar")
    publishResults([madeOf(file(), metadata, asked)!], asked, {})
    expect(printed).toBe(`${digest}\n`)
  })

  it("of archives of several targets: the digest of each, and its target", () => {
    const asked = request("--output", "{{.Target}}.tar", "--target", "all")
    const results = ["web", "job"].map((target) => madeOf(file(), metadata, { ...asked, target })!)
    publishResults(results, asked, {})
    expect(printed).toBe(`${digest}  web\n${digest}  job\n`)
    printed = ""
    publishResults(results.slice(0, 1), asked, {})
    expect(printed).toBe(`${digest}\n`)
  })

  it("of an image that Docker's older store has, which gives it no name by digest: its digest", () => {
    const asked = request("--tag", "app:1", "--load")
    const ofDocker = { ...metadata, "containerimage.config.digest": digest }
    const result = madeOf({ type: "load", tags: ["app:1"] }, ofDocker, asked)!
    publishResults([result], asked, {})
    expect(printed).toBe(`${digest}\n`)
  })

  it("of an archive that goes there itself: nothing more", () => {
    const asked = request("--output", "-")
    publishResults([madeOf(file(), metadata, asked)!], asked, {})
    expect(printed).toBe("")
  })

  it("of an image that is only run: nothing", () => {
    expect(madeOf(file(), metadata, request("--run"))).toBeUndefined()
    expect(madeOf(file(), metadata, request("--run", "-o", "a.tar"))?.digest).toBe(digest)
  })
})

describe("files", () => {
  it("are written as others have them, and replaced whole", () => {
    const [json, plain, dotenv] = ["m.json", "digest", "image.env"].map((name) =>
      join(folder, name),
    )
    for (const each of [json, plain, dotenv])
      writeFileSync(each!, "what was there before, and longer")
    const files = ["--metadata-file", json!, "--digest-file", plain!, "--dotenv-file", dotenv!]
    const asked = request("--tag", "r.io/app:1", "--push", ...files)
    publishResults([madeOf(push("r.io/app:1", "r.io/app:2"), metadata, asked)!], asked, {})
    expect(JSON.parse(readFileSync(json!, "utf8"))).toEqual({
      ...metadata,
      "image.name": "r.io/app:1,r.io/app:2",
    })
    expect(readFileSync(plain!, "utf8")).toBe(digest)
    expect(readFileSync(dotenv!, "utf8")).toBe(
      `IMAGE_DIGEST=${digest}\nIMAGE=r.io/app@${digest}\nIMAGE_TAGS=r.io/app:1,r.io/app:2\n`,
    )
  })

  it("are in folders that are made when there is something to put there", () => {
    const file = join(folder, "a/b/m.json")
    const asked = request("--tag", "r.io/app:1", "--push", "--metadata-file", file)
    checkResultFiles(asked, 1)
    expect(existsSync(join(folder, "a"))).toBe(false)
    publishResults([madeOf(push("r.io/app:1"), metadata, asked)!], asked, {})
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject(metadata)
  })

  it("have several targets by their names", () => {
    const json = join(folder, "m.json")
    const asked = request("--tag", "r.io/{{.Target}}:1", "--push", "--metadata-file", json)
    const results = ["api", "worker"].map((target) =>
      madeOf(push(`r.io/${target}:1`), metadata, { ...asked, target })!,
    )
    publishResults(results, asked, {})
    const written = JSON.parse(readFileSync(json, "utf8")) as Record<string, object>
    expect(Object.keys(written)).toEqual(["api", "worker"])
    expect(written["worker"]).toMatchObject({ "image.name": "r.io/worker:1" })
    expect(printed).toBe(`r.io/api@${digest}\nr.io/worker@${digest}\n`)
  })

  it("of GitHub are added to", () => {
    const output = join(folder, "output")
    writeFileSync(output, "earlier=1\n")
    const asked = request("--tag", "r.io/app:1", "--push")
    const result = madeOf(push("r.io/app:1", "r.io/app:2"), metadata, asked)!
    const ofGitHub = { GITHUB_ACTIONS: "true", GITHUB_OUTPUT: output }
    publishResults([result], asked, ofGitHub)
    const text = readFileSync(output, "utf8").replace(/end-[0-9a-f-]{36}/g, "END")
    expect(text).toContain(`earlier=1\ndigest<<END\n${digest}\nEND\n`)
    expect(text).toContain(`image<<END\nr.io/app@${digest}\nEND\n`)
    expect(text).toContain("tags<<END\nr.io/app:1\nr.io/app:2\nEND\n")
    expect(text).toContain(`images<<END\nr.io/app@${digest}\nEND\n`)
    expect(text).toMatch(/^metadata<<END\n\{\n[^]*\n\}\nEND\n$/m)
  })

  it("and the page of its job", () => {
    const summary = join(folder, "summary")
    const asked = request("--tag", "r.io/app:1", "--push")
    publishResults([madeOf(push("r.io/app:1"), metadata, asked)!], asked, {
      GITHUB_ACTIONS: "true",
      GITHUB_STEP_SUMMARY: summary,
    })
    const text = readFileSync(summary, "utf8")
    expect(text).toContain(`### r.io/app:1\n\n\`r.io/app@${digest}\`  \n`)
    expect(text).toContain("| port | 8080 | main.go:3 |\n")
    expect(text).toContain("1 steps, 0 cached, 1.5 s of work")
    expect(text).toContain("| build: go build . | 1.5 s |\n")
  })

  it("of GitHub are left alone elsewhere", () => {
    const output = join(folder, "output")
    const asked = request("--tag", "r.io/app:1", "--push")
    publishResults([madeOf(push("r.io/app:1"), metadata, asked)!], asked, {
      GITHUB_OUTPUT: output,
    })
    expect(existsSync(output)).toBe(false)
  })
})

describe("what is refused before anything is built", () => {
  it.each([
    [
      "a file in place of a folder",
      () => join(folder, "file/a/m.json"),
      /the folder of .* is a file/,
    ],
    ["a folder", () => folder, /expected a file, found a folder/],
  ])("%s", (_, file, message) => {
    writeFileSync(join(folder, "file"), "")
    expect(() => {
      checkResultFiles(request("--metadata-file", file()), 1)
    }).toThrow(message)
  })

  it("one digest of two images", () => {
    const asked = request("--digest-file", join(folder, "digest"))
    expect(() => {
      checkResultFiles(asked, 2)
    }).toThrow("--digest-file works for one image, but 2 targets are built")
  })
})

describe("a file of the project", () => {
  const all = ["metadata", "digest", "dotenv"].map((name) => `--${name}-file`)

  it.each([...all, "--sbom", "--provenance", "--vex"])("is not replaced by %s", (option) => {
    for (const [name, content] of [
      ["go.mod", "module a\n"],
      ["package.json", '{ "name": "a" }\n'],
    ] as const) {
      const file = join(folder, name)
      writeFileSync(file, content)
      const asked = { ...request(), ...fileOf(option, file) }
      expect(() => {
        checkReplacedResults(asked, folder)
      }).toThrow(`${option} is a file of the project: ${file}\n`)
      // Elsewhere it is the caller's.
      checkReplacedResults(asked, join(folder, "src"))
    }
  })

  it("is what an earlier build wrote, which a new one replaces", () => {
    const files = all.map((option) => ({ option, file: join(folder, option) }))
    const asked = request(
      "--push",
      "--tag",
      "app",
      ...files.flatMap(({ option, file }) => [option, file]),
    )
    publishResults(
      [madeOf(push("app"), metadata, asked)].flatMap((each) => each ?? []),
      asked,
      {},
    )
    checkReplacedResults(asked, folder)
    for (const { file } of files) expect(readFileSync(file, "utf8")).not.toBe("")
  })
})

function fileOf(option: string, file: string): Partial<Request> {
  const name = option.slice(2).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())
  return { [name]: file }
}
