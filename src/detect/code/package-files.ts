import { posix } from "node:path"
import { UserError } from "../../errors.js"
import type { Settings } from "../../settings/resolve.js"

/**
 * Files stand for the package that they are in, as they do for the go command where it has no others; if they are there.
 *
 * @param folder What packages are relative to.
 */
export function checkPackageFiles(
  packages: Settings["packages"],
  folder: string,
  files: readonly string[],
): void {
  for (const pattern of packages?.value ?? []) {
    if (!isGoFile(pattern) || files.includes(posix.join(folder, pattern))) continue
    throw new UserError(`no such file: ${JSON.stringify(pattern)} (${packages?.from})`, {
      hint: "Name the folder of a main package, e.g. ./cmd/api, or one of its files.",
    })
  }
}

/** `cmd/api/main.go` is `cmd/api/.`; other patterns stay as they are. */
export function withoutFile(pattern: string): string {
  return isGoFile(pattern) ? pattern.replace(/[^/]+$/, ".") : pattern
}

function isGoFile(pattern: string): boolean {
  return pattern.endsWith(".go") && !pattern.includes("...")
}
