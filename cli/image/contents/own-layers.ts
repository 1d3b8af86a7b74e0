import type { Header } from "tar-stream"
import { workingDirectory } from "../../../src/settings/image-paths.js"
import { installsPackages } from "../../../src/explain/command-text.js"
import { systemPath } from "../../../src/plan/stages/system-files.js"
import type { ImageConfig } from "../oci.js"

/**
 * The first layer that a build of ours put on the base: the one with the system files. Undefined where the image's history
 * does not say it, as of one that Dagger made.
 */
export function findOwnLayer({ history = [] }: ImageConfig): number | undefined {
  const steps = history.filter((each) => !each.empty_layer)
  const found = steps.findLastIndex(({ created_by = "" }) =>
    created_by.startsWith(`COPY ${systemPath} / `),
  )
  return found < 0 ? undefined : found
}

/** Whether a layer is that one, by what it has: users, certificates, and the folder that everybody may write to. */
export function hasSystemFiles(headers: readonly Header[]): boolean {
  const byPath = new Map(headers.map((each) => [each.name.replace(/^(?:\.?\/)+|\/+$/g, ""), each]))
  const isFile = (path: string) => byPath.get(path)?.type === "file"
  const folder = byPath.get(workingDirectory.slice(1))
  return (
    isFile("etc/passwd") &&
    isFile("etc/group") &&
    folder?.type === "directory" &&
    ((folder.mode ?? 0) & 0o7777) === 0o1777 &&
    [...byPath].some(([path, { type }]) => type === "file" && path.endsWith("/ca-certificates.crt"))
  )
}

/** Whose a layer is: the base's, that of packages which `--os-packages` puts on it, or what a build of ours adds. */
export type LayerOrigin = "base" | "OS packages" | "own"

/**
 * @param createdBy Of each layer, the step that made it.
 * @param firstOwn Index of the first one that is not of the base, nor of packages.
 */
export function layerOrigins(
  createdBy: readonly (string | undefined)[],
  firstOwn: number,
): LayerOrigin[] {
  let endOfBase = Math.min(firstOwn, createdBy.length)
  while (installsPackages(createdBy[endOfBase - 1] ?? "")) endOfBase--
  return createdBy.map((_, i) => (i < endOfBase ? "base" : i < firstOwn ? "OS packages" : "own"))
}
