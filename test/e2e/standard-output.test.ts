import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { readImage } from "../read-image.js"
import { root, run, script } from "./command.js"

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** As a person types it in a shell, where `$1` is the project. */
function shell(line: string) {
  return run(["bash", "-o", "pipefail", "-c", line, "bash", `${root}examples/hello-web`], {
    cwd: folder,
    env: { TMPDIR: folder },
  })
}

const build = `bash ${root}script/build "$1"`

describe("script/build --output -", () => {
  it("writes the archive to standard output, and nothing else there or anywhere", async () => {
    const piped = await shell(`${build} --output - | cat >piped.tar`)
    expect(piped.code, piped.stderr).toBe(0)
    expect(piped.stderr).toMatch(/^wrote the archive \(\d+\.\d MB\)$/m)
    expect(readdirSync(folder)).toEqual(["piped.tar"])

    const file = await script(["examples/hello-web", "--output", join(folder, "file.tar")])
    expect(file.code, file.stderr).toBe(0)
    const images = await Promise.all(
      ["piped.tar", "file.tar"].map((name) => readImage(join(folder, name))),
    )
    expect(images[0]!.run.Entrypoint).toEqual(["/app/hello-web"])
    expect(images[0]!.digest).toBe(images[1]!.digest)
  })

  it("says so when nobody reads it to its end", async () => {
    const { code, stderr } = await shell(`${build} --output - | head -c 1 >/dev/null`)
    expect(stderr).toMatch(
      /^the program that reads the archive ended before the end of the archive$/m,
    )
    expect(stderr).not.toContain("This is a bug")
    expect(code).toBe(2)
    expect(readdirSync(folder)).toEqual([])
  })

  it("cannot be together with --run, which shows its answer there", async () => {
    const { code, stdout, stderr } = await script(["examples/hello-web", "--run", "-o", "-"])
    expect(stderr).toMatch(
      /^error: --run and --output - both write to standard output: use one of them$/m,
    )
    expect([code, stdout]).toEqual([2, ""])
  })
})

describe("script/build --dockerfile >Dockerfile", () => {
  const write = `bash ${root}script/build . --dockerfile >Dockerfile`
  const theirs = "FROM golang:1.25\\nEXPOSE 9000\\n"
  const start = `cp -r "$1/." . && rm -f Dockerfile`

  it("says that the shell has emptied the project's own before it could be read", async () => {
    const { code, stderr } = await shell(
      `${start} && printf '${theirs}' >Dockerfile && sleep 1.5 && ${write}`,
    )
    expect(stderr).toMatch(
      /^Dockerfile: standard output is this file, which the shell emptied before it was read$/m,
    )
    expect(stderr).toContain("--output Dockerfile.new")
    expect(code).toBe(2)
  })

  it("writes one that was not there before, and that one again where Git has it", async () => {
    const { code, stderr } = await shell(
      `${start} && git init -q . && ${write} && git add Dockerfile && sleep 1.5 && ${write}`,
    )
    expect(code, stderr).toBe(0)
    expect(readFileSync(join(folder, "Dockerfile"), "utf8")).toContain("FROM golang:1.25 AS build")
  })
})
