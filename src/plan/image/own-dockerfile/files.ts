import { posix } from "node:path"
import { workingDirectory } from "../../../settings/image-paths.js"
import type { ProgramDockerfile } from "../../../detect/dockerfile/of-programs.js"
import type { Facts } from "../../../detect/facts.js"
import type { Settings } from "../../../settings/resolve.js"
import type { Found } from "../../../found.js"
import {
  type Missing,
  type MissingValue,
  ofAnotherImage,
  ownPath,
  isKept,
  each,
  names,
} from "./missing.js"

/** Files that RUN and COPY bring into that image, and folders. */
export function filesOf(
  facts: Facts,
  dockerfile: ProgramDockerfile,
  settings: Settings,
): Missing[] {
  const { made, placed, entry } = dockerfile
  // What it starts, and what stands behind that, is told with these.
  const isTold = ({ value }: Found<string>) =>
    (entry?.value ?? []).some((word) => word === value || word.endsWith(`=${value}`))
  const ofSource = placed.ofSource
    .filter((each) => !isTold(each))
    .map(({ from, as, value, isNamed, ...at }) => {
      const own = ownPath(from, facts)
      const isWithin = own !== from || !facts.assetRoot
      const here = as === own ? posix.join(workingDirectory, own) : placeOf(as, value)
      const wanted = isNamed ? value : here
      const place = as === own && wanted === here ? undefined : wanted
      return { ...at, as, isWithin, value: own, place }
    })
  const within = ofSource.filter(({ isWithin }) => isWithin)
  // Then all that it copies is found from there, also what has the same path below the working directory here.
  const isStartedAtRoot = startOf(within).length > 0
  const elsewhere = within
    .map((each) => ({
      ...each,
      place: each.place ?? (isStartedAtRoot ? `/${each.as}` : undefined),
    }))
    .filter(({ place }) => place !== undefined)
  const absent = isStartedAtRoot
    ? []
    : within.filter(
        ({ value, place }) => !place && !isKept(value, facts) && !isCopied(value, facts),
      )
  const folders = made.folders.filter(
    ({ value }) =>
      !dockerfile.volumes.some((volume) => value === volume.value) &&
      !placed.ofSource.some((each) => each.value.startsWith(`${value}/`)),
  )
  const ofVolumes = settings.folders ?? settings.volumes
  return [
    ...(ofVolumes ? [] : each("folders", folders, "--folders")),
    ...(settings.capabilities ? [] : each("capabilities", made.capabilities, "--capabilities")),
    ...names("files that RUN makes or changes:", made.files, ofAnotherImage),
    ...names("files of other stages or images:", placed.ofOthers, ofAnotherImage),
    ...each("files", absent, "--keep"),
    ...names(
      "files",
      ofSource.filter(({ isWithin, value }) => !isWithin && !isKept(value, facts)),
      ofAnotherImage,
    ),
    ...(settings.copy ? [] : each("files in other places:", elsewhere, "--copy")),
    ...(settings.workingDirectory ? [] : startOf(elsewhere)),
  ]
}

function isCopied(own: string, { copies = [] }: Facts): boolean {
  return copies.some(({ path }) => own === path || own.startsWith(`${path}/`))
}

/** Without a WORKDIR, a program that looks for `config/a.yaml` finds `/config/a.yaml`. */
function startOf(elsewhere: readonly (MissingValue & { as: string })[]): Missing[] {
  const [first] = elsewhere.filter(({ place, as }) => place === `/${as}`)
  if (!first) return []
  const { file, line } = first
  return each("a program that starts in", [{ value: "/", file, line }], "--working-directory")
}

/** Where programs look for it: below the folder that they start in, if it is one of its own, or at its path. */
function placeOf(as: string, path: string): string {
  return as.startsWith("..") || path === `/${as}`
    ? path
    : posix.join(workingDirectory, as).replace(/\/$/, "")
}
