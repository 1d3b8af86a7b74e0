import type { Facts } from "../../detect/facts.js"
import { formatPlace } from "../../errors.js"
import { listSome } from "../../list.js"
import { hasDigest, type LockedImage } from "../../lock/lock-file.js"
import { parseReference } from "../../reference.js"
import type { GoVersion } from "../go/version/go-version.js"
import type { RuntimeBase } from "./runtimes.js"
import type { Stage } from "../types.js"
import { isOlder, newestRequired } from "../go/version/required-version.js"

/** What the lock file has for an image; the image itself where it has none. */
export function lockedImage({ lock }: Facts, image: string): string {
  return lock?.images.find(({ reference }) => reference === image)?.locked ?? image
}

/** Where an image of a plan is locked: `go-image.lock:7`. */
export function lockedAt({ lock }: Facts, image: string): string | undefined {
  const found = lock?.images.find(({ locked }) => locked === image)
  return found && placeOf(found, lock?.file)
}

function placeOf({ line }: LockedImage, file = ""): string {
  return formatPlace({ file, line })
}

/** The same with the images that are locked. */
export function lockRuntime(runtime: RuntimeBase, facts: Facts): RuntimeBase {
  const locked = (image: (version: GoVersion) => string) => (version: GoVersion) =>
    lockedImage(facts, image(version))
  return {
    ...runtime,
    builderImage: locked(runtime.builderImage),
    builderImageForC: locked(runtime.builderImageForC),
    image: runtime.image && locked(runtime.image),
  }
}

/** Images of a registry that stages start from; not what stands for a container of the caller's. */
export function imagesOf(stages: readonly Stage[]): string[] {
  const images = stages.flatMap(({ from }) => ("image" in from ? [from.image] : []))
  return [...new Set(images)].filter(
    (image) => !parseReference(image).registry.endsWith(".invalid"),
  )
}

/** Where there is a lock file, it is to be told that something is not locked. */
export function lockNotices(facts: Facts, stages: readonly Stage[], version: GoVersion): string[] {
  const { lock } = facts
  if (!lock) return []
  const open = imagesOf(stages).filter((image) => !hasDigest(image))
  const without = open.filter((image) => lockedAt(facts, image) !== undefined)
  const missing = open.filter((image) => lockedAt(facts, image) === undefined)
  return [
    ...(missing.length > 0
      ? [
          `${lock.file}: it lacks ${listSome(missing)}: \`go-image lock\` adds it, with Dagger \`dagger call lock\``,
        ]
      : []),
    ...(without.length > 0
      ? [
          `${lock.file}: no digest of ${listSome(without)}: \`go-image lock\` adds it if the registry can be reached`,
        ]
      : []),
    ...olderGoNotice(facts, imagesOf(stages), version),
  ]
}

/** If it may, the go command downloads the newer one itself, in each build again. */
function olderGoNotice(facts: Facts, images: readonly string[], { tag }: GoVersion): string[] {
  const required = newestRequired(facts)
  const builder = facts.lock?.images.find(
    ({ reference, locked }) =>
      images.includes(locked) && parseReference(reference).repository.endsWith("golang"),
  )
  const [, patch] = builder
    ? (/^(\d+\.\d+\.\d+)/.exec(parseReference(builder.locked).tag ?? "") ?? [])
    : []
  if (!builder || !required || patch === undefined || !isOlder(patch, required.version)) return []
  return [
    `${placeOf(builder, facts.lock?.file)}: Go ${patch} is older than the ${required.version} that ${required.from} needs: \`go-image lock\` gets the newest ${tag}`,
  ]
}
