import { isOfProject, whyNotSet } from "./build-environment.js"
import { isOfImage } from "./buildpack-image.js"
import { readGoFlags, readLinkerFlags, type GoFlags } from "./go-flags.js"
import { settingTable, type SettingName } from "./table/table.js"
import type { Setting } from "./setting.js"
import type { Notice } from "../found.js"
import type { ProjectDescriptor } from "./descriptor/descriptor.js"

/**
 * Variables of other buildpacks, by the setting that they are here. What a project says for one of them goes on working.
 * Paketo: https://github.com/paketo-buildpacks/go-build and https://github.com/paketo-buildpacks/go-dist (README.md).
 * Google: https://github.com/GoogleCloudPlatform/buildpacks (pkg/env/env.go, pkg/golang/golang.go).
 */
const others: Partial<Record<SettingName, readonly string[]>> = {
  goVersion: ["BP_GO_VERSION", "GOOGLE_GO_VERSION", "GOOGLE_RUNTIME_VERSION"],
  packages: ["BP_GO_TARGETS", "BP_GO_WORKDIR", "GOOGLE_BUILDABLE"],
  buildTags: ["BP_GO_BUILD_FLAGS", "GOFLAGS"],
  linkerValues: ["BP_GO_BUILD_LDFLAGS", "GOOGLE_GOLDFLAGS", "BP_GO_BUILD_FLAGS", "GOFLAGS"],
  staticLink: ["BP_GO_BUILD_LDFLAGS", "GOOGLE_GOLDFLAGS", "BP_GO_BUILD_FLAGS", "GOFLAGS"],
  keep: ["BP_KEEP_FILES"],
  command: ["GOOGLE_ENTRYPOINT"],
}

const flagReaders: ReadonlyMap<string, (text: string) => GoFlags> = new Map([
  ["BP_GO_BUILD_FLAGS", readGoFlags],
  ["GOFLAGS", readGoFlags],
  ["BP_GO_BUILD_LDFLAGS", readLinkerFlags],
  ["GOOGLE_GOLDFLAGS", readLinkerFlags],
])

type Get = (name: string) => string | undefined

/**
 * @param get Of the caller's environment or the project's file. The caller's own GOFLAGS and the like are for the go
 *   command on that machine, and nobody's wish for the image.
 */
export function fromOtherVariables(
  name: SettingName,
  get: Get,
  place: (variable: string) => string,
  byProject: boolean,
): Setting<unknown> | undefined {
  const names = (others[name] ?? []).filter((each) => byProject || each !== "GOFLAGS")
  for (const variable of names) {
    const text = get(variable)?.trim()
    if (!text) continue
    const value = read(name, variable, text, get)
    if (value === true || (value && value.length > 0)) return { value, from: place(variable) }
  }
  return undefined
}

function read(
  name: SettingName,
  variable: string,
  text: string,
  get: Get,
): string | string[] | boolean {
  const flags = flagReaders.get(variable)?.(text)
  if (flags) return flags[name as "buildTags" | "linkerValues" | "staticLink"]
  switch (variable) {
    case "BP_GO_TARGETS":
      return text.split(":").map((each) => inWorkdir(each, get("BP_GO_WORKDIR")))
    case "BP_GO_WORKDIR":
      return [inWorkdir(".", text)]
    case "GOOGLE_BUILDABLE":
      return [text]
    case "BP_KEEP_FILES":
      return text.split(":").filter(Boolean)
    default:
      return text
  }
}

function inWorkdir(target: string, workdir: string | undefined): string {
  const folder = workdir?.trim().replace(/^(?:\.\/)+|\/+$/g, "")
  return folder && folder !== "." ? `./${folder}/${target.replace(/^\.\//, "")}` : target
}

/** Go's own variables among the project's: for the go command, as they are. */
export function goVariablesOf({ variables, file }: ProjectDescriptor): Setting<string[]>[] {
  return [...variables]
    .filter(([name]) => isOfProject(name))
    .map(([name, { value, line }]) => ({
      value: [`${name}=${value}`],
      from: `${file}:${line} ${name}`,
      byProject: true,
    }))
}

const known = new Set([
  ...Object.values(settingTable).flatMap((spec) =>
    "variable" in spec ? spec.variable.split(" and ") : [],
  ),
  ...Object.values(others).flat(),
])

/** Whether a build reads a variable of the project, for the go command or for a setting. */
export function isRead(name: string): boolean {
  return known.has(name) || isOfProject(name)
}

/** What somebody set and nothing comes of. */
export function otherVariableNotices(
  { variables, file }: ProjectDescriptor,
  environment: Readonly<Record<string, string | undefined>>,
): Notice[] {
  const unknown = [...variables]
    .filter(([name]) => !isRead(name) && !isOfImage(name))
    .map(([name, { line }]): Notice => {
      const why = whyNotSet(name) ?? "it is not supported"
      return { file, line, message: `${name} has no effect: ${why}` }
    })
  const flags = [...flagReaders].flatMap(([name, reader]): Notice[] => {
    const ofProject = variables.get(name)
    const text = (name === "GOFLAGS" ? undefined : environment[name]) ?? ofProject?.value ?? ""
    const { notHonoured } = reader(text)
    if (notHonoured.length === 0) return []
    const flags = `no effect here: ${notHonoured.join(" ")}`
    return ofProject?.value === text
      ? [{ file, line: ofProject.line, message: `${name}: ${flags}` }]
      : [{ file: `environment variable ${name}`, message: flags }]
  })
  return [...unknown, ...flags]
}
