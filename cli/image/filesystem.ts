import type { Header } from "tar-stream"

import { UserError } from "../../src/errors.js"

const fileTypes = [
  "file",
  "directory",
  "symlink",
  "character-device",
  "block-device",
  "fifo",
] as const

export type FileType = (typeof fileTypes)[number]

export interface FileEntry {
  type: FileType
  /** The permission bits, with setuid, setgid and sticky: 0o7777. */
  mode: number
  uid: number
  gid: number
  /** In bytes; 0 for all but files. */
  size: number
  /** Of a symbolic link, as it is stored. */
  linkTarget?: string
  /** It has file capabilities. */
  hasCapabilities?: true
  /** Index of the layer that the entry comes from. */
  layer: number
  /** The entry's name in that layer's tar. Hard links to one file share one object. */
  name: string
}

interface Node {
  entry: FileEntry
  children: Map<string, Node>
}

const capabilityAttribute = "SCHILY.xattr.security.capability"

/** What Linux allows. */
const maxSymlinks = 40

/** A root filesystem as layers make it: https://github.com/opencontainers/image-spec/blob/main/layer.md */
export class Filesystem {
  private readonly root = newFolder(0)

  /** Puts a layer on top. Its whiteouts hide what the layers below have, never what the layer itself brings. */
  apply(layer: number, headers: readonly Header[]): void {
    const additions: Addition[] = []
    for (const header of headers) {
      const folder = splitPath(header.name)
      const name = folder.pop()
      if (name === undefined) this.root.entry = newEntry(layer, header)
      else if (name === ".wh..wh..opq") this.folder(folder)?.children.clear()
      else if (name.startsWith(".wh.")) this.folder(folder)?.children.delete(name.slice(4))
      else additions.push({ folder, name, header })
    }
    for (const addition of additions) this.add(layer, addition)
  }

  /** All paths, absolute and sorted by folder, without the root itself. */
  paths(): Map<string, FileEntry> {
    const all = new Map<string, FileEntry>()
    const visit = (path: string, { children }: Node) => {
      for (const [name, node] of [...children].sort(byName)) {
        all.set(`${path}/${name}`, node.entry)
        visit(`${path}/${name}`, node)
      }
    }
    visit("", this.root)
    return all
  }

  /** The entry that a program would open under this path: symbolic links are followed inside the filesystem. */
  resolve(path: string): FileEntry | undefined {
    return this.walk(path.split("/"))?.entry
  }

  private add(layer: number, { folder, name, header }: Addition): void {
    const { children } = this.folder(folder, layer)!
    const existing = children.get(name)
    if (header.type === "link") {
      const target = this.find(splitPath(header.linkname))
      if (!target) {
        throw new UserError(`${header.name} is a hard link to ${header.linkname}, which is missing`)
      }
      children.set(name, { entry: target.entry, children: new Map() })
    } else if (header.type === "directory" && existing?.entry.type === "directory") {
      existing.entry = newEntry(layer, header)
    } else {
      children.set(name, { entry: newEntry(layer, header), children: new Map() })
    }
  }

  /** Finds without following the last component. */
  private find(path: readonly string[]): Node | undefined {
    return this.folder(path.slice(0, -1))?.children.get(path.at(-1) ?? "")
  }

  /** Finds a folder; with `createIn`, makes what is missing, as a part of that layer. */
  private folder(path: readonly string[], createIn?: number): Node | undefined {
    const node = this.walk(path, createIn)
    if (node && node.entry.type !== "directory") {
      if (createIn === undefined) return undefined
      throw new UserError(`/${path.join("/")} is not a folder, but something lies in it`)
    }
    return node
  }

  private walk(path: readonly string[], createIn?: number): Node | undefined {
    const trail = [this.root]
    const rest = [...path]
    let symlinks = 0
    for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
      if (name === "" || name === ".") continue
      if (name === "..") {
        // Above the root is the root, for a program as well.
        if (trail.length > 1) trail.pop()
        continue
      }
      const parent = trail.at(-1)!
      let node = parent.children.get(name)
      if (node?.entry.linkTarget !== undefined) {
        if (++symlinks > maxSymlinks) throw new UserError(`/${path.join("/")}: too many links`)
        if (node.entry.linkTarget.startsWith("/")) trail.length = 1
        rest.unshift(...node.entry.linkTarget.split("/"))
        continue
      }
      if (!node && createIn !== undefined && parent.entry.type === "directory") {
        node = newFolder(createIn)
        parent.children.set(name, node)
      }
      if (!node) return undefined
      trail.push(node)
    }
    return trail.at(-1)
  }
}

interface Addition {
  folder: string[]
  name: string
  header: Header
}

function newFolder(layer: number): Node {
  const entry: FileEntry = {
    type: "directory",
    mode: 0o755,
    uid: 0,
    gid: 0,
    size: 0,
    layer,
    name: "",
  }
  return { entry, children: new Map() }
}

function newEntry(layer: number, header: Header): FileEntry {
  const type = header.type === "contiguous-file" ? "file" : header.type
  if (!isFileType(type)) {
    throw new UserError(`${header.name}: unsupported type of tar entry: ${type}`)
  }
  return {
    type,
    mode: header.mode & 0o7777,
    uid: header.uid,
    gid: header.gid,
    size: type === "file" ? header.size : 0,
    ...(type === "symlink" ? { linkTarget: header.linkname } : {}),
    ...(Object.hasOwn(header.pax ?? {}, capabilityAttribute) ? { hasCapabilities: true } : {}),
    layer,
    name: header.name,
  }
}

function isFileType(type: string): type is FileType {
  return (fileTypes as readonly string[]).includes(type)
}

/** Absolute names count from the root of the filesystem; what would leave it is refused. */
export function splitPath(name: string): string[] {
  const parts = name.split("/").filter((part) => part !== "" && part !== ".")
  if (parts.includes("..") || name.includes("\0")) {
    throw new UserError(`a layer holds the unsafe path ${JSON.stringify(name)}`)
  }
  return parts
}

function byName([left]: [string, Node], [right]: [string, Node]): number {
  return left < right ? -1 : 1
}
