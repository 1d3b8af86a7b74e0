import { UserError } from "../../errors.js"
import type { Base, Step } from "../types.js"
import type { Setting } from "../../settings/setting.js"

/** What the image is for, where that is not the machine that builds it. https://github.com/opencontainers/image-spec/blob/main/image-index.md */
export interface TargetPlatform {
  /** `linux/arm64`, `linux/arm/v7` */
  reference: string
  /** What makes the go command compile for it: nothing is emulated. */
  environment: Step[]
}

/** The architectures that the golang images, and most others, are published for. */
const architectures = ["amd64", "arm64", "arm", "386", "ppc64le", "riscv64", "s390x"]

/** What an image may be for, with the variants that others publish. */
export const usualPlatforms = [
  ...architectures.map((each) => `linux/${each}`),
  "linux/arm/v6",
  "linux/arm/v5",
]

export function parsePlatform(setting: Setting<string> | undefined): TargetPlatform | undefined {
  if (!setting) return undefined
  const [os, architecture = "", variant, ...rest] = setting.value.split("/")
  const variable = variant === undefined ? undefined : variantVariable(architecture, variant)
  const isKnown = os === "linux" && architectures.includes(architecture) && rest.length === 0
  if (!isKnown || (variant !== undefined && !variable)) {
    throw new UserError(`no such platform: ${JSON.stringify(setting.value)} (${setting.from})`, {
      hint: setting.value.includes(",")
        ? "Dagger builds one at a time: --platform chooses it, and publish --platforms takes several."
        : `Write linux/${architectures.join(", linux/")}, or with a variant, such as linux/arm/v7.`,
    })
  }
  const values = [["GOARCH", architecture] as const, ...(variable ? [variable] : [])]
  return {
    reference: setting.value,
    environment: values.map(([name, value]) => ({ type: "environment", name, value })),
  }
}

export function ofPlatform(image: string | undefined, platform: TargetPlatform | undefined): Base {
  const of = platform && { platform: { target: platform.reference } }
  return image === undefined ? { scratch: true, ...of } : { image, ...of }
}

/** `linux/amd64,linux/arm64`: one setting for each, for who builds for several. */
export function splitPlatforms(setting: Setting<string> | undefined): Setting<string>[] {
  if (!setting) return []
  const values = setting.value.split(",").map((value) => value.trim())
  return distinctPlatforms(values).map((value) => ({ ...setting, value }))
}

/** Each once, as it was written first: to an engine, linux/arm and linux/arm/v7 are the same. */
export function distinctPlatforms<T extends string>(platforms: readonly T[]): T[] {
  const first = new Map<string, T>()
  for (const platform of platforms) {
    const name = platformSuffix(platform)
    if (!first.has(name)) first.set(name, platform)
  }
  return [...first.values()]
}

/** As BuildKit has it in TARGETARCH and TARGETVARIANT, where usual variants have no name. */
export function platformSuffix(platform: string): string {
  const [, architecture = "", variant = ""] = platform.split("/")
  if (architecture === "arm") return `arm${variant || "v7"}`
  const isUsual = ["arm64/v8", "amd64/v1"].includes(`${architecture}/${variant}`)
  return `${architecture}${isUsual ? "" : variant}`
}

function variantVariable(
  architecture: string,
  variant: string,
): readonly [string, string] | undefined {
  if (architecture === "arm" && /^v[567]$/.test(variant)) return ["GOARM", variant.slice(1)]
  if (architecture === "amd64" && /^v[1-4]$/.test(variant)) return ["GOAMD64", variant]
  // The only one there is, and Go's own.
  return architecture === "arm64" && variant === "v8" ? ["GOARM64", "v8.0"] : undefined
}
