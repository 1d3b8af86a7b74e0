import { mkdirSync, readFileSync, statSync } from "node:fs"
import { dirname, resolve } from "node:path"
import { UserError } from "../../src/errors.js"
import { toKebabCase } from "../../src/settings/table/table.js"
import { checkDestination } from "./destination.js"
import { writeAtomically } from "../system/atomic.js"
import { pathWithin } from "../system/path-within.js"
import type { Request } from "../request.js"

/** Files that a build writes besides the image, absolute. */
export function resultFiles(request: Request): string[] {
  const { metadataFile, digestFile, dotenvFile, sbom, provenance, explain, vex, dockerfile } =
    request
  return [
    ...[metadataFile, digestFile, dotenvFile, sbom, provenance, explain, vex, dockerfile],
    ...(dockerfile === undefined ? [] : [ignoreFileOf(dockerfile)]),
  ].flatMap((file) => (file === undefined ? [] : [resolve(file)]))
}

/** What BuildKit takes for a Dockerfile alone, before the project's own .dockerignore. */
export function ignoreFileOf(dockerfile: string): string {
  return `${dockerfile}.dockerignore`
}

/** Said before anything is built. */
export function checkResultFiles(request: Request, images: number): void {
  const option = (
    ["digestFile", "dotenvFile", "sbom", "provenance", "explain", "dockerfile"] as const
  ).find((name) => request[name] !== undefined)
  if (images > 1 && option) {
    const found = `--${toKebabCase(option)} works for one image, but ${images} targets are built`
    throw new UserError(found, { hint: whatToDo(option) })
  }
  for (const file of resultFiles(request)) {
    checkDestination(file)
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
      throw new UserError(`expected a file, found a folder: ${file}`)
    }
  }
}

function whatToDo(option: string): string {
  if (option === "explain" || option === "dockerfile") return "Build one target at a time."
  return option === "sbom" || option === "provenance"
    ? "Build one target at a time, or push them: each image then has its own attached."
    : "Use --metadata-file, which has all of them by their names."
}

/** Into a folder that is made where it is missing, as the image's own is: now that there is something to put there. */
export function writeResult(file: string, content: string): void {
  const path = resolve(file)
  mkdirSync(dirname(path), { recursive: true })
  writeAtomically(path, content)
}

/** What each of them has, however it was written. */
const marks = {
  metadataFile: /"containerimage\./,
  digestFile: /^sha256:[0-9a-f]{64}\s*$/,
  dotenvFile: /^IMAGE_DIGEST=/m,
  sbom: /"(?:spdxVersion|bomFormat)":/,
  provenance: /"predicateType":/,
  explain: /<meta name="generator" content="go-image"|"changeWith":|^What was decided/m,
  vex: /openvex/,
  dockerfile: /^# Written by go-image \(--dockerfile\)/m,
}

/**
 * Before they are left out of the source: only what an earlier build wrote is replaced in a project.
 *
 * @param source Its folder.
 */
export function checkReplacedResults(request: Request, source: string): void {
  for (const [name, mark] of Object.entries(marks) as [keyof typeof marks, RegExp][]) {
    const file = request[name]
    if (file === undefined || pathWithin(source, resolve(file)) === undefined) continue
    const stat = statSync(file, { throwIfNoEntry: false })
    if (!stat?.isFile() || stat.size === 0 || mark.test(readFileSync(file, "utf8"))) continue
    const option = name === "dockerfile" ? "--output" : `--${toKebabCase(name)}`
    throw new UserError(`${option} is a file of the project: ${file}`, {
      hint: "Give another name, or remove it first: only what an earlier build wrote is replaced there.",
    })
  }
}
