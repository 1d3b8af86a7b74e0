import { UserError } from "../../errors.js"
import type { Settings } from "../../settings/resolve.js"
import { staticTags, type CgoChoice } from "./cgo.js"
import { downloadAccess, toolAccess, type DownloadAccess } from "./download-access.js"
import { parseEnvironment } from "../environment.js"
import type { GoVersion } from "./version/go-version.js"
import type { TargetPlatform } from "../bases/platform.js"
import type { RuntimeBase } from "../bases/runtimes.js"
import { vendorCheckMode, type VendorCheck } from "../programs/vendor-check.js"
import type { Base, Mount, Step } from "../types.js"
import type { Setting } from "../../settings/setting.js"

/** What of the project is compiled at all. */
export function tagsFlag(buildTags: readonly string[] = []): string[] {
  return buildTags.length > 0 ? [`-tags=${buildTags.join(",")}`] : []
}

/** The same with what C brings where programs for the image are compiled. */
export function programTags(
  { buildTags }: Settings,
  { cTags }: Pick<GoCommand, "cTags">,
): string[] {
  return tagsFlag([...(buildTags?.value ?? []), ...cTags])
}

export const moduleCache = "/go/pkg/mod"
const buildCache = "/root/.cache/go-build"

/** What every stage that runs the go command starts with. */
export interface GoCommand {
  from: Base
  /** Installs what the builder's base does not have. */
  packages: Step[]
  environment: Step[]
  /** Added where it compiles for the image's platform, not for the machine that builds. */
  targetEnvironment: Step[]
  /** Added where the project is compiled with C. Not where programs of others are, which then would link to it. */
  cEnvironment: Step[]
  /** Flags for that. */
  cTags: readonly string[]
  cLinkerFlags: string
  /** Added where programs are compiled. Not where programs of the project run, such as its tests, which would get it too. */
  compileEnvironment: Step[]
  mounts: Mount[]
  /** For steps that download modules, and run nothing of the project: hooks, tests and generators never see a password. */
  access: DownloadAccess
  /** The same for programs of others. */
  toolAccess: DownloadAccess
  vendorCheck: VendorCheck
  dependencies: UseOfDependencies
  /** Names of the cache volumes that are mounted. */
  volumes: Volumes
}

/** How a step that compiles comes to dependencies that were compiled elsewhere. */
export interface UseOfDependencies {
  /** Once in its stage. */
  steps: Step[]
  /** What comes before the go command. */
  args: readonly string[]
  /** The same where a program of ours is compiled. */
  ownArgs: readonly string[]
  mounts: readonly Mount[]
}

interface Volumes {
  modules: string
  build: string
}

export function goCommand(
  settings: Settings,
  version: GoVersion,
  runtime: RuntimeBase,
  platform: TargetPlatform | undefined,
  cgo: CgoChoice,
  packages: Step[],
): GoCommand {
  const volumes = nameVolumes(settings, version)
  const access = downloadAccess(settings)
  return {
    from: {
      image: cgo.enabled ? runtime.builderImageForC(version) : runtime.builderImage(version),
      ...(platform && { platform: "build" as const }),
    },
    packages,
    environment: [
      ...cacheNamespace(settings),
      ...goEnvironment(version),
      ...privateModules(settings),
      ...buildEnvironment(settings),
      ...access.steps,
    ],
    targetEnvironment: platform?.environment ?? [],
    cEnvironment: cgo.enabled
      ? variables(cValues(cgo, settings), "This program is compiled with C.")
      : [],
    cTags: cgo.isStatic ? staticTags : [],
    cLinkerFlags: cgo.isStatic ? "-linkmode=external -extldflags=-static" : "",
    compileEnvironment: variables(
      collectorValues(version),
      "Faster: compiler and linker collect garbage less often, and may take more memory for that.",
    ),
    mounts: cacheMounts(volumes),
    access,
    toolAccess: toolAccess(settings),
    vendorCheck: vendorCheckMode(settings.vendorCheck),
    dependencies: { steps: [], args: [], ownArgs: [], mounts: [] },
    volumes,
  }
}

function goEnvironment({ explicit }: GoVersion): Step[] {
  const values = {
    CGO_ENABLED: "0",
    GOOS: "linux",
    GOMODCACHE: moduleCache,
    GOCACHE: buildCache,
    // The images say local, which fails where go.mod wants a later patch than the image has.
    GOTOOLCHAIN: explicit ? "local" : "auto",
  }
  const about = `Programs for Linux without C: they run on any base. GOTOOLCHAIN=${values.GOTOOLCHAIN}: ${
    explicit ? "this Go and no other" : "a newer Go where go.mod asks for one"
  }.`
  return variables(values, about)
}

function cValues({ compiler }: CgoChoice, settings: Settings): Record<string, string> {
  const values = { CGO_ENABLED: "1", ...headersOfPackages(settings) }
  if (!compiler) return values
  const { cc, cxx, pkgConfigPath } = compiler
  return { ...values, CC: cc, CXX: cxx, PKG_CONFIG_LIBDIR: pkgConfigPath }
}

/**
 * The go command does not look at the headers of installed packages to know whether a compiled package is still right, but
 * it looks at the C compiler's flags. So these name what is installed. https://go.dev/issue/24355
 */
function headersOfPackages({ buildPackages, buildEnvironment }: Settings): Record<string, string> {
  if (!buildPackages || buildPackages.value.length === 0) return {}
  const name = "CGO_CPPFLAGS"
  const given = (buildEnvironment?.value ?? [])
    .map((text) => parseEnvironment(text, buildEnvironment?.from ?? ""))
    .find((each) => each.name === name)
  const names = [...buildPackages.value].sort((a, b) => (a < b ? -1 : 1)).join(",")
  const define = `-DGO_IMAGE_BUILD_PACKAGES=${names}`
  return { [name]: given ? `${given.value} ${define}` : define }
}

/**
 * Compiler and linker are Go programs, whose garbage collector takes time to save memory. Here they may have nine times the
 * memory that they use, where Go's default is twice, but beyond three gigabytes only what they use. A cold build takes up
 * to a seventh less of the processor (docs/bench-appendix.md). Before Go 1.19 there is no such bound: three times, then.
 */
function collectorValues({ minor }: GoVersion): Record<string, string> {
  return minor === undefined || minor >= 19 ? { GOGC: "800", GOMEMLIMIT: "3GiB" } : { GOGC: "200" }
}

/** @param about All of them. */
function variables(values: Record<string, string>, about?: string): Step[] {
  return Object.entries(values).map(([name, value], index) => ({
    type: "environment",
    name,
    value,
    ...(about !== undefined && index === 0 && { about }),
  }))
}

function privateModules({ privateModules }: Settings): Step[] {
  return privateModules
    ? [{ type: "environment", name: "GOPRIVATE", value: privateModules.value.join(",") }]
    : []
}

function buildEnvironment({ buildEnvironment }: Settings): Step[] {
  return (buildEnvironment?.value ?? []).map((text) => ({
    type: "environment",
    ...parseEnvironment(text, buildEnvironment?.from ?? ""),
  }))
}

/** The cache volume for a purpose, by the namespace that was asked for. */
export function cacheVolume({ cacheNamespace }: Settings, purpose: string): string {
  return `${cacheNamespace ? toVolumeName(cacheNamespace) : "go-image"}-${purpose}`
}

/** Modules are the same for every Go; compiled packages are not, so that each minor's can be dropped by itself. */
function nameVolumes(settings: Settings, { minor }: GoVersion): Volumes {
  const line = minor === undefined ? "latest" : `1.${minor}`
  return {
    modules: cacheVolume(settings, "modules"),
    build: cacheVolume(settings, `build-${line}`),
  }
}

function cacheMounts({ modules, build }: Volumes): Mount[] {
  return [
    { type: "cache", id: modules, target: moduleCache },
    { type: "cache", id: build, target: buildCache },
  ]
}

/**
 * To BuildKit, steps that differ in the volumes that they use alone are the same step: one namespace would be answered by
 * what another one's step has left.
 */
export function cacheNamespace({ cacheNamespace: namespace }: Settings): Step[] {
  return namespace ? variables({ GO_IMAGE_CACHE_NAMESPACE: toVolumeName(namespace) }) : []
}

/** Paths are usual values of BUILD_CACHE_DIR: `/cache/team a` is `cache-team-a`. Whoever gives a name means that one. */
function toVolumeName({ value, from }: Setting<string>): string {
  if (!from.includes("BUILD_CACHE_DIR") && !/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(value)) {
    throw new UserError(`not a name of a cache: ${JSON.stringify(value)} (${from})`, {
      hint: "Write letters, digits and . _ - in it, e.g. team-a.",
    })
  }
  return value.replace(/[^A-Za-z0-9._]+/g, "-").replace(/^[-._]+|-+$/g, "") || "go-image"
}
