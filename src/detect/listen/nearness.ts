import { folderOf, isInside } from "../modules/modules.js"
import { folderOfPackage, type MainPackage } from "../packages/main-package.js"
import type { Listens } from "./listen-ports.js"

/** What a file says of where it listens. */
type Says = { file: string; generated?: true }

/**
 * By how much it says of a program, the most telling first: its main package; packages in that one's folder; all others that
 * people wrote; those that a generator wrote, since a program that sets itself where it listens need not use what they read.
 */
export function byNearness(
  listens: Listens,
  mainPackages: readonly MainPackage[],
  path: string | undefined,
): Required<Omit<Listens, "silent">>[] {
  const folders = new Set(mainPackages.map((each) => folderOfPackage(each.path)))
  const own = path === undefined ? undefined : folderOfPackage(path)
  const isMain = ({ file }: Says) => folderOf(file) === own
  const isOther = ({ file }: Says) => !folders.has(folderOf(file))
  // The folder of a module has all packages in it.
  const isBelow = (says: Says) => isOther(says) && Boolean(own) && isInside(says.file, own ?? "")
  const isWritten = (says: Says) => isOther(says) && !says.generated
  return [isMain, isBelow, isWritten, isOther].map((isOf) => ({
    ports: listens.ports.filter(isOf),
    variable: listens.variable.filter(isOf),
    opens: (listens.opens ?? []).filter(isOf),
  }))
}
