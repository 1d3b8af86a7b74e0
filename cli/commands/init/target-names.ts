import { folderOfPackage } from "../../../src/detect/packages/main-package.js"
import { defaultName } from "../../../src/detect/packages/program-name.js"
import { isTargetName } from "../../../src/settings/targets.js"

interface Program {
  /** `./services/web` */
  path: string
  importPath: string
}

/** What targets for these programs are called: by their folder, or by all of its path where others are called the same. */
export function targetNames(programs: readonly Program[]): string[] {
  const shorts = programs.map(shortName)
  return programs.map(({ path }, index) => {
    const short = shorts[index] ?? ""
    const isOnly = shorts.filter((each) => each === short).length === 1
    return isOnly ? short : toName(folderOfPackage(path) || short)
  })
}

function shortName({ path, importPath }: Program): string {
  return toName(path === "." ? defaultName(importPath) : path.slice(path.lastIndexOf("/") + 1))
}

/** As a target may be called. */
function toName(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, "")
  return isTargetName(name) ? name : "program"
}
