import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { installNode, installPackage } from "../package/install.js"
import { root, run, script } from "./command.js"

let folder: string
let command: string
const project = `${root}examples/hello-web`

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "go-image-test-"))
  command = await installPackage(folder)
  return () => {
    rmSync(folder, { recursive: true })
  }
})

describe("the npm package", () => {
  it("builds and runs an image, the one that a clone builds", async () => {
    const output = join(folder, "app.tar")
    const built = await run([command, project, "--output", output, "--run"], { cwd: folder })
    expect(built.stderr).toContain("200 OK")
    expect(built.code).toBe(0)
    expect(existsSync(output)).toBe(true)
    const clone = await script([project, "--output", join(folder, "clone.tar")])
    expect(clone.stdout).toMatch(/^sha256:/)
    expect(built.stdout).toBe(`Hello from hello-web\n${clone.stdout}`)
  })

  it.each([20, 22, 24])("builds the same on Node.js %i", async (major) => {
    const node = await installNode(folder, major)
    if (node === undefined) {
      console.warn(`Node.js ${major} is not tried: the npm registry has none for this machine.`)
      return
    }
    const said = await run([node, "--version"])
    expect(said.stdout).toMatch(new RegExp(`^v${major}\\.`))
    const [output, other] = [join(folder, `${major}.tar`), join(folder, `${major}-machine.tar`)]
    const built = await run([node, command, project, "--output", output], { cwd: folder })
    expect(built.code, built.stderr).toBe(0)
    const machine = await run([command, project, "--output", other], { cwd: folder })
    expect(built.stdout).toBe(machine.stdout)
  })
})
