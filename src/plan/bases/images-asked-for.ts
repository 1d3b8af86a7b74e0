import { UserError } from "../../errors.js"
import { parseReference } from "../../reference.js"
import type { Settings } from "../../settings/resolve.js"
import type { GoVersion } from "../go/version/go-version.js"
import type { RuntimeBase } from "./runtimes.js"
import { expandTemplates, hasTemplate, type TemplateValues } from "../version/templates.js"
import type { Setting } from "../../settings/setting.js"

/** An image instead of one of ours, with what its template names; undefined where nobody asked for one. */
export function imageAskedFor(
  setting: Setting<string> | undefined,
  values: TemplateValues,
): string | undefined {
  if (!setting) return undefined
  const { value, from } = setting
  const image = hasTemplate(value) ? expandTemplates(value, values, from).text : value
  try {
    parseReference(image)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new UserError(`not an image reference: ${image || "(empty)"} (${from})`, {
      hint: error.hint,
    })
  }
  return image
}

/** Its programs download what other projects use, too, with the caller's passwords: a file of the project names no such image. */
export function imageOfCaller(
  setting: Setting<string> | undefined,
  name: string,
  values: TemplateValues,
): string | undefined {
  if (setting?.byProject) {
    throw new UserError(`${name} cannot be set by the project (${setting.from})`, {
      hint: `The image's programs write into caches that other projects use. Give it as an option: --${name} ${setting.value}`,
    })
  }
  return imageAskedFor(setting, values)
}

/** The same runtime, whose programs are built on the caller's image. */
export function withBuilderOfCaller(
  runtime: RuntimeBase,
  { builderImage: setting }: Settings,
): RuntimeBase {
  if (!setting) return runtime
  const builder = ({ tag }: GoVersion) =>
    imageOfCaller(setting, "builder-image", { GoVersion: tag }) ?? ""
  return {
    ...runtime,
    builderImage: builder,
    builderImageForC: builder,
    builderHasCompiler: hasCompiler(setting.value),
  }
}

/** A mirror of Docker Hub's golang has one; others, and those on Alpine, are not known to. */
function hasCompiler(image: string): boolean {
  return /(?:^|\/)golang(?:$|[:@])/.test(image) && !/alpine|-dev$/.test(image)
}

/**
 * Without a template, the image's own Go builds the project, whatever version was chosen: the go command gets a newer one where
 * go.mod needs it.
 */
export function versionInBuilder(
  version: GoVersion,
  { builderImage: setting }: Settings,
): GoVersion {
  if (!setting || setting.value.includes(".GoVersion")) return version
  const { tag = "" } = parseReference(imageAskedFor(setting, {}) ?? "")
  const isSame = tag === version.tag || tag.startsWith(`${version.tag}-`)
  if (isSame || !version.explicit) return { ...version, explicit: version.explicit && isSame }
  return {
    ...version,
    explicit: false,
    notices: [
      ...version.notices,
      `Go ${version.tag} (${version.from}) is not used: the Go of ${setting.value} (${setting.from}) builds the project; write {{.GoVersion}} for its version`,
    ],
  }
}
