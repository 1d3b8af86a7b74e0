import { closeSync, fstatSync, openSync, readlinkSync, readSync } from "node:fs"
import { tmpdir } from "node:os"
import { resolve } from "node:path"
import { literalPattern } from "../../src/patterns/patterns.js"
import { cacheFolder } from "../system/folders.js"
import { archiveMark } from "../image/archive-mark.js"
import { pathWithin } from "../system/path-within.js"
import { standardOutput } from "../terminal/standard-output.js"

/**
 * Patterns of what this program writes into a source folder, now or in an earlier run. None of it is part of the source:
 * an image would hold the image before it, and nothing would ever be as it was the last time.
 *
 * @param output As it was asked for; the default is an archive in the current folder.
 * @param others Further files that are written, absolute.
 */
export function ownPatterns(
  source: string,
  output: string | undefined,
  others: readonly string[] = [],
): string[] {
  const pattern = (path: string, names = "") => {
    const inside = pathWithin(source, path)
    if (inside === undefined || (inside === "" && names === "")) return []
    return [[...(inside === "" ? [] : [literalPattern(inside)]), names].filter(Boolean).join("/")]
  }
  const written = output === undefined || output === standardOutput ? [] : [resolve(output)]
  return [
    "**/.go-image-[0-9]*",
    ...new Set([
      "*.oci.tar",
      ...pattern(process.cwd(), "*.oci.tar"),
      ...[...written, ...others, ...redirected()].flatMap((path) => pattern(path)),
      ...pattern(cacheFolder()),
      ...pattern(tmpdir(), "go-image-*"),
    ]),
  ]
}

/** Files that a shell writes this program's output to: `--output - >app.tar`, `2>build.log`. */
function redirected(): string[] {
  return [1, 2].flatMap((descriptor) => fileOf(descriptor) ?? [])
}

/** Only Linux says which file it is. */
export function fileOf(descriptor: number): string | undefined {
  try {
    return fstatSync(descriptor).isFile() ? readlinkSync(`/proc/self/fd/${descriptor}`) : undefined
  } catch {
    return undefined
  }
}

/** A tar file is whole blocks. */
const block = 512

/** By the end of its name, most files are not even looked into: to open thousands takes time. */
const certainlyNot =
  /\.(?:go|mod|sum|[cm]?[jt]sx?|map|css|s[ac]ss|html?|md|json|ya?ml|toml|txt|svg|png|jpe?g|gif|webp|ico|woff2?|ttf|sql|proto|sh|py|[chs]|cc|cpp|hpp|java|xml|csv|tmpl|lock)$/i

export function mayBeArchive(path: string): boolean {
  return !certainlyNot.test(path)
}

/** Whether a file is an archive that this program wrote, whatever it is called now. */
export function isOwnArchive(path: string): boolean {
  let file: number
  try {
    file = openSync(path, "r")
  } catch {
    return false
  }
  try {
    const header = Buffer.alloc(block)
    const { size } = fstatSync(file)
    if (size === 0 || size % block !== 0) return false
    readSync(file, header, 0, header.length, 0)
    // The group's name, as the first entry has it. https://www.gnu.org/software/tar/manual/html_node/Standard.html
    return header.toString("latin1", 297, 329).replace(/\0.*$/s, "") === archiveMark
  } finally {
    closeSync(file)
  }
}
