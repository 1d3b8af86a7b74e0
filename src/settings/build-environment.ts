import { UserError } from "../errors.js"
import { mergeNamed } from "./named-values.js"
import type { Setting } from "./setting.js"

/**
 * Variables of the go command that a build may set: what they change is the project's own business.
 * https://pkg.go.dev/cmd/go#hdr-Environment_variables
 */
const goVariables = [
  ..."GOEXPERIMENT GODEBUG GOFIPS140".split(" "),
  ..."GO386 GOAMD64 GOARM GOARM64 GOMIPS GOMIPS64 GOPPC64 GORISCV64".split(" "),
]

/**
 * What says which downloads are trusted, and what makes a compiler run a program, is for whoever builds: downloaded modules
 * and compiled packages are in volumes that other projects use, too.
 */
const onlyByCaller = [
  ..."GOPROXY GONOPROXY GOSUMDB GONOSUMDB GOINSECURE GOVCS".split(" "),
  ..."CGO_CFLAGS CGO_CPPFLAGS CGO_CXXFLAGS CGO_FFLAGS CGO_LDFLAGS".split(" "),
]

/** Those that have a setting. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ["GOFLAGS", "Use --build-tags and --linker-values."],
  ["GOTOOLCHAIN", "Use --go-version."],
  ["GOPRIVATE", "Use --private-modules."],
  ["GOWORK", "Use --go-work."],
  ["CGO_ENABLED", "Use --cgo."],
  ["GOOS", "Use --platform."],
  ["GOARCH", "Use --platform."],
])

/** Whether a file of the project can set it. */
export function isOfProject(name: string): boolean {
  return goVariables.includes(name)
}

/** Why a variable that is not known here has no effect; undefined where it is none of the go command's. */
export function whyNotSet(name: string): string | undefined {
  if (onlyByCaller.includes(name)) {
    return "only --build-environment can set it: it could change what other projects are built from"
  }
  const advice = elsewhere.get(name)
  if (advice !== undefined) return advice.replace(/^Use (.*)\.$/, "use $1")
  return ownVariables.test(name) ? "go-image sets it" : undefined
}

const ownVariables =
  /^(?:GO(?:CACHE|MODCACHE|PATH|ROOT|BIN|ENV|TMPDIR|HOSTOS|HOSTARCH|GC|MEMLIMIT|111MODULE)|GO111MODULE)$/

/** `NAME=value` of several places: of a name that is there twice, the first counts. */
export function mergeBuildEnvironment(
  settings: readonly Setting<string[]>[],
): Setting<string[]> | undefined {
  for (const { value, from, byProject } of settings) {
    for (const text of value) checkEntry(text, from, byProject === true)
  }
  return mergeNamed(settings)
}

function checkEntry(text: string, from: string, byProject: boolean): void {
  const [, name, value = ""] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? []
  if (name === undefined) {
    throw new UserError(`invalid build environment: ${JSON.stringify(text)} (${from})`, {
      hint: "Write NAME=value, e.g. GOEXPERIMENT=jsonv2.",
    })
  }
  const allowed = byProject ? goVariables : [...goVariables, ...onlyByCaller]
  if (!allowed.includes(name)) {
    throw new UserError(`${name} cannot be set for the build (${from})`, {
      hint: elsewhere.get(name) ?? `These can: ${allowed.join(", ")}`,
    })
  }
  if (/:\/\/[^/@,|]*@/.test(value)) {
    throw new UserError(`a password in ${name} (${from})`, {
      hint: "It would be in the build's history. Leave it out, and give it with --token USER@HOST=env:NAME, or a netrc file with --netrc.",
    })
  }
}

/** Build tags that the variables set, beside the user's own: `goexperiment.jsonv2`, `amd64.v3`. */
export function tagsOfEnvironment(setting: Setting<string[]> | undefined): string[] {
  return (setting?.value ?? []).flatMap((text) => {
    const [name = "", value = ""] = text.split("=")
    if (name === "GOEXPERIMENT") {
      return value
        .split(",")
        .filter(Boolean)
        .map((each) => `goexperiment.${each}`)
    }
    const level = /^v([1-4])$/.exec(value)?.[1]
    if (name !== "GOAMD64" || level === undefined) return []
    return Array.from({ length: Number(level) }, (_, i) => `amd64.v${i + 1}`)
  })
}

/** Hosts of GOPROXY, which only whoever builds can set. */
export function goProxyHosts(
  setting: Setting<string[]> | undefined,
): Setting<string[]> | undefined {
  const hosts = goProxyAddresses(setting?.value).map((each) => each.replace(/:\d+$/, ""))
  return setting && hosts.length > 0 ? { value: hosts, from: setting.from } : undefined
}

/** The same with their ports, where they have some. */
export function goProxyAddresses(buildEnvironment: readonly string[] = []): string[] {
  const text = buildEnvironment.find((each) => each.startsWith("GOPROXY=")) ?? ""
  // A password may be sent by HTTPS alone.
  return [...text.matchAll(/[=,|]\s*https:\/\/([^/,|\s]+)/g)].map(([, address]) => address ?? "")
}
