import { join } from "node:path"

import { root, run, script, type Finished } from "./command.js"
import type { ImageCase } from "./cases.js"

/** A way from a project to an OCI image archive. */
export interface ImageBuilder {
  name: string
  build(image: ImageCase, folder: string): Promise<string>
}

const commandLine: ImageBuilder = {
  name: "script/build",
  async build({ name, source, options = {} }, folder) {
    const archive = join(folder, `${name}.tar`)
    const flags = Object.entries(options).flatMap(([option, value]) => [`--${option}`, value])
    expectSuccess(await script([source, ...flags, "--output", archive]))
    return archive
  },
}

const dagger: ImageBuilder = {
  name: "dagger call",
  async build({ name, source, options = {} }, folder) {
    const archive = join(folder, `${name}.tar`)
    const flags = Object.entries(options).map(([option, value]) => `--${option}=${value}`)
    const call = ["dagger", "call", "-m", root, ...flags, "debian", `--source=${source}`]
    expectSuccess(await run([...call, "export", `--path=${archive}`]))
    return archive
  },
}

/** The ways that work on this machine; those that do not are named, with the reason, in one line each. */
export async function availableBuilders(): Promise<ImageBuilder[]> {
  const problem = await whyNoDagger()
  if (!problem) return [commandLine, dagger]
  console.log(`Left out: images built with \`dagger call\` (${problem})`)
  return [commandLine]
}

async function whyNoDagger(): Promise<string | undefined> {
  try {
    // Asks the engine, and so starts or reaches one.
    const { code } = await run(["timeout", "60", "dagger", "core", "version"])
    if (code === 0) return undefined
    return code === 127 ? "no dagger command" : "no Dagger engine can be reached"
  } catch (error) {
    return (error as Error).message
  }
}

function expectSuccess({ code, stdout, stderr }: Finished): void {
  if (code !== 0) throw new Error(`exit code ${code}\n${stdout}\n${stderr}`)
}
