import { execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync, type Stats } from "node:fs"
import { dirname, join } from "node:path"
import type { Writable } from "node:stream"
import { text } from "node:stream/consumers"
import { UserError } from "../../src/errors.js"
import { SetupError } from "../errors.js"
import type { ImageStore } from "./archive.js"
import { splitPath } from "./filesystem.js"
import { layerEntries } from "./layer.js"
import type { ChosenManifest } from "./manifest.js"
import type { Descriptor } from "./oci.js"

/** An image, and where its layers are. */
export interface StoredLayers extends ChosenManifest {
  store: ImageStore
}

/** With owners, modes, links and file capabilities: GNU tar has options for all of them. No path leads out of the folder. */
const tarOptions = [
  ...["--extract", "--numeric-owner", "--same-owner", "--same-permissions"],
  ...["--xattrs", "--xattrs-include=security.capability", "--warning=no-timestamp"],
  ...["--exclude=.wh.*", "--directory"],
]

/**
 * Unpacks one layer into a folder of its own, as overlayfs takes it: what the layer removes is a device of number 0 there.
 *
 * @param below The folders of the layers below it, the lowest first.
 */
export async function unpackLayer(
  store: ImageStore,
  layer: Descriptor,
  folder: string,
  below: readonly string[],
): Promise<void> {
  mkdirSync(folder)
  const tar = spawn("tar", [...tarOptions, folder], { stdio: ["pipe", "ignore", "pipe"] })
  const ended = Promise.all([text(tar.stderr), once(tar, "close") as Promise<[number | null]>])
  const listing = list(store, layer, tar.stdin).finally(() => tar.stdin.destroy())
  const [listed, result] = await Promise.allSettled([listing, ended])
  if (result.status === "rejected") throw new SetupError("GNU tar is needed to unpack an image")
  const [errors, [code]] = result.value
  // Where tar ended, what fed it failed, too.
  if (code !== 0 && errors) {
    throw new UserError(`layer ${layer.digest} cannot be unpacked: ${errors.trim()}`)
  }
  if (listed.status === "rejected") throw listed.reason
  const { folders, removed } = listed.value
  for (const [path, is] of folders) if (is !== "listed") takeAttributes(path, folder, below)
  for (const path of removed) hide(path, folder, below)
}

/** What tar does not do by itself. */
interface Listing {
  folders: ReadonlyMap<string, "listed" | "only above others">
  removed: readonly string[][]
}

async function list(store: ImageStore, layer: Descriptor, tar: Writable): Promise<Listing> {
  const removed: string[][] = []
  const folders = new Map<string, "listed" | "only above others">()
  // Whoever writes to it hears of it.
  tar.on("error", () => undefined)
  for await (const entry of layerEntries(store, layer, tar)) {
    const { name, type } = entry.header
    const path = splitPath(name)
    if (path.at(-1)?.startsWith(".wh.")) removed.push(path)
    else if (type === "directory") folders.set(path.join("/"), "listed")
    for (let above = dirname(path.join("/")); above !== "."; above = dirname(above)) {
      if (!folders.has(above)) folders.set(above, "only above others")
    }
    entry.resume()
  }
  return { folders, removed }
}

/** A folder that the layer itself does not describe is as the layers below have it. */
function takeAttributes(path: string, folder: string, below: readonly string[]): void {
  const lower = below.map((each) => stat(join(each, path))).findLast((each) => each?.isDirectory())
  if (!lower || !stat(join(folder, path))?.isDirectory()) return
  refuseLinks(folder, path)
  chownSync(join(folder, path), lower.uid, lower.gid)
  chmodSync(join(folder, path), lower.mode & 0o7777)
}

/** https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts */
function hide(whiteout: readonly string[], folder: string, below: readonly string[]): void {
  const above = whiteout.slice(0, -1).join("/")
  const [, name = ""] = /^\.wh\.(.*)$/s.exec(whiteout.at(-1) ?? "") ?? []
  const lower = below.map((each) => join(each, above)).filter((each) => stat(each)?.isDirectory())
  const names = name === ".wh..opq" ? new Set(lower.flatMap((each) => readdirSync(each))) : [name]
  refuseLinks(folder, above)
  mkdirSync(join(folder, above), { recursive: true })
  for (const each of names) {
    const path = join(folder, above, each)
    // Never what the layer itself brings.
    if (!stat(path)) execFileSync("mknod", [path, "c", "0", "0"])
  }
}

/** One could lead to a folder of this machine. */
function refuseLinks(folder: string, path: string): void {
  for (let each = path; each !== "." && each !== ""; each = dirname(each)) {
    if (!stat(join(folder, each))?.isSymbolicLink()) continue
    throw new UserError(`a layer changes files behind its own link ${each}`)
  }
}

function stat(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false })
}
