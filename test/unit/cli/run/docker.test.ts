import { chmodSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { SetupError } from "../../../../cli/errors.js"
import { runWithDocker } from "../../../../cli/run/docker.js"
import { temporaryFolder } from "../temporary.js"

let path: string

beforeEach(() => {
  path = temporaryFolder()
  vi.stubEnv("PATH", path)
})

afterEach(() => {
  vi.unstubAllEnvs()
})

/** Knows no container, and answers `run` so. */
function docker(stderr: string, code: number): void {
  const file = join(path, "docker")
  const script = `if (process.argv[2] !== "run") process.exit(1)
    console.error(${JSON.stringify(stderr)})
    process.exit(${code})`
  writeFileSync(file, `#!${process.execPath}\n${script}\n`)
  chmodSync(file, 0o755)
}

describe("a container in Docker that has ended before it was seen", () => {
  const start = () =>
    runWithDocker("app:dev", {
      ports: [],
      signal: new AbortController().signal,
      onOutput: () => undefined,
    })

  it("is none where Docker could not start it, and that is not the program's fault", async () => {
    docker(
      "docker: Error response from daemon: failed to create task\n\nRun 'docker run --help' for more information",
      125,
    )
    const failed = start()
    await expect(failed).rejects.toThrow(SetupError)
    await expect(failed).rejects.toThrow(
      /^Docker could not start the image: failed to create task$/m,
    )
  })

  it("has the exit code of its program otherwise", async () => {
    docker("panic: no database", 2)
    expect(await (await start()).exited).toBe(2)
  })
})
