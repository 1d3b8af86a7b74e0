import { statSync } from "node:fs"
import { Archive, type ImageStore } from "../archive.js"
import { RegistryImage } from "../registry/registry-image.js"

/** A file, where there is one of that name; else what looks like a file's name is one, and the rest is in a registry. */
export async function openImage(name: string): Promise<ImageStore> {
  const isThere = statSync(name, { throwIfNoEntry: false }) !== undefined
  const isFile = isThere || /^[./~]|\.tar$/.test(name) || name === ""
  return isFile ? Archive.open(name) : RegistryImage.open(name)
}
