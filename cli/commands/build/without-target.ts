import type { Facts } from "../../../src/detect/facts.js"
import { isInside } from "../../../src/detect/modules/modules.js"
import { isHelper } from "../../../src/detect/packages/helper-packages.js"
import { folderOfPackage } from "../../../src/detect/packages/main-package.js"
import { listSome } from "../../../src/list.js"

/**
 * Programs of the repository that no target has: `--target all` builds no image of them, and a new service is easily forgotten.
 *
 * @param targets Folders of the packages of each.
 */
export function noteWithoutTarget(
  { programs }: Pick<Facts, "programs">,
  targets: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  const folders = [...targets.values()].flat()
  const others = programs.mainPackages.filter(
    ({ path, unfit }) =>
      !unfit && !isHelper(path) && !folders.some((each) => isInside(folderOfPackage(path), each)),
  )
  if (others.length === 0) return undefined
  return `programs without a target are not built: ${listSome(others.map(({ path }) => path))}; for an image of one, add it to project.toml as [[go-image.targets]]`
}
