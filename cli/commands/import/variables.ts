import { parseProcfile } from "../../../src/detect/project/procfile.js"
import type { Facts } from "../../../src/detect/facts.js"
import type { ProjectDescriptor } from "../../../src/settings/descriptor/descriptor.js"
import type { Settings } from "../../../src/settings/resolve.js"
import { isRead } from "../../../src/settings/other-variables.js"
import { paketoOption } from "./paketo.js"
import { goVersionOf } from "./heroku/go-version.js"
import { foundOption, type FoundOption } from "./found.js"
import { importOptions, type System } from "./options.js"

/** `[[io.buildpacks.build.env]]` of project.toml, which goes on working where it is. */
export function importVariables({ variables, file }: ProjectDescriptor): FoundOption[] {
  return [...variables].map(([name, { value, line }]) => {
    const system = (["heroku", "paketo", "google"] as const).find((each) =>
      importOptions[each].some(({ option }) => option === name),
    )
    if (system !== undefined) return foundOption(system, name, { file, line, value })
    const option = paketoOption(name) ?? (isRead(name) ? "variables of Go" : "other variables")
    return foundOption("paketo", option, { file, line, value: `${name}=${value}` })
  })
}

export function importProcfile(text: string, file: string): FoundOption[] {
  return parseProcfile(text, file).procfile.processes.map(({ type, command, line }) => {
    const option = type === "web" || type === "release" ? type : "other processes"
    return foundOption("procfile", option, { file, line, value: `${type}: ${command}` })
  })
}

/** Comments of go.mod, and hooks. */
export function importHeroku(facts: Facts, settings: Settings): FoundOption[] {
  const { goMod, hooks } = facts
  const { herokuGoVersion, herokuInstall } = goMod
  const system: System = "heroku"
  const of = (option: string, found: { file: string; line?: number } | undefined, value = "") =>
    found ? [foundOption(system, option, { file: found.file, line: found.line ?? 1, value })] : []
  return [
    ...of("// +heroku goVersion", herokuGoVersion, herokuGoVersion?.value).map((each) => ({
      ...each,
      ...goVersionOf(facts, settings),
    })),
    ...of("// +heroku install", herokuInstall, herokuInstall?.value.join(" ")),
    ...of("bin/go-pre-compile", hooks.preCompile),
    ...of("bin/go-post-compile", hooks.postCompile),
  ]
}
