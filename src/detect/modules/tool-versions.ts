import { parse } from "toml"
import type { Found } from "../../found.js"
import type { Notice } from "../../found.js"

/**
 * In mise's order: the first that names a tool counts. `.local` files are nobody else's, so they are not read.
 * https://mise.jdx.dev/configuration.html
 */
export const miseFiles = [
  ".mise.toml",
  "mise.toml",
  "mise/config.toml",
  ".mise/config.toml",
  ".config/mise.toml",
  ".config/mise/mise.toml",
  ".config/mise/config.toml",
]

/** https://asdf-vm.com/manage/configuration.html */
export const toolVersionsFile = ".tool-versions"

/** What a version manager may call a tool, and what its versions look like. */
export interface Tool {
  title: string
  names: readonly string[]
  version: RegExp
}

const go: Tool = {
  title: "Go",
  names: ["go", "golang", "core:go"],
  version: /^(?:latest|v?\d+(?:\.[\dx*]+)*(?:(?:rc|beta)\d+)?)$/,
}

/** `[tools]` of mise.toml: `go = "1.25"`, `go = ["1.25", "1.24"]`, `go = { version = "1.25" }`, or its `prefix`. */
export function parseMise(
  text: string,
  file: string,
  notices: Notice[],
  tool = go,
): Found<string> | undefined {
  let tools: Record<string, unknown>
  try {
    const { tools: found } = parse(text) as { tools?: unknown }
    tools = typeof found === "object" && found !== null ? (found as Record<string, unknown>) : {}
  } catch {
    notices.push({ file, message: "not TOML, skipped" })
    return undefined
  }
  const name = tool.names.find((each) => Object.hasOwn(tools, each))
  if (name === undefined) return undefined
  const value = versionOf(tools[name])
  const index = text.split("\n").findIndex((line) => nameOf(line) === name)
  return value === undefined ? undefined : checked(value, { file, line: index + 1 }, notices, tool)
}

/** Of `go = "1.25"`, `"core:go" = "1.25"` or `go.version = "1.25"`, and of a heading such as `[tools.go]`. */
function nameOf(line: string): string | undefined {
  return /^\s*(?:\[?tools\.)?["']?([\w:]+)["']?(?:\.\w+)?\s*(?:=|\])/.exec(line)?.[1]
}

function versionOf(value: unknown): string | undefined {
  if (Array.isArray(value)) return versionOf(value[0])
  if (typeof value === "object" && value !== null) {
    const { version, prefix } = value as { version?: unknown; prefix?: unknown }
    return versionOf(version ?? prefix)
  }
  return typeof value === "string" ? value : undefined
}

/** `golang 1.25.3`, the first of several versions counts. */
export function parseToolVersions(
  text: string,
  file: string,
  notices: Notice[],
  tool = go,
): Found<string> | undefined {
  for (const [index, raw] of text.split("\n").entries()) {
    const [name = "", value] = raw.replace(/#.*/s, "").trim().split(/\s+/)
    if (!tool.names.includes(name) || value === undefined) continue
    return checked(value, { file, line: index + 1 }, notices, tool)
  }
  return undefined
}

/** `prefix:1.25` is 1.25; `system` and paths say nothing of a version. */
function checked(
  text: string,
  place: { file: string; line: number },
  notices: Notice[],
  { title, version }: Tool,
): Found<string> | undefined {
  const value = text.replace(/^prefix:/, "")
  if (version.test(value)) return { value, ...place }
  notices.push({ ...place, message: `no version of ${title}, skipped: ${text}` })
  return undefined
}

const defaultLine = /^\s*ARG\s+([A-Za-z_]\w*)=["']?([^\s"']+)/i
const fromLine = /^\s*FROM\s+(?:--\S+\s+)*(\S+)/i

/** Of `FROM golang:1.25-alpine AS build`, 1.25; variables are what an ARG before says. */
export function parseDockerfileGo(text: string, file: string): Found<string> | undefined {
  const defaults = new Map<string, string>()
  for (const [index, line] of text.split("\n").entries()) {
    const [, name, value] = defaultLine.exec(line) ?? []
    if (name !== undefined && value !== undefined) defaults.set(name, value)
    const image = fromLine
      .exec(line)?.[1]
      ?.replace(
        /\$\{?([A-Za-z_]\w*)(?::?-([^}]*))?\}?/g,
        (_, variable: string, otherwise = "") => defaults.get(variable) ?? String(otherwise),
      )
    const version = /(?:^|\/)golang:v?(1\.\d{1,3}(?:\.\d{1,3})?)(?:-[\w.-]+)?(?:@.*)?$/.exec(
      image ?? "",
    )
    if (version?.[1] !== undefined) return { value: version[1], file, line: index + 1 }
  }
  return undefined
}
