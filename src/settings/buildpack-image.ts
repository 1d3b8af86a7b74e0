import type { ProjectDescriptor } from "./descriptor/descriptor.js"
import type { Setting } from "./setting.js"
import type { SettingName } from "./table/table.js"

/*
 * What variables of the project say of the image itself, for buildpacks that are not of Go.
 * https://github.com/paketo-buildpacks/environment-variables and https://github.com/paketo-buildpacks/image-labels (README.md).
 */

/** Variables that others are added to by APPEND and PREPEND, which depends on the base, are not read. */
const ofImage = /^BPE_(?:DEFAULT_|OVERRIDE_)?(?!(?:APPEND|PREPEND|DELIM)_)(\w+)$/

/** Each build takes the others from Git. */
const labels = new Map(
  "AUTHORS DESCRIPTION DOCUMENTATION LICENSES SOURCE TITLE URL VENDOR"
    .split(" ")
    .map((name) => [`BP_OCI_${name}`, `org.opencontainers.image.${name.toLowerCase()}`]),
)

const listOfLabels = "BP_IMAGE_LABELS"

/** Whether something comes of a variable of the project. */
export function isOfImage(name: string): boolean {
  return ofImage.test(name) || labels.has(name) || name === listOfLabels
}

/** The last layer: what project.toml says in so many words comes before it. */
export function buildpackImageLayer({ variables, file }: ProjectDescriptor) {
  const entries = [...variables].map(([name, each]) => ({ name, ...each }))
  return (setting: SettingName): Setting<string[]> | undefined => {
    const found =
      setting === "environment"
        ? entries.flatMap((each) => {
            const name = ofImage.exec(each.name)?.[1]
            return name === undefined ? [] : [{ ...each, values: [`${name}=${each.value}`] }]
          })
        : setting === "label"
          ? entries.flatMap((each) => ({ ...each, values: labelsOf(each) }))
          : []
    const value = found.flatMap(({ values }) => values)
    const [first] = found.filter(({ values }) => values.length > 0)
    return first && { value, from: `${file}:${first.line} ${first.name}` }
  }
}

function labelsOf({ name, value }: { name: string; value: string }): string[] {
  const label = labels.get(name)
  if (label !== undefined) return [`${label}=${value}`]
  if (name !== listOfLabels) return []
  // `a="b c" d=e`
  return [...value.matchAll(/([\w./-]+)=(?:"([^"]*)"|'([^']*)'|(\S*))/g)].map(
    ([, key = "", double, single, plain]) => `${key}=${double ?? single ?? plain ?? ""}`,
  )
}
