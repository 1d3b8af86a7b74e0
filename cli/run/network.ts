import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { UserError } from "../../src/errors.js"
import { installPackages } from "../system/apt.js"
import { environment, onPath } from "../system/command.js"
import type { Report } from "../terminal/report.js"
import type { Bundle } from "./bundle.js"

/*
 * A container has a network of its own, as in a container engine: any port is free in it, and what it opens is seen. Its way
 * to other machines is slirp4netns, which translates its packets to connections of ours and changes nothing on this machine.
 */

/** slirp4netns's own, always the same ones. */
export const addresses = { container: "10.0.2.100", host: "10.0.2.2", nameServer: "10.0.2.3" }

export const slirp = "slirp4netns"

/** Installs it where that can be done within this time; without it a program runs, and reaches no other machine. */
export async function installNetwork(report: Report, signal: AbortSignal): Promise<void> {
  if (onPath(slirp) || !onPath("apt-get")) return
  try {
    await installPackages([slirp], report, AbortSignal.any([signal, AbortSignal.timeout(60_000)]))
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof UserError || (error as Error).name === "TimeoutError")) throw error
  }
}

/** What a container's configuration says of its network. */
export interface NetworkSpec {
  hooks?: object
  /** It is the one that the runtime is in. */
  isShared: boolean
  /** Files of this machine by their paths in the container. */
  files: Record<string, string>
}

/** @param shared That the container is in, instead of one of its own. */
export function prepareNetwork(bundle: Bundle, shared?: { hosts: readonly string[] }): NetworkSpec {
  const leadsOut = shared !== undefined || onPath(slirp)
  const resolver = bundle.path("resolv.conf")
  const hosts = bundle.path("hosts")
  writeFileSync(resolver, resolverConfiguration(leadsOut))
  writeFileSync(hosts, [...hostNames(bundle.id), ...(shared?.hosts ?? []), ""].join("\n"))
  return {
    files: { "/etc/resolv.conf": resolver, "/etc/hosts": hosts },
    isShared: shared !== undefined,
    hooks: leadsOut && !shared ? { createRuntime: [connectHook(bundle)] } : undefined,
  }
}

/** Whether the container can reach other machines. */
export function leadsOut(bundle: Bundle): boolean {
  const file = bundle.path("connected")
  return existsSync(file) && readFileSync(file, "utf8") !== ""
}

/** Run when there is a network namespace, and before there is a program in it. slirp4netns ends with the runtime. */
function connectHook(bundle: Bundle): object {
  return {
    path: "/bin/sh",
    args: ["sh", "-c", connect, "go-image", bundle.folder],
    env: [`PATH=${environment().PATH ?? ""}`],
  }
}

/** The runtime tells the process on standard input, as JSON; that slirp4netns is ready it tells through a pipe. */
const connect = `
pid=$(sed -n 's/.*"pid": *\\([0-9][0-9]*\\).*/\\1/p')
cd "$1" || exit
mkfifo ready || exit
${slirp} --configure --mtu=65520 --ready-fd=3 "$pid" tap0 3>ready </dev/null >network.log 2>&1 &
cat ready >connected
`

/** The search domains stay this machine's. */
function resolverConfiguration(leadsOut: boolean): string {
  const own = existsSync("/etc/resolv.conf") ? readFileSync("/etc/resolv.conf", "utf8") : ""
  const kept = own.split("\n").filter((line) => /^\s*(?:search|domain|options)\s/.test(line))
  return [...(leadsOut ? [`nameserver ${addresses.nameServer}`] : []), ...kept, ""].join("\n")
}

/** This machine has the name that Docker Desktop gives it. */
function hostNames(hostname: string): string[] {
  return [
    "127.0.0.1 localhost",
    "::1 localhost ip6-localhost ip6-loopback",
    `${addresses.container} ${hostname}`,
    `${addresses.host} host.docker.internal`,
  ]
}
