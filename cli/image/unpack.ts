import { spawn } from "node:child_process"
import { once } from "node:events"
import {
  chmodSync,
  closeSync,
  lchownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeSync,
} from "node:fs"
import { join } from "node:path"
import { text } from "node:stream/consumers"

import { UserError } from "../../src/errors.js"
import type { FileEntry } from "./filesystem.js"
import type { Image } from "./image.js"
import { layerEntries, writeTar } from "./layer.js"

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
  await setCapabilities(image, folder, copies)
}

/**
 * Files with capabilities once more, by GNU tar: Node.js has no call for extended attributes. At last, since a change of owner
 * takes them away.
 */
async function setCapabilities(
  image: Image,
  folder: string,
  copies: Map<FileEntry, string[]>,
): Promise<void> {
  for (const [index, layer] of image.layers.entries()) {
    const files = [...copies].filter(([each]) => each.hasCapabilities && each.layer === index)
    if (files.length === 0) continue
    const work = mkdtempSync(`${folder}-`)
    try {
      const tar = spawn("tar", [...tarOptions, work, ...files.map(([{ name }]) => name)], {
        stdio: ["pipe", "ignore", "pipe"],
      })
      const [errors, [code]] = await Promise.all([
        text(tar.stderr),
        once(tar, "exit") as Promise<[number | null]>,
        // It may have all that it wants before the end.
        writeTar(image.archive, layer, tar.stdin).catch(() => undefined),
      ])
      if (code !== 0) throw new UserError(`file capabilities cannot be set here: ${errors.trim()}`)
      for (const [{ name }, [first, ...others]] of files) {
        renameSync(join(work, name), first!)
        for (const other of others) {
          rmSync(other)
          linkSync(first!, other)
        }
      }
    } finally {
      rmSync(work, { recursive: true })
    }
  }
}

const tarOptions = [
  ...["--extract", "--numeric-owner", "--same-owner", "--same-permissions"],
  ...["--xattrs", "--xattrs-include=security.capability", "--directory"],
]

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
