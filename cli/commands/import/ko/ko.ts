import type { Kodata } from "../../../../src/detect/assets/kodata.js"
import type { Settings } from "../../../../src/settings/resolve.js"
import { toKebabCase, type SettingName } from "../../../../src/settings/table/table.js"
import type { Target } from "../../init/project-toml.js"
import { foundOption, type FoundOption } from "../found.js"
import type { KnownBuild } from "../dockerfile/go-build.js"
import type { KoProgram } from "./targets.js"
import { firstLine } from "./files.js"
import { koOptions, leftOut } from "./values.js"
import { importOptions } from "../options.js"

/** Further settings that a key is, besides the one of its row. */
const further: Readonly<Record<string, readonly SettingName[]>> = {
  env: ["cgo"],
  defaultEnv: ["cgo"],
  ldflags: ["staticLink"],
  defaultLdflags: ["staticLink"],
}

export interface KnownKo extends Pick<KnownBuild, "stamped" | "isWithoutC"> {
  /** What the file says of single programs. */
  programs?: readonly KoProgram[]
  /** Those that are to be written. */
  targets?: readonly Target[]
  /** `defaultPlatforms`, where all of them are platforms here. */
  platforms?: readonly string[]
  /** What a Makefile has the linker set, which is set from Git. */
  ofMakefile?: { symbols: readonly string[]; place: string }
}

/**
 * The keys of .ko.yaml. What they come to is what detection made of the file.
 *
 * @param settings As detection has them: those that the file says have it as their place.
 */
export function importKo(
  text: string,
  file: string,
  settings: Settings,
  known: KnownKo = { stamped: [] },
): FoundOption[] {
  const keys = new Set(importOptions.ko.map(({ option }) => option))
  const written = new Set<SettingName>()
  const take = (names: readonly SettingName[]): Settings => {
    const found = names.flatMap((name) => {
      const setting = written.has(name) ? undefined : settings[name]
      if (!setting?.from.startsWith(`${file}:`)) return []
      written.add(name)
      return [[name, setting] as const]
    })
    return Object.fromEntries(found)
  }
  const start = { file, line: firstLine(text) }
  const ofKo = [
    foundOption("ko", "/ko-app", { ...start, value: "/ko-app" }),
    ...((settings.runtime ?? /^\s*defaultBaseImage\s*:/m.exec(text))
      ? []
      : [
          foundOption(
            "ko",
            "no defaultBaseImage",
            { ...start, value: "cgr.dev/chainguard/static" },
            { runtime: "chainguard" },
          ),
        ]),
  ]
  let last = ""
  const rows = text.split(/\r?\n/).flatMap((line, index) => {
    const [, key = "", value = ""] = /^\s*(?:-\s+)?(\w+)\s*:\s*(.*)$/.exec(line) ?? []
    if (keys.has(key)) last = key
    const open = leftOut(line, known.stamped).map(({ option, value: template }) => ({
      ...foundOption("ko", option, { file, line: index + 1, value: template }),
      ...(option === "{{.Env.NAME}}" && ofVariable(last, line, known)),
    }))
    if (!keys.has(key)) return open
    const place = { file, line: index + 1, value: value.replace(/\s+#.*$/, "") }
    const row = importOptions.ko.find(({ option }) => option === key)
    const names = [...(row?.setting ? [row.setting] : []), ...(further[key] ?? [])]
    const found = foundOption("ko", key, place, koOptions(take(names), known))
    if (key === "defaultPlatforms") return [{ ...found, ...platformOf(known, settings) }]
    return [{ ...found, ...ofPrograms(found, names, known) }, ...open]
  })
  return [...ofKo, ...rows]
}

/** Such as `all`, which stands for what a base image has, they are none that could be built for. */
function platformOf({ platforms = [] }: KnownKo, { platform }: Settings): Partial<FoundOption> {
  if (platforms.length === 0)
    return {
      status: "not supported",
      meaning: "name the platforms: --platform linux/amd64,linux/arm64",
    }
  return platform ? {} : { writes: { platform: platforms.join(",") } }
}

/** What a variable of whoever runs ko stands for, by the key that it is in. */
function ofVariable(key: string, line: string, { ofMakefile }: KnownKo): Partial<FoundOption> {
  if (/^(?:defaultF|f)lags$/.test(key))
    return {
      setting: "buildTags",
      meaning: "variables of whoever builds have no effect; tags that files ask for are build-tags",
    }
  if (/^(?:defaultE|e)nv$/.test(key))
    return {
      setting: "buildEnvironment",
      meaning: "variables of whoever builds have no effect; write the value",
    }
  if (!ofMakefile || ofMakefile.symbols.length === 0 || /-X/.test(line)) return {}
  const { symbols, place } = ofMakefile
  return {
    status: "automatic",
    setting: "linkerValues",
    meaning: `what the linker flags of ${place} set is set from Git: ${symbols.join(", ")}; others are linker-values`,
  }
}

/** Where a key differs between programs, it is in their targets; else in the file alone. */
function ofPrograms(
  { status, meaning, value, writes }: FoundOption,
  names: readonly SettingName[],
  { programs = [], targets = [] }: KnownKo,
): Partial<FoundOption> {
  const own = names.filter((name) => programs.some(({ settings }) => settings[name] !== undefined))
  if (status !== "setting" || writes) return {}
  if (names.includes("packages")) {
    const path = `./${value.replace(/^\.\//, "").replace(/\/$/, "")}`
    const of = targets.filter(({ settings }) => settings.packages?.includes(path))
    return of.length > 0 ? { targets: of.map(({ name }) => name) } : {}
  }
  if (own.length === 0) return {}
  const inTargets = targets
    .filter(({ settings }) => own.some((name) => settings[name] !== undefined))
    .map(({ name }) => name)
  if (inTargets.length > 0) return { targets: inTargets }
  const list = own.map(toKebabCase).join(", ")
  return { meaning: `${meaning}; each build reads its ${list} from this file, which must stay` }
}

export function importKodata(kodata: Kodata | undefined): FoundOption[] {
  return (kodata?.folders ?? []).map((file) =>
    foundOption("ko", "kodata", { file, line: 1, value: "" }),
  )
}
