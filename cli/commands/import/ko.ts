import { posix } from "node:path"
import { readBuildConfigs } from "../../../src/detect/project/build-configs.js"
import { allTargets, targetName } from "../../../src/settings/targets.js"
import type { Target } from "../init/project-toml.js"
import type { Kodata } from "../../../src/detect/assets/kodata.js"
import type { Options } from "../../../src/options.js"
import type { Settings } from "../../../src/settings/resolve.js"
import type { SettingName } from "../../../src/settings/table.js"
import { foundOption, type FoundOption } from "./found.js"
import { rowOfLinked, type KnownBuild } from "./dockerfile/go-build.js"
import { importOptions } from "./options.js"

/** Of a value with `{{.Env.VERSION}}`, what stands for it here, where the variable's name says what it is. */
function withoutEnvironment(text: string, stamped: readonly string[]): string[] | undefined {
  const { status, writes } = rowOfLinked(text, 1, { stamped, defaults: new Map() })
  return status === "automatic" ? [] : writes?.linkerValues
}

const ofEnvironment = /\{\{[^}]*\.Env\.[^}]*\}\}/

/** What is of whoever runs ko, in one line of the file: neither the file nor Git has it. */
function leftOut(line: string, stamped: readonly string[]): string | undefined {
  const rest = line.replace(
    /-X[ =]['"]?([^\s'"=]+=(?:\{\{[^}]*\}\}|[^\s'"{])*)/g,
    (whole, text: string) =>
      ofEnvironment.test(text) && withoutEnvironment(text, stamped) ? "" : whole,
  )
  return ofEnvironment.exec(rest)?.[0]
}

/** Further settings that a key is, besides the one of its row. */
const further: Readonly<Record<string, readonly SettingName[]>> = {
  env: ["cgo"],
  defaultEnv: ["cgo"],
  ldflags: ["staticLink"],
  defaultLdflags: ["staticLink"],
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
  { stamped, isWithoutC = false }: Pick<KnownBuild, "stamped" | "isWithoutC"> = { stamped: [] },
): FoundOption[] {
  const known = new Set(importOptions.ko.map(({ option }) => option))
  const written = new Set<SettingName>()
  const take = (names: readonly (SettingName | undefined)[]): Options => {
    const found = names.flatMap((name) => {
      const setting = name && !written.has(name) ? settings[name] : undefined
      if (name === undefined || !setting?.from.startsWith(`${file}:`)) return []
      written.add(name)
      return [[name, setting.value] as const]
    })
    return Object.fromEntries(found)
  }
  return text.split(/\r?\n/).flatMap((line, index) => {
    const [, key = "", value = ""] = /^\s*(?:-\s+)?(\w+)\s*:\s*(.*)$/.exec(line) ?? []
    const of = leftOut(line, stamped)
    const open =
      of === undefined
        ? []
        : [foundOption("ko", "{{.Env.NAME}}", { file, line: index + 1, value: of })]
    if (!known.has(key)) return open
    const place = { file, line: index + 1, value: value.replace(/\s+#.*$/, "") }
    const row = importOptions.ko.find(({ option }) => option === key)
    const { linkerValues, buildTags, staticLink, ...others } = take([
      row?.setting,
      ...(further[key] ?? []),
    ])
    const found = foundOption("ko", key, place, {
      ...others,
      // Without C, programs are static.
      ...(staticLink && !isWithoutC && { staticLink }),
      buildTags: buildTags?.filter((tag) => !tag.includes("{{")),
      linkerValues: linkerValues?.flatMap((each) =>
        ofEnvironment.test(each) ? (withoutEnvironment(each, stamped) ?? []) : [each],
      ),
    })
    return [found, ...open]
  })
}

/** ko makes an image of each build. */
export async function targetsOfKo(text: string, file: string): Promise<Target[]> {
  const { builds } = await readBuildConfigs(text, file, "")
  const packages = new Set(builds.flatMap((each) => (each.isNamed ? [each.package] : [])))
  const targets = [...packages].map((each) => ({
    name: posix.basename(each).toLowerCase(),
    settings: { packages: [each] },
  }))
  const names = new Set(targets.map(({ name }) => name))
  const isUsable =
    names.size === targets.length &&
    [...names].every((each) => targetName.test(each) && each !== allTargets)
  return targets.length > 1 && isUsable ? targets : []
}

export function importKodata(kodata: Kodata | undefined): FoundOption[] {
  return (kodata?.folders ?? []).map((file) =>
    foundOption("ko", "kodata", { file, line: 1, value: "" }),
  )
}
