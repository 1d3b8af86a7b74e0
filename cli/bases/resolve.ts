import { SetupError } from "../errors.js"
import type { Engine, OciLayout } from "../engine/engine.js"
import { familiarName, parseReference, type Reference } from "../../src/reference.js"
import type { Report } from "../terminal/report.js"
import { architecture } from "./architecture.js"
import { debianSuite, makeDebian, suites, type Suite } from "./debian.js"
import { makeGolang } from "./golang.js"
import { chooseNode, makeNode } from "./node.js"
import { BaseStore } from "./store.js"
import { listVersions } from "./toolchain.js"
import { chooseVersion } from "./versions.js"

export interface ResolveOptions {
  engine: Engine
  report: Report
  /** Of the image to be built, e.g. `linux/arm64`; this machine's by default. */
  platforms?: string[]
  signal?: AbortSignal
}

/**
 * Layouts for those base images that no registry serves here, made from packages where that is possible. For an engine
 * of ours: others know their own ways to images.
 *
 * @param registries Those of the images, and whether they answer. The images of the others are made.
 */
export async function resolveBases(
  images: string[],
  registries: ReadonlyMap<string, boolean>,
  options: ResolveOptions,
): Promise<Record<string, OciLayout>> {
  const layouts: Record<string, OciLayout> = {}
  const store = new BaseStore()
  for (const image of new Set(images)) {
    const reference = parseReference(image)
    if (registries.get(reference.registry)) continue
    layouts[image] = await make(image, reference, store, options)
  }
  return layouts
}

/** Whether registries can be expected to answer: no image had to be made here so far. */
export function registriesExpected(): boolean {
  return new BaseStore().isEmpty
}

/** Which registries answer. Those that are not expected to get less time. */
export async function askRegistries(
  images: string[],
  signal?: AbortSignal,
  expected = registriesExpected(),
): Promise<Map<string, boolean>> {
  const registries = new Set(images.map((image) => parseReference(image).registry))
  const milliseconds = expected ? 5000 : 1000
  // Node.js takes its time to load HTTPS, which the programs that have been started by now need not wait for.
  const { registryAnswers } = await import("./registry.js")
  const answers = [...registries].map(
    async (registry) => [registry, await registryAnswers(registry, milliseconds, signal)] as const,
  )
  return new Map(await Promise.all(answers))
}

/** Whether an image can be made of packages; not whether there is such a version. */
export function canBeMade({ registry, repository, tag, digest }: Reference): boolean {
  // A digest is a promise of the same bytes.
  if (registry !== "docker.io" || tag === undefined || digest !== undefined) return false
  if (repository === "library/golang" || repository === "library/node") return canStandOn(tag)
  return repository === "library/debian" && debianSuite(tag) !== undefined
}

/** The version of Go or Node.js that an image made here has; undefined of others. */
export async function versionMade(
  reference: Reference,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { repository, tag = "latest" } = reference
  if (!canBeMade(reference)) return undefined
  const store = new BaseStore()
  if (repository === "library/golang") {
    return chooseVersion(splitTag(tag)[0], await listVersions(store, signal)).version
  }
  return repository === "library/node" ? chooseNode(nodeTag(tag), store, signal) : undefined
}

async function make(
  image: string,
  reference: Reference,
  store: BaseStore,
  options: ResolveOptions,
): Promise<OciLayout> {
  const { registry, repository, tag = "", digest } = reference
  if (canBeMade(reference)) {
    if (repository === "library/golang") return golang(image, tag, store, options)
    if (repository === "library/node") return node(image, tag, store, options)
    const suite = debianSuite(tag)
    if (suite) {
      for (const platform of options.platforms ?? []) mustBeNative(image, platform)
      return debian(image, suite, reference, store, options)
    }
  }
  throw new SetupError(
    `the base image ${image} is not available: no registry answers at ${registry}`,
    {
      hint:
        "Reach it through HTTPS_PROXY, use an engine that has it (Docker, or BUILDKIT_HOST), give it as a folder with " +
        (digest === undefined
          ? `--base-layout, or choose a base that can be made here: golang, node and debian (${suites.join(", ")}), or scratch.`
          : "--base-layout. An image with a digest, as in go-image.lock, cannot be replaced by another one."),
    },
  )
}

/** The builder's image runs on this machine, and is made for it; what others stand on has to fit where they run. */
function mustBeNative(image: string, platform: string): void {
  const native = `linux/${architecture()}`
  if (platform.startsWith(native)) return
  throw new SetupError(
    `the base image ${image} is not available for ${platform}: no registry answers, and this machine can only make it for ${native}`,
    { hint: "Build on a machine of that platform, or on one that can reach the image registry." },
  )
}

const howLong = "once, then kept for a month"

function debian(
  image: string,
  suite: Suite,
  { registry }: Reference,
  store: BaseStore,
  { report, signal }: ResolveOptions,
): Promise<OciLayout> {
  const name = familiarName(image)
  const announce = (again: string | undefined) => {
    report.say(
      `making ${name} from Debian packages (${again ?? `no registry answers at ${registry}`}); ${howLong}`,
    )
  }
  return makeDebian(suite, store, announce, { image: name, report, signal })
}

/** The Debian that our default runtime stands on, whose C library a program built with cgo must find. */
const defaultSuite: Suite = "bookworm"

async function golang(
  image: string,
  tag: string,
  store: BaseStore,
  options: ResolveOptions,
): Promise<OciLayout> {
  const { engine, report, signal } = options
  const [versionTag, suite] = splitTag(tag)
  const { version, substitute } = chooseVersion(versionTag, await listVersions(store, signal))
  const name = familiarName(image)
  if (substitute)
    report.say(`Go ${versionTag} is not available; ${name} gets Go ${version} instead`)
  const base = `debian:${suite}-slim`
  const layout = await debian(base, suite, parseReference(base), store, options)
  const announce = (again: string | undefined) => {
    report.say(
      `making ${name} from Debian packages and Go ${version} (${again ?? "no registry answers at docker.io"}); ${howLong}`,
    )
  }
  const about = { image: name, report, signal }
  return makeGolang({ version, debian: { image: base, layout } }, engine, store, announce, about)
}

async function node(
  image: string,
  tag: string,
  store: BaseStore,
  options: ResolveOptions,
): Promise<OciLayout> {
  const { engine, report, signal } = options
  const [, suite] = splitTag(tag.replace(/-slim$/, ""))
  const version = await chooseNode(nodeTag(tag), store, signal)
  const name = familiarName(image)
  const base = `debian:${suite}-slim`
  const layout = await debian(base, suite, parseReference(base), store, {
    ...options,
    platforms: [],
  })
  const announce = (again: string | undefined) => {
    report.say(
      `making ${name} from Debian packages and Node.js ${version} (${again ?? "no registry answers at docker.io"}); ${howLong}`,
    )
  }
  const about = { image: name, report, signal }
  return makeNode({ version, debian: { image: base, layout } }, engine, store, announce, about)
}

/** Not `1.17-bullseye` or `1.26-alpine`: of another distribution, or of a Debian that is not made here. */
function canStandOn(tag: string): boolean {
  const [, distribution] = /-([a-z]+)[\d.]*$/.exec(tag.replace(/-slim$/, "")) ?? []
  return distribution === undefined || suites.some((suite) => suite === distribution)
}

function nodeTag(tag: string): string {
  return splitTag(tag.replace(/-slim$/, ""))[0]
}

function splitTag(tag: string): [string, Suite] {
  for (const suite of suites) {
    if (tag === suite) return ["latest", suite]
    if (tag.endsWith(`-${suite}`)) return [tag.slice(0, -suite.length - 1), suite]
  }
  return [tag, defaultSuite]
}
