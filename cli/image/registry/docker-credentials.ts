import { readFileSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { CommandFailed, run } from "../../system/command.js"

export interface Credentials {
  username: string
  password: string
}

/** What `docker login` has written: https://docs.docker.com/reference/cli/docker/login/ */
interface DockerConfig {
  auths?: Record<string, { auth?: string }>
  credsStore?: string
  credHelpers?: Record<string, string>
}

/** Under what name Docker keeps those of its own registry. */
const dockerHub = "https://index.docker.io/v1/"

/** The registries that somebody has logged in to here, by name; no password is read. */
export function loggedInRegistries(): string[] {
  const { auths = {}, credHelpers = {} } = readConfig()
  return [...new Set([...Object.keys(auths), ...Object.keys(credHelpers)])].sort()
}

/** Those of a registry, as docker, buildx and buildctl find them; undefined where there are none. */
export async function findCredentials(registry: string): Promise<Credentials | undefined> {
  const config = readConfig()
  const names =
    registry === "docker.io" ? [dockerHub, "docker.io"] : [registry, `https://${registry}`]
  for (const name of names) {
    const helper = config.credHelpers?.[name] ?? config.credsStore
    const stored = helper ? await askHelper(helper, name) : undefined
    const found = stored ?? decode(config.auths?.[name]?.auth)
    if (found) return found
  }
  return undefined
}

function readConfig(): DockerConfig {
  const folder = process.env["DOCKER_CONFIG"] ?? join(homedir(), ".docker")
  try {
    return JSON.parse(readFileSync(join(folder, "config.json"), "utf8")) as DockerConfig
  } catch {
    return {}
  }
}

function decode(auth: string | undefined): Credentials | undefined {
  const text = Buffer.from(auth ?? "", "base64").toString("utf8")
  const colon = text.indexOf(":")
  if (colon < 1) return undefined
  return { username: text.slice(0, colon), password: text.slice(colon + 1) }
}

/** https://github.com/docker/docker-credential-helpers: it fails where it knows of none. */
async function askHelper(helper: string, name: string): Promise<Credentials | undefined> {
  if (!/^[\w.-]+$/.test(helper)) return undefined
  try {
    const answer = await run([`docker-credential-${helper}`, "get"], { input: name })
    const { Username, Secret } = JSON.parse(answer) as { Username?: string; Secret?: string }
    return Username && Secret ? { username: Username, password: Secret } : undefined
  } catch (error) {
    if (error instanceof CommandFailed || error instanceof SyntaxError) return undefined
    throw error
  }
}
