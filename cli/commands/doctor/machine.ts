import { existsSync, statfsSync } from "node:fs"
import { dirname } from "node:path"
import { CommandFailed, onPath, run } from "../../system/command.js"
import { cacheFolder } from "../../system/folders.js"
import { proxyVariables } from "../../http/proxy.js"
import { loggedInRegistries } from "../../image/registry/docker-credentials.js"
import type { Finding } from "./findings.js"

const timeout = 5000

/** Less than BuildKit keeps free (cli/engine/embedded/embedded.ts), with which its cache is emptied all the time. */
const littleSpace = 4e9

export async function lookAtMachine(): Promise<Finding[]> {
  const cache = cacheFolder()
  return [
    node(),
    await program("git", ["git", "--version"], "version and commit of the image are not known"),
    await program(
      "go",
      ["go", "version"],
      "only needed to compile BuildKit; not needed with Docker",
    ),
    await program("docker", ["docker", "--version"], "--load and docker run are not available"),
    await dagger(),
    await cacheSize(cache),
    space(cache),
    ...proxies(process.env),
    registries(),
  ]
}

function node(): Finding {
  return { name: "Node.js", state: "ok", found: process.versions.node }
}

/** A program that is there may hang, or fail. */
async function program(name: string, command: string[], without: string): Promise<Finding> {
  if (!onPath(name)) return { name, state: "none", found: `not installed: ${without}` }
  try {
    const [line = ""] = (await run(command, { timeout })).trim().split("\n")
    return { name, state: "ok", found: line }
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error
    return { name, state: "note", found: `${command.join(" ")} fails: ${error.why}` }
  }
}

/** Its engine is one in Docker, where the environment names no other. */
async function dagger(): Promise<Finding> {
  const found = await program("dagger", ["dagger", "version"], "only needed for the Dagger module")
  const engine = process.env._EXPERIMENTAL_DAGGER_RUNNER_HOST
  return found.state === "ok" && engine
    ? { ...found, found: `${found.found}; engine ${engine}` }
    : found
}

/** Of tens of thousands of files: du(1) counts them faster than we do. */
async function cacheSize(folder: string): Promise<Finding> {
  const name = "cache"
  if (!existsSync(folder)) return { name, state: "none", found: `${folder}: empty` }
  try {
    const answer = await run(["du", "-sk", folder], { timeout })
    return { name, state: "ok", found: `${folder}: ${gigabytes(Number.parseInt(answer) * 1024)}` }
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error
    return { name, state: "ok", found: `${folder}: not counted, it has too many files (du -sh)` }
  }
}

function space(cache: string): Finding {
  let folder = cache
  while (!existsSync(folder)) folder = dirname(folder)
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  const found = `${gigabytes(free)} free on the disk of the cache`
  if (free >= littleSpace) return { name: "disk", state: "ok", found }
  return {
    ...{ name: "disk", state: "note", found: `${found}: builds start cold, or fail` },
    fix: "free some space, or set XDG_CACHE_HOME to a folder on another disk",
  }
}

/** Passwords in their addresses are nobody's business. */
export function proxies(environment: NodeJS.ProcessEnv): Finding[] {
  const set = proxyVariables.flatMap((name) => {
    const value = environment[name]
    return value ? [`${name}=${value.replace(/(:\/\/)[^/@]*@/, "$1***@")}`] : []
  })
  if (set.length === 0) return [{ name: "proxy", state: "none", found: "none" }]
  return [{ name: "proxy", state: "ok", found: set.join(", ") }]
}

function registries(): Finding {
  const names = loggedInRegistries()
  const name = "logins"
  if (names.length > 0) return { name, state: "ok", found: names.join(", ") }
  const fix = "docker login REGISTRY, before --push to one that asks for it"
  return { name, state: "none", found: "not logged in to any registry (docker login)", fix }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`
}
