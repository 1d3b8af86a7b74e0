import { createRequire } from "node:module"

/*
 * What a bundle has instead of node:child_process (script/lib.sh): that is loaded when the first process is started. To load it
 * takes 4 ms, most of it for the network, and the library that reads the arguments asks for it at each start.
 */

type ChildProcess = typeof import("node:child_process")

const load = () => createRequire(import.meta.url)("node:child_process") as ChildProcess

export const spawn = ((...args: Parameters<ChildProcess["spawn"]>) =>
  load().spawn(...args)) as ChildProcess["spawn"]

export const execFile = ((...args: Parameters<ChildProcess["execFile"]>) =>
  load().execFile(...args)) as ChildProcess["execFile"]

export const execFileSync = ((...args: Parameters<ChildProcess["execFileSync"]>) =>
  load().execFileSync(...args)) as ChildProcess["execFileSync"]
