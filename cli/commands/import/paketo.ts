import { isOfImage } from "../../../src/settings/buildpack-image.js"
import { object, parseToml } from "../../../src/settings/descriptor/toml.js"
import { foundOption, type FoundOption } from "./found.js"
import { lineOf } from "./railpack.js"

/** Of the variables that have no row of their own; undefined where it is none of Paketo's. */
export function paketoOption(name: string): string | undefined {
  if (/^BPE_(?:APPEND|PREPEND|DELIM)_/.test(name)) return "BPE_APPEND_NAME"
  if (/^BPE_/.test(name)) return "BPE_NAME"
  if (/^BP_OCI_/.test(name)) return isOfImage(name) ? "BP_OCI_TITLE" : "BP_OCI_VERSION"
  return undefined
}

/** What a build has anyway, of buildpacks of any maker. */
const ofGo =
  /(?:^|[/_-])(?:go(?:-\w+)?|git|ca-certificates|procfile|environment-variables|image-labels|source-removal)(?:@|:|$)/

/** What project.toml says to `pack` besides variables. */
export function importBuildpacks(text: string, file: string): FoundOption[] {
  const document = parseToml(text, file)
  const buildpacks = object(object(document["io"])["buildpacks"])
  const older = object(document["build"])
  const found = (option: string, word: string, value: string) =>
    foundOption("paketo", option, { file, line: lineOf(text, [word]), value })
  const groups = [buildpacks["group"], older["buildpacks"]].flatMap((each) =>
    Array.isArray(each) ? (each as unknown[]) : [],
  )
  return [
    ...groups.flatMap((each) => {
      const { id, uri } = object(each)
      const name = typeof id === "string" ? id : uri
      if (typeof name !== "string") return []
      return [found(ofGo.test(name) ? "buildpacks of Go" : "other buildpacks", name, name)]
    }),
    ...[buildpacks["builder"], older["builder"]].flatMap((each) =>
      typeof each === "string" ? [found("builder", each, each)] : [],
    ),
    ...(["include", "exclude"] as const).flatMap((key) => {
      const patterns = buildpacks[key] ?? older[key]
      return Array.isArray(patterns) ? [found(key, key, patterns.join(" "))] : []
    }),
  ]
}
