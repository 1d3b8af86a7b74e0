import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { parseArguments } from "../../../../cli/command-line/build-command.js"

let said: string
beforeEach(() => {
  said = ""
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    said += String(text)
    return true
  })
  vi.spyOn(process, "exit").mockImplementation((code) => {
    throw new Error(`exit ${code}`)
  })
})

afterEach(() => {
  vi.restoreAllMocks()
})

const parse = (line: string, environment = {}) => parseArguments(line.split(" "), environment)

describe("is refused before anything is built:", () => {
  it.each([
    [". --tag a --push --run", "one at a time: --push, --run"],
    [". --plan --run", "one at a time: --plan, --run"],
    [". --check test --run", "one at a time: --check, --run"],
    [". --output a.tar --load --tag a", "one at a time: --output, --load"],
    [". --output - --run", "--run and --output - both write to standard output: use one of them"],
    [". --push", "--load and --push need an image name: --tag registry.example.com/app:v1"],
    [". --tag Not/A/Name --push", "not an image reference: Not/A/Name (--tag)"],
    [". --tag a:1 --tag b:c:d", "not an image reference: b:c:d (--tag)"],
    [`. --tag a@sha256:${"0".repeat(64)}`, "a name with a digest: "],
    [". --cache-image UPPER", "not an image reference: UPPER (--cache-image)"],
    [". --affected-since=--output=/tmp/x", "not a commit, branch or tag: --output=/tmp/x"],
    [". --affected-since --json", "not a commit, branch or tag: --json"],
    [". --shard 1/2", "--shard needs --check test or --test-list"],
    [". --check test --shard-times junit.xml", "--shard-times needs --shard"],
    [". --check vet --shard 1/2", "--shard needs --check test or --test-list"],
    [". --check vet --test-report out", "--test-report needs --check test"],
    [". --test-list --plan", "one at a time: --test-list, --plan"],
    [". --json", "--json needs --affected-since"],
    [". --progress fancy", "Allowed choices are auto, tty, plain, json, quiet."],
    [". --quiet --verbose", "one at a time: --quiet, --verbose"],
    [". --progress quiet --verbose", "one at a time: --progress quiet, --verbose"],
    [". --quiet --progress json", "one at a time: --quiet, --progress json"],
    [". --stall-timeout soon", "Give a duration such as 90s, 20m or 1h, or 0 for no limit."],
  ])("%s", (line, message) => {
    expect(() => parse(line)).toThrow("exit 2")
    expect(said.split("\n")[0]).toContain(message)
    expect(said).toMatch(/^error: /)
  })

  it.each([
    [{ OUTPUT_IMAGE: "a:1,B" }, "not an image reference: B ($OUTPUT_IMAGE)"],
    [{ CACHE_IMAGE: "B" }, "not an image reference: B ($CACHE_IMAGE)"],
  ])("%j", (environment, message) => {
    expect(() => parse(".", environment)).toThrow("exit 2")
    expect(said.split("\n")[0]).toContain(message)
  })
})

it.each([
  [".", {}, "auto"],
  [". --progress plain", {}, "plain"],
  [". --quiet", {}, "quiet"],
  [".", { BUILDKIT_PROGRESS: "plain" }, "plain"],
  [". --progress tty", { BUILDKIT_PROGRESS: "plain" }, "tty"],
  // Docker's is another JSON.
  [".", { BUILDKIT_PROGRESS: "rawjson" }, "auto"],
] as const)("%s with %j shows progress as %s", (line, environment, progress) => {
  expect(parse(line, environment)).toMatchObject({ progress, verbose: false })
})

describe("is possible:", () => {
  it.each([
    [". --run --load --tag a", { run: true, load: true, tags: ["a"] }],
    [". --run --output a.tar", { run: true, output: "a.tar" }],
    [". --tag registry.example.com:5000/a/b:v1 --push", { push: true }],
    [". --stall-timeout 90s", { stallTimeout: 90 }],
    [". --stall-timeout 1h30m", { stallTimeout: 5400 }],
    [". --stall-timeout 0", { stallTimeout: 0 }],
    [".", { stallTimeout: 1200, push: false }],
  ])("%s", (line, request) => {
    expect(parse(line)).toMatchObject(request)
  })
})
