import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { afterEach, beforeEach, describe, expect, it } from "vitest"

import { theLine } from "../ci/line.js"
import { credentials, environmentOf, providers } from "../ci/providers.js"
import { Runner } from "../ci/stand-ins.js"

const { engineVersion } = JSON.parse(readFileSync("dagger.json", "utf8")) as {
  engineVersion: string
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "go-image-pipeline-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe.each(providers)("the pipeline for $name", (provider) => {
  const { file, shell, installs, image } = provider
  const text = readFileSync(join("examples/ci", file), "utf8")

  async function run(runner: Runner) {
    const job = await provider.job(text)
    if (installs) runner.preinstall()
    return runner.run(shell, job.script, environmentOf(job, provider))
  }

  it("has the one line that all have", async () => {
    const { script } = await provider.job(text)
    const commands = script.split("\n").map((command) => command.trim())
    // What would sign it is a comment, also to the shell.
    const active = commands.filter((command) => !command.startsWith("#"))
    expect(active.filter((command) => command.includes("dagger c"))).toEqual([theLine()])
  })

  it("installs the version of Dagger that the module is made for", async () => {
    const { installed = installs?.(text) } = await run(new Runner(folder))
    expect(`v${installed}`).toBe(engineVersion)
  })

  it("runs: checks, then builds and publishes, with the password in the environment alone", async () => {
    const { code, output, calls } = await run(new Runner(folder))
    expect(code, output).toBe(0)
    expect(calls.map((call) => call.arguments)).toEqual([
      ["check"],
      [
        ...["call", "go-image", "publish", "--source=.", `--addresses=${image}`],
        ...[`--username=${credentials.REGISTRY_USER}`, "--password=env://REGISTRY_PASSWORD"],
      ],
    ])
    // A shell that shows its commands, as Jenkins's does, does not show the password.
    expect(output).not.toContain(credentials.REGISTRY_PASSWORD)
    expect(calls[1]!.environment).toMatchObject({
      REGISTRY_PASSWORD: credentials.REGISTRY_PASSWORD,
    })
  })

  it("publishes nothing when a check fails", async () => {
    const { code, calls } = await run(new Runner(folder, 1))
    expect(code).not.toBe(0)
    expect(calls.map((call) => call.arguments)).toEqual([["check"]])
  })
})
