import { posix } from "node:path"
import { UserError } from "../../errors.js"
import type { Notice } from "../../found.js"
import { nearest } from "../../settings/descriptor/nearest.js"
import { isImagePath } from "../../settings/image-paths.js"
import type { Setting } from "../../settings/setting.js"
import { isInside } from "../modules/modules.js"

/** A file or folder of the project whose place in the image is not the one below the working directory. */
export interface AssetCopy {
  kind: "file" | "directory"
  /** Relative to the folder whose assets are looked for. */
  path: string
  /** Absolute; of a folder, its content is below it. */
  to: string
  /** Files of a folder that may be secrets, and stay out. */
  secrets?: string[]
}

interface CopySource {
  files: readonly string[]
  isSecret: (file: string) => boolean
  /** What front ends make. */
  outputs: readonly Pick<AssetCopy, "kind" | "path">[]
  /** Hooks may make what is not there yet. */
  hasHooks: boolean
}

/** As `copy` says it: `config.yaml=/etc/app/config.yaml`, `web=/srv/web`. */
export function findCopies(
  setting: Setting<string[]> | undefined,
  source: CopySource,
): AssetCopy[] {
  return (setting?.value ?? []).map((text) => findCopy(text, setting?.from ?? "", source))
}

function findCopy(text: string, from: string, source: CopySource): AssetCopy {
  const { path, to, isInto, isFolder } = parseCopy(text, from)
  const kind =
    kindOf(path, source) ?? (source.hasHooks ? (isFolder ? "directory" : "file") : undefined)
  if (kind === undefined) throw notThere(path, from, source.files)
  if (kind === "file") return { kind, path, to: isInto ? posix.join(to, posix.basename(path)) : to }
  const secrets = source.files
    .filter((file) => isInside(file, path) && source.isSecret(file))
    .map((file) => posix.relative(path, file))
  return { kind, path, to, ...(secrets.length > 0 && { secrets }) }
}

function parseCopy(text: string, from: string) {
  const equals = text.lastIndexOf("=")
  const asked = text.slice(0, Math.max(equals, 0)).trim()
  const path = posix.normalize(asked).replace(/\/$/, "")
  const to = text.slice(equals + 1).trim()
  const isOfProject = path !== "." && !/^\/|^\.\.(?:\/|$)/.test(path)
  if (!isOfProject || !isImagePath(to) || /^\/(?:proc|sys|dev)(?:\/|$)/.test(to)) {
    throw new UserError(`not a copy: ${JSON.stringify(text)} (${from})`, {
      hint: "Write SOURCE=PATH: a file or folder of the project, and an absolute path in the image of letters, digits and . _ + @ ~ -, such as config.yaml=/etc/app/config.yaml.",
    })
  }
  return {
    path,
    to: to.replace(/\/$/, ""),
    isInto: to.endsWith("/"),
    isFolder: asked.endsWith("/"),
  }
}

function kindOf(path: string, { files, outputs }: CopySource): AssetCopy["kind"] | undefined {
  const output = outputs.find((each) => each.path === path)
  if (output) return output.kind
  if (files.includes(path)) return "file"
  return files.some((file) => isInside(file, path)) ? "directory" : undefined
}

function notThere(path: string, from: string, files: readonly string[]): UserError {
  const folders = files.map((file) => posix.dirname(file))
  const meant = nearest(path, [...new Set([...files, ...folders])])
  return new UserError(`no such file or folder in the project: ${path} (${from})`, {
    hint:
      meant === undefined
        ? "copy takes paths as they are below the folder of go.mod."
        : `Did you mean ${meant}?`,
  })
}

/** Files that are not below the working directory then: those copied, and those in whose place a copy is. */
export function elsewhereOf(
  copies: readonly AssetCopy[],
  files: readonly string[],
  folder: string,
): { files: ReadonlySet<string>; paths: string[] } {
  const here = new Set(files)
  const copied: string[] = []
  const replaced: string[] = []
  for (const { path, to, secrets = [] } of copies) {
    const stayOut = new Set(secrets)
    for (const file of files.filter((each) => isInside(each, path))) {
      const relative = posix.relative(path, file)
      if (stayOut.has(relative)) continue
      copied.push(file)
      const place = posix.relative(folder, posix.join(to, relative))
      if (here.has(place)) replaced.push(place)
    }
  }
  return {
    files: new Set([...copied, ...replaced]),
    paths: [...copies.map(({ path }) => path), ...replaced],
  }
}

/** Asked for by name, and still worth a word. */
export function copyNotices(
  copies: readonly AssetCopy[],
  isSecret: (file: string) => boolean,
): Notice[] {
  return copies
    .filter(({ kind, path }) => kind === "file" && isSecret(path))
    .map(({ path }) => ({ file: path, message: "is in the image, but may be a secret" }))
}
