import { UserError } from "../errors.js"
import { familiarName, parseReference } from "../reference.js"
import { object, parseToml } from "../settings/descriptor/toml.js"

/** Base images by their digests, so that a later build of the same commit is the same build. */
export const lockFileName = "go-image.lock"

export interface Lock {
  /** Relative to the source's root. */
  file: string
  images: LockedImage[]
}

export interface LockedImage {
  /** As a plan asks for it: `golang:1.25`. */
  reference: string
  /** What is used: `golang:1.25.4@sha256:…`. Without a digest where no registry could be asked for it. */
  locked: string
  /** Undefined of one that no file has. */
  line?: number
}

/** Of this format; it changes when a reader of older files would go wrong. */
const formatVersion = 1

const again = "`go-image lock` (with Dagger `dagger call lock`) writes the file again."

/** TOML has comments, as project.toml; an image has a line of its own, which merges, and which decisions can name. */
export function parseLock(text: string, file = lockFileName): Lock {
  const { version, images, ...others } = parseToml(text, file, again)
  const lines = text.split("\n")
  const lineOf = (pattern: RegExp) =>
    Math.max(
      lines.findIndex((line) => pattern.test(line)),
      0,
    ) + 1
  const refuse = (line: number, found: string, hint = again): never => {
    throw new UserError(found, { place: { file, line }, hint })
  }
  if (version !== formatVersion) {
    const found = version === undefined ? "no version" : `version ${JSON.stringify(version)}`
    refuse(
      lineOf(/^\s*version\b/),
      `${found}, expected version = ${formatVersion}`,
      `A newer go-image may have written it. ${again}`,
    )
  }
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) {
    const line = lines.findIndex((each) => !/^\s*#/.test(each) && each.includes(unknown)) + 1
    refuse(Math.max(line, 1), `unknown key ${JSON.stringify(unknown)}`)
  }
  if (images !== undefined && !isTable(images))
    refuse(lineOf(/^\s*images\b/), "images is not a table")
  const places = linesOfKeys(lines)
  return {
    file,
    images: Object.entries(object(images)).map(([reference, locked]) => {
      const line = places.get(reference) ?? 1
      const fault = faultOf(reference, locked)
      if (fault !== undefined) refuse(line, fault)
      return { reference, locked: String(locked), line }
    }),
  }
}

function isTable(value: unknown): boolean {
  return typeof value === "object" && !Array.isArray(value)
}

/** Where each key stands first: the parser gives values without places. */
function linesOfKeys(lines: readonly string[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const [index, line] of lines.entries()) {
    const [, key] = /^\s*["']?([^"'\s=#]+)["']?\s*=/.exec(line) ?? []
    if (key !== undefined && !found.has(key)) found.set(key, index + 1)
  }
  return found
}

/** The entries of a lock file that will be written again: none of an invalid file, with what is wrong with it. */
export function entriesOf(
  text: string | undefined,
  file: string,
): { images: readonly LockedImage[]; fault?: string } {
  if (text === undefined) return { images: [] }
  try {
    return { images: parseLock(text, file).images }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { images: [], fault: error.message.split("\n")[0] }
  }
}

/** What is wrong with an entry that somebody edited. */
function faultOf(reference: string, locked: unknown): string | undefined {
  if (typeof locked !== "string") return `not an image reference: ${JSON.stringify(locked)}`
  for (const text of [reference, locked]) {
    try {
      parseReference(text)
    } catch (error) {
      if (error instanceof UserError) return error.message.split("\n")[0]
      throw error
    }
  }
  const [asked, found] = [parseReference(reference), parseReference(locked)]
  if (asked.digest !== undefined) return `a digest in the reference: ${reference}`
  if (asked.registry !== found.registry || asked.repository !== found.repository)
    return `not an image of ${reference}: ${locked}`
  if (!isVersionOf(asked.tag ?? "", found.tag ?? ""))
    return `${locked} is not a version of ${reference}`
  if (found.digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(found.digest))
    return `not a digest: ${found.digest}`
  return undefined
}

/** `1.25.4-bookworm` is one of `1.25-bookworm`, `24.1.0` of `current`. */
function isVersionOf(tag: string, exact: string): boolean {
  if (exact === tag) return true
  const [version, exactVersion] = [splitTag(tag), splitTag(exact)]
  if (version.rest !== exactVersion.rest) return false
  const isName = !/^\d/.test(version.start)
  return isName
    ? /^\d+(?:\.\d+)*$/.test(exactVersion.start)
    : exactVersion.start.startsWith(`${version.start}.`)
}

function splitTag(tag: string): { start: string; rest: string } {
  const dash = tag.indexOf("-")
  return dash < 0 ? { start: tag, rest: "" } : { start: tag.slice(0, dash), rest: tag.slice(dash) }
}

/**
 * The tag of the very version that an image has, where its environment names it, as those of Go and Node.js do: what a
 * digest does not tell a reader.
 */
export function withVersion(reference: string, version: string | undefined): string {
  const { tag = "", digest } = parseReference(reference)
  if (!/^\d+(?:\.\d+)*$/.test(version ?? "") || digest !== undefined) return reference
  const { rest } = splitTag(tag)
  const exact = `${version}${rest}`
  const name = familiarName(reference)
  const base = name.endsWith(`:${tag}`) ? name.slice(0, -tag.length - 1) : name
  return isVersionOf(tag, exact) ? `${base}:${exact}` : reference
}

/** The variable that has it. */
export function versionVariable(reference: string): string | undefined {
  const { repository } = parseReference(reference)
  const name = repository.slice(repository.lastIndexOf("/") + 1)
  if (name === "golang") return "GOLANG_VERSION"
  return name === "node" ? "NODE_VERSION" : undefined
}

const heading = `# The base images of this project with their digests, so that later builds use the same ones.
# Written by \`go-image lock\` (with Dagger \`dagger call lock\`); run it again for newer ones. Commit this file.
`

/** The same entries give the same text. */
export function printLock(images: readonly Pick<LockedImage, "reference" | "locked">[]): string {
  const sorted = [...images].sort((a, b) => (a.reference < b.reference ? -1 : 1))
  const lines = sorted.map(
    ({ reference, locked }) =>
      `${JSON.stringify(reference)} = ${JSON.stringify(locked)}${hasDigest(locked) ? "" : noDigest}`,
  )
  return `${heading}version = ${formatVersion}\n\n[images]\n${lines.map((line) => `${line}\n`).join("")}`
}

const noDigest = " # no digest: its registry did not answer"

export function hasDigest(reference: string): boolean {
  return parseReference(reference).digest !== undefined
}

/**
 * What was locked before and is not asked for now stays: the same project may be built with other options, too.
 *
 * @param asked Those that are asked for now. One without a digest does not take the place of one with it.
 */
export function mergeLocked(
  before: readonly Pick<LockedImage, "reference" | "locked">[],
  asked: readonly Pick<LockedImage, "reference" | "locked">[],
): Pick<LockedImage, "reference" | "locked">[] {
  const merged = new Map(before.map(({ reference, locked }) => [reference, locked]))
  for (const { reference, locked } of asked) {
    const old = merged.get(reference)
    if (old === undefined || hasDigest(locked) || !hasDigest(old)) merged.set(reference, locked)
  }
  return [...merged].map(([reference, locked]) => ({ reference, locked }))
}
