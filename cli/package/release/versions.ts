import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { homepage } from "../../../src/version.js"

/** Where the version of go-image stands; `script/readme` then copies it from src/version.ts to documents and examples. */
const places: readonly { file: string; pattern: RegExp }[] = [
  { file: "package.json", pattern: /^( {2}"version": ")[^"]*(",)$/gm },
  // Of the lockfile, the first two: the project itself.
  { file: "package-lock.json", pattern: /^((?: {2}| {6})"version": ")[^"]*(",)$/gm },
  { file: "src/version.ts", pattern: /^(export const version = ")[^"]*(")$/gm },
]

/** Mostly there are as many of them in a file as it has places. */
const counts: Readonly<Record<string, number>> = { "package-lock.json": 2 }

export function writeVersion(root: string, version: string): string[] {
  return places.map(({ file, pattern }) => {
    const path = join(root, file)
    const text = readFileSync(path, "utf8")
    let left = counts[file] ?? 1
    const written = text.replace(pattern, (whole, before: string, after: string) =>
      left-- > 0 ? `${before}${version}${after}` : whole,
    )
    if (left > 0) throw new Error(`${file} has no version where one is expected`)
    writeFileSync(path, written)
    return file
  })
}

/** The files whose version is another one. */
export function otherVersions(root: string, version: string): string[] {
  return places.flatMap(({ file, pattern }) => {
    const found = readFileSync(join(root, file), "utf8").matchAll(pattern)
    const own = [...found].slice(0, counts[file] ?? 1)
    return own.every(([line]) => line.includes(`"${version}"`)) ? [] : [file]
  })
}

/** Names of the frontend's image for a version: its own, and those that move (1.2, 1, latest); a pre-release moves none. */
export function imageNames(version: string): string[] {
  const image = homepage.replace("https://github.com/", "ghcr.io/").toLowerCase()
  const [major, minor] = version.split(".")
  const moving = version.includes("-") ? [] : [`${major}.${minor}`, major, "latest"]
  return [version, ...moving].map((tag) => `${image}:${tag}`)
}
