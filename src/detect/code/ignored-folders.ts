import type { Found } from "../../found.js"

/**
 * Folders that go.mod's `ignore` leaves out of patterns such as `./...`: `./x` is that folder, `x` is every folder of that
 * name, both with all that is in them. https://go.dev/ref/mod#go-mod-file-ignore
 *
 * @returns Whether a folder is one, relative to the module's root; empty for the root itself.
 */
export function ignoredFolders(
  ignores: readonly Found<string>[] = [],
): (folder: string) => boolean {
  const anchored: string[] = []
  const anywhere: string[] = []
  // As cmd/go/internal/search.NewIgnorePatterns reads them: without cleaning, without wildcards.
  for (const { value } of ignores) {
    if (value.startsWith("./")) anchored.push(inSlashes(value.slice("./".length)))
    else anywhere.push(inSlashes(value))
  }
  const matches = (folder: string) => {
    const path = inSlashes(folder || ".")
    return (
      anchored.some((pattern) => path.startsWith(pattern)) ||
      anywhere.some((pattern) => path.includes(pattern))
    )
  }
  const ignoresAll = matches("")
  return (folder) => ignoresAll || matches(folder)
}

function inSlashes(path: string): string {
  return `${path.startsWith("/") ? "" : "/"}${path}${path.endsWith("/") ? "" : "/"}`
}
