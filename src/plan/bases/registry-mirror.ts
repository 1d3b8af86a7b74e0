import { UserError } from "../../errors.js"
import { parseReference, repositoryName } from "../../reference.js"
import type { Stage } from "../types.js"
import type { Setting } from "../../settings/setting.js"

/** Where images of a registry, or of a part of it, are downloaded from instead. */
interface Mirror {
  /** `docker.io`, `docker.io/library`. */
  of: string
  /** `mirror.example.com/hub` */
  at: string
}

type Mirrors = Setting<string[]> | undefined

/** The image's place on its mirror; the image itself where it has none. The mirror of the longest name holds. */
export function onMirror(image: string, setting: Mirrors): string {
  const mirrors = parseMirrors(setting)
  if (mirrors.length === 0) return image
  const reference = parseReference(image)
  const name = repositoryName(reference)
  const [mirror] = mirrors
    .filter(({ of }) => name.startsWith(`${of}/`))
    .sort((a, b) => b.of.length - a.of.length)
  if (!mirror) return image
  const { tag, digest } = reference
  return [
    mirror.at + name.slice(mirror.of.length),
    tag === undefined ? "" : `:${tag}`,
    digest === undefined ? "" : `@${digest}`,
  ].join("")
}

/**
 * The stages of a plan, with their images where they are downloaded from. Last of all: what is said of an image, and locked,
 * goes by its own name, so that the same is built with and without a mirror.
 */
export function onMirrors(stages: readonly Stage[], setting: Mirrors): Stage[] {
  return stages.map((stage) =>
    "image" in stage.from
      ? { ...stage, from: { ...stage.from, image: onMirror(stage.from.image, setting) } }
      : stage,
  )
}

function parseMirrors(setting: Mirrors): Mirror[] {
  if (!setting) return []
  const { value, from } = setting
  if (setting.byProject) {
    throw new UserError(`registry-mirror cannot be set by the project (${from})`, {
      hint: `What is downloaded from there writes into caches that other projects use. Give it as an option: --registry-mirror ${value.join(",")}`,
    })
  }
  const mirrors = value.map((text) => parseMirror(text, from))
  const twice = mirrors.find(({ of }, index) => mirrors.findIndex((each) => each.of === of) < index)
  if (twice) throw new UserError(`two mirrors of ${twice.of} (${from})`, { hint: "Give one." })
  return mirrors
}

function parseMirror(text: string, from: string): Mirror {
  const [of = "", at = "", ...others] = text.split("=").map((part) => part.trim())
  const names = [of, at].map((name) => placeOf(name.replace(/\/$/, "")))
  const [ofName, atName] = names
  if (ofName !== undefined && atName !== undefined && others.length === 0) {
    return { of: ofName, at: atName }
  }
  throw new UserError(`not a registry and its mirror: ${JSON.stringify(text)} (${from})`, {
    hint: "Write REGISTRY=MIRROR without https://, such as docker.io=mirror.example.com/hub.",
  })
}

/** In full, where it begins with a registry. */
function placeOf(name: string): string | undefined {
  const [first = "", ...folders] = name.split("/")
  // A word alone would be a name on Docker Hub.
  if (!/[.:]|^localhost$/.test(first)) return undefined
  try {
    const { registry } = parseReference(`${name}/any`)
    return [registry, ...folders].join("/")
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}
