import { cModuleOf } from "../../detect/code/c-modules.js"
import type { CUse } from "../../detect/code/cgo.js"
import type { Facts } from "../../detect/facts.js"
import { formatPlace, UserError } from "../../errors.js"
import type { Settings } from "../../settings/resolve.js"
import { crossCompiler, type CrossCompiler } from "./cross-compiler.js"
import type { TargetPlatform } from "../bases/platform.js"
import type { RuntimeBase } from "../bases/runtimes.js"
import type { Setting } from "../../settings/setting.js"

/** Whether programs are compiled with C, and what they link to. */
export interface CgoChoice {
  enabled: boolean
  /** All of it is in the programs. */
  isStatic: boolean
  /** As a decision: what it is, and what says so. */
  value: string
  from: string
  /** Of the image's platform, where one was asked for. */
  compiler?: CrossCompiler
  notices: string[]
}

/** With C, for whatever looks up hosts and users: Go's own code, since glibc's opens libraries at run time. */
export const staticTags = ["netgo", "osusergo"]

export function chooseCgo(
  { cgo: uses = [], goMod, dockerfile }: Pick<Facts, "cgo" | "goMod" | "dockerfile">,
  settings: Settings,
  runtime: RuntimeBase,
  platform: TargetPlatform | undefined,
): CgoChoice {
  const mode = parseMode(settings.cgo)
  if (mode === "off") return withoutC(uses, settings.cgo)
  const optional = uses.find(({ isOptional }) => isOptional)
  // What a build without C does without is wanted where the project's own image is built with C.
  const withC = dockerfile?.cgo?.value === "on" ? dockerfile.cgo : undefined
  const first = uses.find(({ isOptional }) => !isOptional) ?? (withC && optional)
  if (mode === "auto" && !first) {
    return {
      enabled: false,
      isStatic: false,
      value: "off",
      from: "nothing needs C",
      notices: [...leftOut(uses), ...neededByOthers(goMod)],
    }
  }
  const isStatic = settings.staticLink?.value ?? runtime.cLibrary === "none"
  return {
    enabled: true,
    isStatic,
    value: isStatic ? "on, linked statically" : "on",
    from:
      mode === "auto" && first
        ? describe(first) + (first.isOptional && withC ? `; ${formatPlace(withC)} has C on` : "")
        : (settings.cgo?.from ?? "default"),
    compiler: platform && crossCompiler(platform),
    notices: [
      ...(runtime.cLibrary === "unknown" && !isStatic
        ? [
            `the C library of ${runtime.name} is not known: programs are linked to Debian 12's (glibc 2.36), or with --static-link to none`,
          ]
        : []),
      ...uses.flatMap((use) => missingLibrary(use, settings)),
    ],
  }
}

/** Go's own CGO_ENABLED is 0 or 1. */
function parseMode(setting: Setting<string> | undefined): "auto" | "on" | "off" {
  const text = setting?.value.toLowerCase() ?? "auto"
  if (text === "auto") return "auto"
  if (/^(?:on|1|true|yes)$/.test(text)) return "on"
  if (/^(?:off|0|false|no)$/.test(text)) return "off"
  throw new UserError(
    `invalid value of --cgo: ${JSON.stringify(setting?.value)} (${setting?.from})`,
    {
      hint: "Write auto, on or off.",
    },
  )
}

function withoutC(uses: readonly CUse[], setting: Setting<string> | undefined): CgoChoice {
  const from = setting?.from ?? ""
  const required = uses.find(({ isRequired }) => isRequired)
  if (required) {
    const needs = required.path === "C" ? "" : ", which needs C"
    throw new UserError(`imports ${named(required)}${needs}, but cgo is off (${from})`, {
      place: required,
      hint: "Use --cgo auto or on, or remove the import.",
    })
  }
  const notices = uses
    .filter(({ isOptional }) => !isOptional)
    .map((use) =>
      cModuleOf(use.path)
        ? `${formatPlace(use)}: ${use.path} is built without C, and fails at run time (${cModuleOf(use.path)?.reason}); cgo is off (${from})`
        : `${formatPlace(use)}: not built, it imports "C" and cgo is off (${from})`,
    )
  return { enabled: false, isStatic: false, value: "off", from, notices }
}

/** Nobody said that they are not wanted. */
function leftOut(uses: readonly CUse[]): string[] {
  return uses.map(
    (use) =>
      `${formatPlace(use)}: ${use.path} is not in the programs: this file is only for builds with C (--cgo on)`,
  )
}

/** Modules of others are not read: whether the programs have it by way of one of them is not known. */
function neededByOthers({ module, requires }: Facts["goMod"]): string[] {
  return requires
    .filter(({ path, indirect }) => indirect && cModuleOf(path) !== undefined)
    .map(
      ({ path, line }) =>
        `${formatPlace({ file: module.file, line })}: ${path} needs C (${cModuleOf(path)?.reason}); if the programs use it through another module, use --cgo on`,
    )
}

function describe(use: CUse): string {
  const reason = cModuleOf(use.path)?.reason
  return `${formatPlace(use)} imports ${named(use)}${reason === undefined ? "" : `: ${reason}`}`
}

function named({ path }: CUse): string {
  return path === "C" ? '"C"' : path
}

function missingLibrary(use: CUse, { buildPackages }: Settings): string[] {
  const known = cModuleOf(use.path)
  const asked = (buildPackages?.value ?? []).map((each) => each.replace(/[:=].*/, ""))
  if (!known?.debian || asked.includes(known.debian.build)) return []
  const { build, runtime } = known.debian
  return [
    `${formatPlace(use)}: ${use.path} needs C (${known.reason}): --build-packages ${build} --os-packages ${runtime}`,
  ]
}
