import { UserError } from "../../errors.js"
import { defaultName, safeName, fallback } from "../../detect/packages/program-name.js"
import type { MainPackage } from "../../detect/packages/main-package.js"

/** A file name for each program, in order. Where there is just one, `option` may name it. */
export function nameBinaries(
  packages: readonly Pick<MainPackage, "path" | "importPath">[],
  rootFolders: readonly string[],
  option?: string,
  preferred?: string,
): string[] {
  if (option !== undefined) {
    if (packages.length > 1) {
      throw new UserError(`a name for one program (${option}), but ${packages.length} are built`, {
        hint: `Choose one with --packages: ${packages.map(({ path }) => path).join(", ")}`,
      })
    }
    if (!safeName.test(option)) {
      throw new UserError(`not a file name for a program: ${JSON.stringify(option)}`, {
        hint: "Use letters, digits and . _ ~ + -, without a slash.",
      })
    }
  }
  if (packages.length > 1) return distinctNames(packages)
  return packages.map(({ importPath }) => {
    const name = option ?? nameElsewhere(preferred) ?? defaultName(importPath)
    // The program stands beside the project's own folders in the image.
    return rootFolders.includes(name) ? freeName(name, rootFolders, option !== undefined) : name
  })
}

/** What the Dockerfile's image calls the only program, where that says anything. */
function nameElsewhere(name = ""): string | undefined {
  return safeName.test(name) && !/^(?:app|main|bin|out|a\.out|run)$/.test(name) ? name : undefined
}

/** ./a/server and ./b/server become a-server and b-server. */
function distinctNames(packages: readonly Pick<MainPackage, "path" | "importPath">[]): string[] {
  const names = packages.map(({ importPath }) => defaultName(importPath))
  const taken = new Set(names)
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return packages.map(({ path }, index) => {
    const name = names[index] ?? fallback
    if (path === "." || counts.get(name) === 1) return name
    let own = path.slice("./".length).replaceAll("/", "-")
    if (!safeName.test(own)) own = name
    while (taken.has(own)) own += "_"
    taken.add(own)
    return own
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
  let free = candidates.find((candidate) => !folders.includes(candidate)) ?? name
  while (folders.includes(free)) free += "_"
  return free
}
