/**
 * Many projects at once on one engine that all share: are their images right, how long does it take, how much room do
 * the caches need? Prints a table. Each number of projects begins with an engine that has built one other project.
 */
import { execFile, execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"

import { connect } from "../../cli/engine/choose.js"
import { cacheFolder } from "../../cli/system/folders.js"
import { edit, generate, type GeneratedProject, verify } from "./projects.js"

async function main(): Promise<void> {
  const counts = process.argv.slice(2).map(Number)
  if (process.env.BUILDKIT_HOST) throw new Error("unset BUILDKIT_HOST: a fresh engine is needed")

  const prepared = cacheFolder()
  console.log("| projects | first build of each | after an edit of each | engine's disk |")
  console.log("| --- | --- | --- | --- |")
  for (const count of counts.length > 0 ? counts : [1, 4, 16]) {
    const folder = mkdtempSync(join(tmpdir(), "go-image-scale-"))
    try {
      console.log(await measure(folder, count, prepared))
    } finally {
      rmSync(folder, { recursive: true })
    }
  }
}

/** @param prepared Cache with the tools and base images. */
async function measure(folder: string, count: number, prepared: string): Promise<string> {
  // Tools and base images are the machine's, so that they are not made again; the engine's state is new.
  const cache = join(folder, "cache/go-image")
  mkdirSync(cache, { recursive: true })
  for (const kept of ["tools", "bases"]) symlinkSync(join(prepared, kept), join(cache, kept))
  process.env.XDG_CACHE_HOME = join(folder, "cache")
  const engine = await connect({ report: { say: () => {} } })
  try {
    await buildAll([generate(folder, 0)], "first")
    const projects = Array.from({ length: count }, (_, number) => generate(folder, number + 1))
    const first = await buildAll(projects, "first")
    const again = await buildAll(projects, "edited")
    const disk = execFileSync("du", ["-s", "-BM", join(cache, "buildkit")], { encoding: "utf8" })
    return `| ${count} | ${first} s | ${again} s | ${parseInt(disk)} MB |`
  } finally {
    await engine.close()
  }
}

/** All at the same time; seconds until the last one is done. */
async function buildAll(projects: GeneratedProject[], edition: string): Promise<string> {
  for (const project of projects) edit(project, edition)
  const start = performance.now()
  await Promise.all(
    projects.map(({ folder, archive }) =>
      promisify(execFile)("bash", ["script/build", folder, "--output", archive]),
    ),
  )
  const seconds = (performance.now() - start) / 1000
  for (const project of projects) await verify(project, edition)
  return seconds.toFixed(1)
}

void main()
