import { UserError } from "../errors.js"
import type { Setting } from "./setting.js"

/** What `frontend` asks for. */
export interface FrontendRequest {
  mode: "auto" | "off" | "folder"
  /** All paths are relative to the project's folder. */
  folder: string
  /** A line for a shell, instead of the script `build` of package.json. */
  command?: string
  /** What the command makes. */
  output?: string
  from: string
}

const keys = ["folder", "command", "output"] as const

/** `auto`, `off`, or a folder, with `command=…` and `output=…` beside it. */
export function parseFrontend(setting: Setting<string[]> | undefined): FrontendRequest {
  const request: FrontendRequest = { mode: "auto", folder: "", from: setting?.from ?? "default" }
  if (!setting) return request
  const { value, from } = setting
  const given = new Map<string, string>()
  for (const text of value) {
    const { key, rest } = split(text, from)
    if (given.has(key)) {
      throw new UserError(`two of ${key}: ${JSON.stringify(rest)} (${from})`, {
        hint: "One front end can be named; others are found automatically.",
      })
    }
    given.set(key, rest)
  }
  const folder = given.get("folder")
  const command = given.get("command")
  const output = given.get("output")
  if (folder === "auto" || folder === "off" || folder === undefined) {
    if (command === undefined && output === undefined) {
      return folder === "off" ? { ...request, mode: "off" } : request
    }
    throw new UserError(`a command or an output without a folder (${from})`, {
      hint: "Name the folder of the front end, too: --frontend web --frontend output=web/dist",
    })
  }
  return {
    ...request,
    mode: "folder",
    folder: toPath(folder, from),
    ...(command === undefined ? {} : { command }),
    ...(output === undefined ? {} : { output: toOutput(output, from) }),
  }
}

/** It is copied, and replaces what is there. */
function toOutput(text: string, from: string): string {
  const path = toPath(text, from)
  if (path !== "") return path
  throw new UserError(
    `the output of the front end is the whole project: ${JSON.stringify(text)} (${from})`,
    {
      hint: "Name the folder that its build writes: --frontend output=web/dist",
    },
  )
}

function split(text: string, from: string): { key: string; rest: string } {
  const key = keys.find((each) => text.startsWith(`${each}=`))
  if (key) {
    const rest = text.slice(key.length + 1).trim()
    if (rest !== "") return { key, rest }
  } else if (text.trim() !== "" && !/^\w+=/.test(text)) {
    return { key: "folder", rest: text.trim() }
  }
  throw new UserError(`not a setting of the front end: ${JSON.stringify(text)} (${from})`, {
    hint: "Write auto, off, or its folder, and if needed output=FOLDER and command=LINE.",
  })
}

/** `./web/` is `web`; `.` is the project's folder itself, and empty. */
function toPath(text: string, from: string): string {
  const parts = text.split("/").filter((part) => part !== "" && part !== ".")
  if (text.startsWith("/") || parts.includes("..")) {
    throw new UserError(`a path that leads out of the project: ${JSON.stringify(text)} (${from})`, {
      hint: "Write it relative to the project's folder: web, web/dist.",
    })
  }
  return parts.join("/")
}
