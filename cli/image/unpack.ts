import {
  chmodSync,
  closeSync,
  lchownSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  symlinkSync,
  writeSync,
} from "node:fs"
import { join } from "node:path"

import { UserError } from "../../src/errors.js"
import type { FileEntry } from "./filesystem.js"
import type { Image } from "./image.js"
import { layerEntries } from "./layer.js"

/**
 * Writes files of an image into an empty or new folder, with owners and modes, to be run from there: by default all of
 * its root filesystem. Device nodes are left out: whoever runs it mounts a /dev.
 *
 * No path can lead out of the folder: a merged filesystem has real folders only above each entry, and symbolic links
 * are made when nothing is written any more.
 *
 * @param files By their absolute paths, folders before what they hold.
 */
export async function unpackImage(
  image: Image,
  folder: string,
  files: ReadonlyMap<string, FileEntry> = image.files,
): Promise<void> {
  if (process.getuid?.() !== 0) {
    throw new UserError("unpacking an image with the owners of its files needs root")
  }
  mkdirSync(folder, { recursive: true })
  if (readdirSync(folder).length > 0) throw new UserError(`${folder} is not empty`)

  const links: [path: string, entry: FileEntry][] = []
  const copies = new Map<FileEntry, string[]>()
  for (const [path, entry] of files) {
    if (entry.type === "directory") mkdirSync(join(folder, path))
    else if (entry.type === "symlink") links.push([path, entry])
    else if (entry.type === "file") {
      copies.set(entry, [...(copies.get(entry) ?? []), join(folder, path)])
    }
  }
  await writeFiles(image, copies)
  for (const [path, { linkTarget }] of links) symlinkSync(linkTarget!, join(folder, path))

  for (const [path, { type, mode, uid, gid }] of files) {
    if (type !== "directory" && type !== "file" && type !== "symlink") continue
    lchownSync(join(folder, path), uid, gid)
    // After the owner: a change of owner takes setuid away.
    if (type !== "symlink") chmodSync(join(folder, path), mode)
  }
}

/** Reads each layer once, whatever it holds. */
async function writeFiles(image: Image, copies: Map<FileEntry, string[]>): Promise<void> {
  const wanted = image.layers.map(() => new Map<string, string>())
  for (const [{ layer, name }, [first]] of copies) wanted[layer]!.set(name, first!)
  for (const [index, layer] of image.layers.entries()) {
    if (wanted[index]!.size === 0) continue
    for await (const entry of layerEntries(image.archive, layer)) {
      const path = wanted[index]!.get(entry.header.name)
      if (path === undefined) entry.resume()
      else await writeFile(path, entry as AsyncIterable<Buffer>)
    }
  }
  for (const [first, ...others] of copies.values()) {
    for (const other of others) linkSync(first!, other)
  }
}

/** Synchronously: for thousands of small files the way through the thread pool takes longer than the writing. */
async function writeFile(path: string, chunks: AsyncIterable<Buffer>): Promise<void> {
  const file = openSync(path, "w")
  try {
    for await (const chunk of chunks) writeSync(file, chunk)
  } finally {
    closeSync(file)
  }
}
