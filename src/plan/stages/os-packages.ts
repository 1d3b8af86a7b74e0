import { UserError } from "../../errors.js"
import type { Settings } from "../../settings/resolve.js"
import type { CgoChoice } from "../go/cgo.js"
import { cacheVolume } from "../go/go-command.js"
import { installScript } from "./os-packages-script.js"
import { runtimes, type RuntimeBase } from "../bases/runtimes.js"
import type { Base, Mount, RunStep, Stage, Step } from "../types.js"
import type { Setting } from "../../settings/setting.js"

export const packageManagerStageName = "package-manager"

const folder = "/package-manager"
/** Folders that all distributions have: nothing is left in a layer of what is mounted there. */
const toolsTarget = "/mnt"
const cacheTarget = "/srv"

/** What is installed where, besides what the images have. */
export interface OsPackages {
  /** The script and certificates that it takes; none where nothing is installed. */
  stages: (from: Base) => Stage[]
  builder: Step[]
  runtime: Step[]
  notices: string[]
}

export function chooseOsPackages(
  settings: Settings,
  runtime: RuntimeBase,
  cgo: CgoChoice,
): OsPackages {
  const day = parseDay(settings.osPackagesDate)
  const ofBuilder = parsePackages(settings.buildPackages, true)
  const ofRuntime = parsePackages(settings.osPackages, false)
  if (ofRuntime.length > 0 && runtime.packageManager === "none") {
    throw new UserError(
      `--os-packages needs a base with apt or apk, and ${runtime.name} has neither (${settings.osPackages?.from})`,
      {
        hint: `Use ${runtimesWithPackages().join(" or ")}, or an image reference with a tag, such as alpine:3.22.`,
      },
    )
  }
  const mounts: Mount[] = [
    {
      type: "bind",
      kind: "directory",
      from: { stage: packageManagerStageName },
      path: folder,
      target: toolsTarget,
    },
    { type: "cache", id: cacheVolume(settings, "os-packages"), target: cacheTarget },
  ]
  const install = (packages: readonly string[], unlessThere = ""): RunStep[] =>
    packages.length === 0
      ? []
      : [
          {
            type: "run",
            args: ["/bin/sh", `${toolsTarget}/install.sh`, unlessThere, day, ...packages],
            mounts,
          },
        ]
  const { compiler } = cgo
  const builder = [
    ...(cgo.enabled && !runtime.builderHasCompiler ? install(nativeCompiler, "gcc") : []),
    ...(cgo.enabled && compiler ? install(compiler.packages, compiler.cxx) : []),
    ...install(ofBuilder),
  ]
  return {
    stages: (from) =>
      builder.length + ofRuntime.length > 0
        ? [packageManagerStage(from, settings.access?.value.certificates)]
        : [],
    builder,
    // A base of one's own may have another user.
    runtime:
      ofRuntime.length > 0 && runtime.packageManager === "unknown"
        ? [{ type: "user", user: "0:0" }, ...install(ofRuntime)]
        : install(ofRuntime),
    notices: [],
  }
}

const nativeCompiler = ["g++", "gcc", "libc6-dev", "pkg-config"]

/** On the builder's base, which has certificates wherever it has them. */
function packageManagerStage(from: Base, certificates: string | undefined): Stage {
  return {
    name: packageManagerStageName,
    from,
    steps: [
      { type: "file", path: `${folder}/install.sh`, content: installScript, mode: 0o755 },
      {
        type: "run",
        args: ["/bin/sh", "-c", copyCertificates, "copy", folder],
        mounts: [],
      },
      ...(certificates === undefined ? [] : addCertificates(certificates)),
    ],
  }
}

function addCertificates(certificates: string): Step[] {
  const add = 'cat "$1/further.crt" >>"$1/ca-certificates.crt"'
  return [
    { type: "file", path: `${folder}/further.crt`, content: certificates, mode: 0o644 },
    { type: "run", args: ["/bin/sh", "-c", add, "add", folder], mounts: [] },
  ]
}

/** The build's number, where it is to use no step again: what installs has no other sign of it (see renderDockerfile). */
const copyCertificates = `printf %s "\${GO_IMAGE_BUILD-}" >"$1/build"
file=\${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}
if [ -f "$file" ]; then cp -L "$file" "$1/ca-certificates.crt"; fi`

/** Debian's names and Alpine's, with a version where one is asked for, and in the builder with an architecture. */
const packageName =
  /^[A-Za-z0-9][A-Za-z0-9+._-]*(?::[a-z0-9-]+)?(?:=[A-Za-z0-9][A-Za-z0-9+.:~_-]*)?$/

/** Each once, and sorted: in another order they are the same. */
function parsePackages(
  setting: Setting<string[]> | undefined,
  withArchitecture: boolean,
): string[] {
  if (!setting) return []
  const names = setting.value.flatMap((text) => text.split(/[\s,]+/)).filter(Boolean)
  for (const name of names) {
    const isValid =
      packageName.test(name) &&
      // To apt, a dash at the end removes a package.
      !/-(?:[:=]|$)/.test(name) &&
      (withArchitecture || !/^[^=]*:/.test(name))
    if (isValid) continue
    throw new UserError(`not a package's name: ${JSON.stringify(name)} (${setting.from})`, {
      hint: "Write it as for apt or apk: git, or with a version, git=1:2.39.5-0+deb12u2.",
    })
  }
  return [...new Set(names)].sort()
}

function parseDay(setting: Setting<string> | undefined): string {
  if (!setting) return ""
  const [, day = ""] = /^(\d{4}-\d{2}-\d{2})$/.exec(setting.value) ?? []
  const date = new Date(`${day}T00:00:00Z`)
  if (!Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) && day !== "") return day
  throw new UserError(`not a day: ${JSON.stringify(setting.value)} (${setting.from})`, {
    hint: "Write year-month-day, such as 2025-11-01.",
  })
}

function runtimesWithPackages(): string[] {
  return Object.entries(runtimes).flatMap(([name, { packageManager }]) =>
    packageManager === "apt" ? [name] : [],
  )
}
