import satisfies from "semver/functions/satisfies.js"
import minVersion from "semver/ranges/min-version.js"
import validRange from "semver/ranges/valid.js"
import { formatPlace, UserError } from "../../errors.js"
import type { Found } from "../../found.js"

/** A tag of the image `node`: `24`, `24.3`, `24.3.1`. */
export interface NodeVersion {
  tag: string
  from: string
}

const defaultMajor = 24

/** With long-term support first, then the others, the newest first. */
const majors = [defaultMajor, 26, 22, 20, 18, 16, 25, 23, 21, 19]

/** Older and newer ones are not there, or not any more. */
const oldest = 12
const newest = 40

/** https://github.com/nodejs/Release */
const names: Readonly<Record<string, number>> = {
  erbium: 12,
  fermium: 14,
  gallium: 16,
  hydrogen: 18,
  iron: 20,
  jod: 22,
  krypton: 24,
}

/** The default where it fits, else the newest line that does; of a line, its newest version. */
export function resolveNode(found: Found<string> | undefined): NodeVersion {
  if (!found) return { tag: String(defaultMajor), from: "default" }
  const from = formatPlace(found)
  const text = found.value.trim()
  const name = text.toLowerCase()
  const lts = names[name.replace(/^lts[-/]/, "")]
  if (lts !== undefined) return { tag: String(lts), from }
  if (/^(?:lts(?:[-/]\*|[-/]-1)?|stable|node|\*|)$/.test(name))
    return { tag: String(defaultMajor), from }
  if (/^(?:latest|current)$/.test(name)) return { tag: "current", from }
  const range = validRange(text)
  const tag = range === null ? undefined : tagFor(range)
  if (tag !== undefined) return { tag, from }
  throw new UserError(
    range === null
      ? `not a version of Node.js: ${JSON.stringify(text)}`
      : `no Node.js version is in the range ${JSON.stringify(text)}`,
    { place: found, hint: `Write a version or a range, such as ${defaultMajor} or >=22.` },
  )
}

const far = "99999"

function tagFor(range: string): string | undefined {
  const line = majors.find((major) => satisfies(`${major}.${far}.${far}`, range))
  if (line !== undefined) return String(line)
  const least = minVersion(range)
  if (!least || least.major < oldest || least.major > newest) return undefined
  const { major, minor, version } = least
  if (satisfies(`${major}.${far}.${far}`, range)) return String(major)
  return satisfies(`${major}.${minor}.${far}`, range) ? `${major}.${minor}` : version
}
