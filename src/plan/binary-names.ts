import type { MainPackage } from "../detect/main-packages.js"
import { UserError } from "../errors.js"

const fallback = "app"
const safeName = /^[A-Za-z0-9_][A-Za-z0-9_.~+-]*$/

/** A file name for each program, in order. Where there is just one, `option` may name it. */
export function nameBinaries(
  packages: readonly MainPackage[],
  module: string,
  rootFolders: readonly string[],
  option?: string,
): string[] {
  if (option !== undefined) {
    if (packages.length > 1) {
      throw new UserError(`a name for one program (${option}), but ${packages.length} are built`, {
        hint: `Choose one with the packages option: ${packages.map(({ path }) => path).join(", ")}`,
      })
    }
    if (!safeName.test(option)) {
      throw new UserError(`not a file name for a program: ${JSON.stringify(option)}`, {
        hint: "Use letters, digits and . _ ~ + -, without a slash.",
      })
    }
  }
  if (packages.length > 1) return distinctNames(packages, module)
  return packages.map(({ path }) => {
    const name = option ?? defaultName(path, module)
    // The program stands beside the project's own folders in the image.
    return rootFolders.includes(name) ? freeName(name, rootFolders, option !== undefined) : name
  })
}

/** What `go build` calls a program, but for gopkg.in's version suffix, which it keeps. */
export function defaultName(path: string, module: string): string {
  const last = path === "." ? lastElement(module) : path.slice(path.lastIndexOf("/") + 1)
  return safeName.test(last) ? last : fallback
}

function lastElement(module: string): string {
  const parts = module.split("/")
  const last = parts.at(-1) ?? ""
  const isMajorVersion = /^v\d+$/.test(last) && parts.length > 1
  return (isMajorVersion ? (parts.at(-2) ?? "") : last).replace(/(?<=^.+)\.v\d+$/, "")
}

/** ./a/server and ./b/server become a-server and b-server. */
function distinctNames(packages: readonly MainPackage[], module: string): string[] {
  const names = packages.map(({ path }) => defaultName(path, module))
  return names.map((name, index) => {
    const isTaken = names.some((other, otherIndex) => other === name && otherIndex !== index)
    if (!isTaken) return name
    const path = packages[index]?.path ?? "."
    return path === "." ? name : path.slice("./".length).replaceAll("/", "-")
  })
}

function freeName(name: string, folders: readonly string[], asked: boolean): string {
  if (asked) {
    throw new UserError(
      `the program cannot be called ${name}: the project has a folder of that name`,
      {
        hint: "Both would be at the same path in the image. Choose another name.",
      },
    )
  }
  const candidates = [fallback, `${name}-${fallback}`, `${fallback}-${name}`]
  return candidates.find((candidate) => !folders.includes(candidate)) ?? `${fallback}-${name}`
}
