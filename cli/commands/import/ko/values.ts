import { UserError } from "../../../../src/errors.js"
import type { Options } from "../../../../src/options.js"
import { templateValues } from "../../../../src/plan/version/linker-values.js"
import { expandTemplates } from "../../../../src/plan/version/templates.js"
import type { Settings } from "../../../../src/settings/resolve.js"
import { settingNames } from "../../../../src/settings/table/table.js"
import { rowOfLinked, type KnownBuild } from "../dockerfile/go-build.js"

type Known = Pick<KnownBuild, "stamped" | "isWithoutC">

const ofEnvironment = /\{\{[^}]*\.Env\.[^}]*\}\}/

/** Of a value with `{{.Env.VERSION}}`, what stands for it here, where the variable's name says what it is. */
function withoutEnvironment(text: string, stamped: readonly string[]): string[] | undefined {
  const { status, writes } = rowOfLinked(text, 1, { stamped, defaults: new Map() })
  return status === "automatic" ? [] : writes?.linkerValues
}

/** Such as ko's `{{.Git.Branch}}`: a build stops at one that project.toml has. */
function isUnknown(text: string): boolean {
  try {
    expandTemplates(text, templateValues(undefined, undefined, undefined), "")
    return false
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return true
  }
}

/** In one line of the file, templates that stand for nothing here: of whoever runs ko, and those of ko alone. */
export function leftOut(
  line: string,
  stamped: readonly string[],
): { option: string; value: string }[] {
  const rest = line.replace(
    /-X[ =]['"]?([^\s'"=]+=(?:\{\{[^}]*\}\}|[^\s'"{])*)/g,
    (whole, text: string) =>
      ofEnvironment.test(text) && withoutEnvironment(text, stamped) ? "" : whole,
  )
  const open = ofEnvironment.exec(rest)?.[0]
  const others = [...rest.matchAll(/\{\{[^}]*\}\}/g)]
    .map(([text]) => text)
    .filter((text) => !ofEnvironment.test(text) && isUnknown(text))
  return [
    ...(open === undefined ? [] : [{ option: "{{.Env.NAME}}", value: open }]),
    ...others.map((value) => ({ option: "other templates", value })),
  ]
}

/** What project.toml would have for them, all values known. */
export function koOptions(settings: Settings, { stamped, isWithoutC = false }: Known): Options {
  const values: Options = Object.fromEntries(
    settingNames.map((name) => [name, settings[name]?.value]),
  )
  const { linkerValues, buildTags, staticLink } = values
  return {
    ...values,
    // Without C, programs are static.
    staticLink: staticLink && !isWithoutC ? staticLink : undefined,
    buildTags: some(buildTags?.filter((tag) => !tag.includes("{{"))),
    linkerValues: some(
      linkerValues?.flatMap((each) => {
        if (ofEnvironment.test(each)) return withoutEnvironment(each, stamped) ?? []
        return each.includes("{{") && isUnknown(each) ? [] : [each]
      }),
    ),
  }
}

function some(values: string[] | undefined): string[] | undefined {
  return values && values.length > 0 ? values : undefined
}
