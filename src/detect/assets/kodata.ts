import { folderOf } from "../modules/modules.js"
import { upwards } from "../frontend/node-version.js"
import { oncePer } from "../once.js"
import type { Survey } from "../source.js"
import type { MainPackage } from "../packages/main-package.js"

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
  const isWanted = isBelowOne(packages.map(({ path }) => `${path}/kodata`.replace(/^\.\//, "")))
  const folders = new Set<string>()
  const found = maybeKodata(files).filter((file) => {
    const folder = isWanted(file)
    if (folder !== undefined) folders.add(folder)
    return folder !== undefined
  })
  if (found.length === 0) return undefined
  const isLink = links && new Set(links)
  return {
    folders: [...folders].sort(),
    files: found.length,
    mayHaveLinks: found.some((file) => isLink?.has(file) ?? true),
  }
}

const maybeKodata = oncePer((files: readonly string[]) =>
  files.filter((file) => file.includes("kodata")),
)

export function kodataMatcher(kodata: Kodata | undefined): (file: string) => boolean {
  const find = isBelowOne(kodata?.folders ?? [])
  return (file) => find(file) !== undefined
}

/** Which of the folders a file is in: a look at those above the file, however many folders there are. */
function isBelowOne(folders: readonly string[]): (file: string) => string | undefined {
  const wanted = new Set(folders)
  return (file) =>
    file.includes("kodata") ? upwards(folderOf(file)).find((each) => wanted.has(each)) : undefined
}
