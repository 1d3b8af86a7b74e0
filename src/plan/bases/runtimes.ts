import { workingDirectory } from "../../settings/image-paths.js"
import { UserError } from "../../errors.js"
import type { GoVersion } from "../go/version/go-version.js"
import type { Setting } from "../../settings/setting.js"

/** What a runtime stage starts from, and what must be brought to it. */
export interface RuntimeBase {
  /** The function's name, for people. */
  name: string
  builderImage: (version: GoVersion) => string
  /** The builder where programs are compiled with C: its C library is not newer than the runtime's. */
  builderImageForC: (version: GoVersion) => string
  /** What programs can be linked to there. */
  cLibrary: "glibc" | "none" | "unknown"
  /** apt; of an unknown base, apt or apk. */
  packageManager: "apt" | "none" | "unknown"
  /** The builder's base has a C compiler. */
  builderHasCompiler: boolean
  /** Undefined for an image with nothing but what is copied to it. */
  image: ((version: GoVersion) => string) | undefined
  /** It is Debian or Ubuntu as they publish it, whose folders and users are known. */
  isDebian?: boolean
  /** Absolute path of its shell; undefined where it has none, or may have none. */
  shell?: string
  /** Programs of the base image that a command may start with; of an unknown base, any. */
  programs: readonly string[] | "any"
  user: RuntimeUser
  environment: { name: string; value: string }[]
  /** Where one program goes, and what it is called there; by default its own name. */
  programFolder: string
  programName?: string
  /** They are root's elsewhere, so that a program cannot replace itself. */
  userOwnsPrograms?: boolean
  /** Where several programs go. */
  programsFolder: string
}

/** The user that the image runs as; it is added to the base's passwd and group files where it is not in them. */
export interface RuntimeUser {
  name: string
  group: string
  uid: number
  gid: number
  /** Its own, and where it can write. */
  home: string
  shell: string
}

const golang = ({ tag }: GoVersion) => `golang:${tag}`

/**
 * Docker Hub's images on a Debian that is named, which for the newest Go is a newer one: on 12 (glibc 2.36), as ours is, or
 * on what there was before it.
 */
const golangForC = (version: GoVersion) => `golang:${version.tag}-${debianRelease(version)}`

const nologin = "/usr/sbin/nologin"

/** The user that images without a shell have by convention. */
const nonroot: RuntimeUser = {
  name: "nonroot",
  group: "nonroot",
  uid: 65532,
  gid: 65532,
  home: workingDirectory,
  shell: nologin,
}

const common: Omit<RuntimeBase, "name" | "image" | "programs" | "user"> = {
  builderImage: golang,
  builderImageForC: golangForC,
  cLibrary: "none",
  packageManager: "none",
  builderHasCompiler: true,
  environment: [],
  programFolder: workingDirectory,
  programsFolder: `${workingDirectory}/bin`,
}

const withoutShell = { ...common, programs: [], user: nonroot }

const ofDebian = { cLibrary: "glibc", packageManager: "apt", isDebian: true } as const

const posixPrograms = ["sh", "bash", "env", "exec", "timeout", "nice", "nohup", "stdbuf"]

/** migetpacks' base, with what its page shows and its code leaves out: CA certificates. */
const debian: RuntimeBase = {
  ...common,
  ...ofDebian,
  name: "debian",
  image: () => "debian:bookworm-slim",
  shell: "/bin/sh",
  programs: posixPrograms,
  user: { ...nonroot, name: "app", group: "app", uid: 1000, gid: 1000 },
}

/** Depot's: https://depot.dev/docs/container-builds/optimal-dockerfiles/go-dockerfile */
const ubuntu: RuntimeBase = {
  ...common,
  ...ofDebian,
  name: "ubuntu",
  image: () => "ubuntu:24.04",
  shell: "/bin/sh",
  programs: posixPrograms,
  user: {
    name: "appuser",
    group: "appgroup",
    uid: 1001,
    gid: 1001,
    home: workingDirectory,
    shell: "/bin/false",
  },
  environment: [
    { name: "TZ", value: "UTC" },
    { name: "GOMAXPROCS", value: "0" },
  ],
  programFolder: "/usr/local/bin",
  programName: "app",
  userOwnsPrograms: true,
  programsFolder: "/usr/local/bin",
}

/** Docker Hardened Images, which have Go from 1.22 on. */
const dhi: RuntimeBase = {
  ...withoutShell,
  name: "dhi",
  builderImage: (version) => `dhi.io/golang:${dhiTag(version)}-dev`,
  // Of one release with its runtime images, as they come.
  builderImageForC: (version) => `dhi.io/golang:${dhiTag(version)}-dev`,
  cLibrary: "glibc",
  builderHasCompiler: false,
  image: (version) => `dhi.io/golang:${dhiTag(version)}`,
}

const distroless: RuntimeBase = {
  ...withoutShell,
  name: "distroless",
  image: () => "gcr.io/distroless/static-debian12:nonroot",
}

const chainguard: RuntimeBase = {
  ...withoutShell,
  name: "chainguard",
  image: () => "cgr.dev/chainguard/static:latest",
}

const scratch: RuntimeBase = { ...withoutShell, name: "scratch", image: undefined }

export const runtimes = { debian, dhi, ubuntu, distroless, chainguard, scratch }

/** One of the names, or the reference of an image that the caller brings. */
export function chooseRuntime(
  setting: Setting<string> | undefined,
  version: GoVersion,
): RuntimeBase {
  const asked = setting?.value ?? "debian"
  // Dagger's lists of values are in capitals.
  const name = Object.hasOwn(runtimes, asked.toLowerCase()) ? asked.toLowerCase() : asked
  // Not what every object has by that name, such as constructor.
  const known: RuntimeBase | undefined = Object.hasOwn(runtimes, name)
    ? runtimes[name as keyof typeof runtimes]
    : undefined
  if (known === dhi) checkDhi(version)
  if (known) return known
  if (
    !/^[a-z0-9][a-z0-9._-]*(?::\d+)?(?:\/[a-z0-9._/-]+)?(?::[\w.-]+)?(?:@sha256:[0-9a-f]{64})?$/.test(
      name,
    ) ||
    !/[/:]/.test(name)
  ) {
    throw new UserError(`unknown runtime ${JSON.stringify(name)} (${setting?.from})`, {
      hint: `Use one of ${Object.keys(runtimes).join(", ")}, or an image reference with a tag, such as alpine:3.22.`,
    })
  }
  return {
    ...withoutShell,
    name: `image ${name}`,
    image: () => name,
    programs: "any",
    cLibrary: "unknown",
    packageManager: "unknown",
  }
}

/** Since which patch of a minor there is an image on Debian 12, which came in June 2023. */
const firstOnBookworm: Readonly<Record<number, number>> = { 19: 10, 20: 5 }

function debianRelease({ minor, tag }: GoVersion): string {
  if (minor === undefined || minor > 20) return "bookworm"
  const patch = /^1\.\d+\.(\d+)$/.exec(tag)?.[1]
  const first = firstOnBookworm[minor] ?? Infinity
  if (patch === undefined ? first < Infinity : Number(patch) >= first) return "bookworm"
  return minor >= 15 ? "bullseye" : "buster"
}

const dhiOldestMinor = 22

/** The first patches of these lines that there are images of. */
const dhiOldestPatches: Readonly<Record<number, number>> = { 22: 12, 23: 7, 24: 1 }

function checkDhi({ minor, tag, from }: GoVersion): void {
  if (minor !== undefined && minor < dhiOldestMinor) {
    throw new UserError(`no Docker Hardened Image of Go ${tag} (${from})`, {
      hint: `They start with Go 1.${dhiOldestMinor}. Ask for that or newer, or use another runtime, such as debian.`,
    })
  }
}

/** What a person should know of a runtime's choice. */
export function runtimeNotices({ name, image }: RuntimeBase, version: GoVersion): string[] {
  return name === "dhi" && dhiTag(version) !== version.tag
    ? [
        `${version.from}: there is no Docker Hardened Image of Go ${version.tag}; ${image?.(version)} is used`,
      ]
    : []
}

/** A patch older than the oldest one there is an image of becomes that one. */
function dhiTag({ minor, tag }: GoVersion): string {
  const oldest = minor === undefined ? undefined : dhiOldestPatches[minor]
  const [, patch] = /^1\.\d+\.(\d+)$/.exec(tag) ?? []
  return oldest !== undefined && patch !== undefined && Number(patch) < oldest
    ? `1.${minor}.${oldest}`
    : tag
}

export const goRoot = "/usr/local/go"
