import type { MainPackage } from "./main-packages.js"
import { isInside } from "./modules.js"
import type { Survey } from "./source.js"

/**
 * The folders kodata of main packages, by ko's convention: what is in them is at $KO_DATA_PATH when the program runs.
 * https://ko.build/features/static-assets/
 */
export interface Kodata {
  /** Relative to the source's root. */
  folders: string[]
  files: number
  /** There may be links in them, and what these lead to is a part of it. */
  mayHaveLinks: boolean
}

export function findKodata(
  packages: readonly MainPackage[],
  files: readonly string[],
  { links }: Pick<Survey, "links">,
): Kodata | undefined {
  const wanted = packages.map(({ path }) => `${path}/kodata`.replace(/^\.\//, ""))
  const found = files.filter((file) => wanted.some((folder) => isBelow(file, folder)))
  if (found.length === 0) return undefined
  const isLink = links && new Set(links)
  return {
    folders: wanted.filter((folder) => found.some((file) => isBelow(file, folder))).sort(),
    files: found.length,
    mayHaveLinks: found.some((file) => isLink?.has(file) ?? true),
  }
}

export function isKodata(file: string, kodata: Kodata | undefined): boolean {
  return kodata?.folders.some((folder) => isBelow(file, folder)) === true
}

function isBelow(file: string, folder: string): boolean {
  return file !== folder && isInside(file, folder)
}
