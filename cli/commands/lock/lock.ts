import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { imagesToLock } from "../../../src/lock/images-to-lock.js"
import {
  entriesOf,
  hasDigest,
  mergeLocked,
  printLock,
  type LockedImage,
} from "../../../src/lock/lock-file.js"
import { parseReference } from "../../../src/reference.js"
import { askRegistries, canBeMade } from "../../bases/resolve.js"
import { openSource } from "../build/build.js"
import { mirrorOf } from "../../access/registry-mirror.js"
import { writeAtomically } from "../../system/atomic.js"
import { dockerEngineVersion } from "../../engine/docker/docker.js"
import { TemporaryFailure } from "../../errors.js"
import type { Report } from "../../terminal/report.js"
import { askPackages, askRegistry } from "./locked-image.js"
import type { Request } from "../../request.js"

type Locked = Pick<LockedImage, "reference" | "locked">

/** Writes the digests of the base images that the project's plans ask for into its lock file. */
export async function lock(request: Request, report: Report): Promise<void> {
  const { source, folder } = openSource(request)
  const given = { options: request.options, environment: process.env, folder }
  const images = await imagesToLock(source, given, request.targets)
  const place = (reference: string) => mirrorOf(reference, request)
  const locked = await ask([...new Set([...images.values()].flat())], place, report)
  for (const [file, references] of images) {
    const found = locked.filter(({ reference }) => references.includes(reference))
    update(join(source.folder, file), file, found, report)
  }
}

/** @param placeOf Where an image is downloaded from. */
async function ask(
  references: readonly string[],
  placeOf: (reference: string) => string,
  report: Report,
): Promise<Locked[]> {
  const registries = await askRegistries(references.map(placeOf), undefined, true)
  const makesBases = async () => !process.env.BUILDKIT_HOST && !(await dockerEngineVersion())
  const lockOne = async (reference: string): Promise<string> => {
    const place = placeOf(reference)
    const image = parseReference(place)
    if (registries.get(image.registry)) return askRegistry(reference, place)
    if (canBeMade(image) && (await makesBases())) return askPackages(reference)
    throw new TemporaryFailure(
      `the registry ${image.registry} is not reachable: it is needed for the digest of ${place}`,
      {
        hint: "Set HTTPS_PROXY, or use a machine that can reach the registry.",
      },
    )
  }
  const locked = await Promise.all(
    references.map(async (reference) => ({ reference, locked: await lockOne(reference) })),
  )
  const without = locked.filter((each) => !hasDigest(each.locked))
  if (without.length > 0) {
    const names = without.map(({ reference }) => reference).join(", ")
    report.say(
      `no digest of ${names}: docker.io does not answer, and images made on this machine exist only here; only the versions of Go and Node.js are locked`,
    )
  }
  return locked
}

function update(path: string, file: string, asked: readonly Locked[], report: Report): void {
  const text = existsSync(path) ? readFileSync(path, "utf8") : undefined
  const { images: before, fault } = entriesOf(text, file)
  if (fault !== undefined) report.say(`${fault}: written again`)
  const after = mergeLocked(before, asked)
  const written = printLock(after)
  for (const { reference, locked } of after) {
    const old = before.find((each) => each.reference === reference)?.locked
    const isAsked = asked.some((each) => each.reference === reference)
    if (!isAsked) report.say(`${reference}: kept, but no build uses it now`)
    else if (old === undefined) report.say(`${reference}: ${locked}`)
    else report.say(`${reference}: ${old === locked ? `still ${locked}` : `${old} -> ${locked}`}`)
  }
  if (written === text) return report.say(`${file} is up to date`)
  writeAtomically(path, written)
  report.say(`wrote ${path}`)
}
