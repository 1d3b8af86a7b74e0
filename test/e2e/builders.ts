import { inject } from "vitest"

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

/** The ways that work on this machine; setup.ts says which one is left out, and why. */
export function availableBuilders(): ImageBuilder[] {
  return inject("whyNoDagger") ? [commandLine] : [commandLine, dagger]
}

function expectSuccess({ code, stdout, stderr }: Finished): void {
  if (code !== 0) throw new Error(`exit code ${code}\n${stdout}\n${stderr}`)
}
