import { cpSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"

import { readImage } from "../read-image.js"

export interface GeneratedProject {
  name: string
  folder: string
  archive: string
}

/** A project of its own module path and program, with dependencies that all of them have. */
export function generate(parent: string, number: number): GeneratedProject {
  const name = `shortlinks-${number}`
  const folder = join(parent, name)
  cpSync("examples/shortlinks", folder, { recursive: true })
  const goMod = readFileSync(join(folder, "go.mod"), "utf8")
  const renamed = goMod.replace("example.com/shortlinks", `example.com/${name}`)
  writeFileSync(join(folder, "go.mod"), renamed)
  return { name, folder, archive: join(parent, `${name}.tar`) }
}

/** Makes the program another one than that of all other projects and editions. */
export function edit({ name, folder }: GeneratedProject, edition: string): void {
  const source = `package main\n\nfunc init() { println(${JSON.stringify(mark(name, edition))}) }\n`
  writeFileSync(join(folder, "mark.go"), source)
}

/** Throws unless the image has this project's program, as it was edited last, and no other one. */
export async function verify({ name, archive }: GeneratedProject, edition: string): Promise<void> {
  const image = await readImage(archive)
  const programs = [...image.files.keys()].filter((path) => path.startsWith("/app/"))
  const program = await image.readFile(`/app/${name}`)
  if (programs.join() !== `/app/${name}` || !program.includes(mark(name, edition))) {
    throw new Error(`${archive} is not the image of ${name}, ${edition}: ${programs.join()}`)
  }
}

function mark(name: string, edition: string): string {
  return `this is ${name} (${edition})`
}
