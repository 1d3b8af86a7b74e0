import type { DetectedProject } from "../../../src/detect/detect.js"
import type { Facts } from "../../../src/detect/facts.js"
import type { GitAnswer } from "../../../src/git-state.js"
import { choosePackages } from "../../../src/detect/packages/packages.js"
import { UserError } from "../../../src/errors.js"
import { listSome } from "../../../src/list.js"
import { hasDigest, withVersion, type LockedImage } from "../../../src/lock/lock-file.js"
import type { Options } from "../../../src/options.js"
import { staticTags } from "../../../src/plan/go/cgo.js"
import { resolveGoVersion, type GoVersion } from "../../../src/plan/go/version/go-version.js"
import { imagesOf, lockedAt } from "../../../src/plan/bases/locked-images.js"
import { runtimes } from "../../../src/plan/bases/runtimes.js"
import type { Plan } from "../../../src/plan/types.js"
import { familiarName, parseReference, taggedName } from "../../../src/reference.js"
import type { Settings } from "../../../src/settings/resolve.js"
import { assemblePlans } from "../../build/assemble-plans.js"
import { hostPlatform } from "../../image/manifest.js"
import { isPseudoVersion, tagBefore, type Said } from "./said.js"

/** What an image is built of again, whoever builds. */
export interface PlannedRebuild extends DetectedProject {
  plans: [Plan, ...Plan[]]
}

/**
 * The plan of the image: as the project says, with what the image says of itself where that differs.
 *
 * @param options What was typed, which holds.
 */
export async function planOfImage(
  said: Said,
  options: Options,
  look: (options: Options) => Promise<DetectedProject>,
): Promise<PlannedRebuild> {
  const first = await look(options)
  const added = unlessGiven(options, sourceOptionsOf(said, first))
  const isOther = Object.keys(added).length > 0
  const { facts, settings: found } = isOther ? await look({ ...options, ...added }) : first
  const settings = withImageSettings(said, facts, found, options)
  const unmirrored = { ...settings, registryMirror: undefined }
  const locked = { ...facts, lock: lockOf(said, facts, assemblePlans(facts, unmirrored)) }
  return { facts: locked, settings, plans: assemblePlans(locked, settings) }
}

/** Whoever types an option means it. */
function unlessGiven(given: Options, others: Options): Options {
  return Object.fromEntries(
    Object.entries(others).filter(([name, value]) => {
      const typed = given[name as keyof Options]
      const isGiven = typed !== undefined && !(Array.isArray(typed) && typed.length === 0)
      return value !== undefined && !isGiven
    }),
  )
}

/** Where there is no Git to ask, the image's own word. */
export function gitOf({ revision, created, modified, version, remote }: Said): GitAnswer {
  if (revision === undefined) return {}
  const plain = version?.replace(/\+dirty$/, "")
  const earlier = plain === undefined ? undefined : tagBefore(plain)
  const isTag = plain !== undefined && !isPseudoVersion(plain)
  return {
    state: {
      revision,
      ...(created !== undefined && { time: created }),
      ...(modified !== undefined && { modified }),
      tags: isTag ? [plain] : [],
      ...(earlier !== undefined && { earlierTags: [earlier] }),
      ...(remote !== undefined && { remote }),
      from: "the image",
    },
  }
}

/** Tags that came to the commit after the image was built are none of its. */
export function withTagsOf({ version }: Said, answer: GitAnswer): GitAnswer {
  const { state } = answer
  if (!state || version === undefined) return answer
  const plain = version.replace(/\+dirty$/, "")
  const tags = state.tags.filter((tag) => tag === plain || tag.endsWith(`/${plain}`))
  return { ...answer, state: { ...state, tags } }
}

/** What detection depends on. */
function sourceOptionsOf(said: Said, { facts, settings }: DetectedProject): Options {
  return {
    packages: packagesOf(said, facts, settings),
    buildTags: tagsOf(said, settings.buildTags?.value),
  }
}

/** What only the plan depends on; what was typed holds. */
function withImageSettings(said: Said, facts: Facts, settings: Settings, typed: Options): Settings {
  const add = (before: Settings, name: "goVersion" | "platform" | "runtime", value?: string) =>
    value === undefined || typed[name] !== undefined
      ? before
      : { ...before, [name]: { value, from: "the image" } }
  const version = resolveGoVersion(facts, settings.goVersion)
  const known = add(
    add(settings, "platform", platformOf(said)),
    "goVersion",
    goVersionOf(said, version),
  )
  const [plan] = assemblePlans(facts, known)
  return add(known, "runtime", runtimeOf(said, plan))
}

/** The machine's own is the engine's default. */
function platformOf({ platforms }: Said): string | undefined {
  const [only] = platforms
  return platforms.length === 1 && only === hostPlatform() ? undefined : platforms.join(",")
}

function runtimeOf({ baseName, baseDigest }: Said, plan: Plan): string | undefined {
  const label = (name: string) =>
    plan.image.labels.find((each) => each.name === `org.opencontainers.image.base.${name}`)?.value
  if (label("name") === baseName) return undefined
  if (baseName === undefined) return "scratch"
  const name = familiarName(baseName)
  const known = Object.values(runtimes).find(
    ({ image, name: runtime }) =>
      runtime !== "dhi" && image?.({ tag: "", explicit: false, from: "", notices: [] }) === name,
  )
  if (known) return known.name
  if (/^dhi\.io\/golang:/.test(name)) return "dhi"
  return baseDigest === undefined ? name : `${name}@${baseDigest}`
}

/** Its programs, where others would be built. Those of ours beside them are none of the source's. */
function packagesOf(
  { programs }: Said,
  { programs: all }: Facts,
  settings: Settings,
): string[] | undefined {
  const own = all.mainPackages.filter(({ importPath }) => programs.includes(importPath))
  if (own.length === 0 && programs.length > 0) {
    throw new UserError(
      `none of the programs in the image is built from this source: ${listSome(programs)}`,
      {
        hint: "Give the folder of its Go project with --source.",
      },
    )
  }
  const chosen = chosenPackages(all, settings)
  const isSame =
    own.length === chosen.length && own.every(({ importPath }) => chosen.includes(importPath))
  return isSame ? undefined : own.map(({ path }) => path)
}

/** None where the source alone does not say it. */
function chosenPackages(programs: Facts["programs"], settings: Settings): string[] {
  try {
    return choosePackages(programs, settings).packages.map(({ importPath }) => importPath)
  } catch (error) {
    if (error instanceof UserError) return []
    throw error
  }
}

/** Where C is linked statically, tags come with it. */
function tagsOf(
  { buildTags = [], cgo }: Said,
  known: readonly string[] = [],
): string[] | undefined {
  const own = buildTags.filter((tag) => !cgo || known.includes(tag) || !staticTags.includes(tag))
  const same = own.length === known.length && own.every((tag) => known.includes(tag))
  return same || own.length === 0 ? undefined : own
}

/** A patch of the line that the project is built with is for the image of the builder to have. */
function goVersionOf({ goVersion }: Said, { tag }: GoVersion): string | undefined {
  const isOfLine = goVersion === tag || goVersion?.startsWith(`${tag}.`) === true
  return isOfLine ? undefined : goVersion
}

/** What the lock file does not say, the image does: its base's digest, and the patch of its Go. */
function lockOf(said: Said, facts: Facts, [plan]: [Plan, ...Plan[]]): Facts["lock"] {
  const open = imagesOf(plan.stages).filter(
    (image) => !hasDigest(image) && lockedAt(facts, image) === undefined,
  )
  const images = open.flatMap((reference): LockedImage[] => {
    const parsed = parseReference(reference)
    const isBase = taggedName(parsed) === said.baseName
    if (isBase && said.baseDigest !== undefined) {
      return [{ reference, locked: `${reference}@${said.baseDigest}` }]
    }
    const locked = parsed.repository.endsWith("golang")
      ? withVersion(reference, said.goVersion)
      : reference
    return locked === reference ? [] : [{ reference, locked }]
  })
  if (images.length === 0) return facts.lock
  return {
    file: facts.lock?.file ?? "the image",
    images: [...(facts.lock?.images ?? []), ...images],
  }
}
