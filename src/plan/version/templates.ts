import { UserError } from "../../errors.js"
import { evaluate, functionNames } from "./template-expression.js"

/** What templates can name, as goreleaser and ko call it; undefined where it is not known. */
export type TemplateValues = Readonly<Record<string, string | undefined>>

/** `{{.Version}}`, `{{ .Git.ShortCommit }}`, `{{- .Tag -}}` */
const template = /\{\{-?\s*(.*?)\s*-?\}\}/gs

export function hasTemplate(text: string): boolean {
  return text.includes("{{")
}

/** The names in a text that nothing is known of. */
export interface Expanded {
  text: string
  unknown: string[]
}

/** Undefined values become nothing, and are named; what is no name of a value is an error. */
export function expandTemplates(text: string, values: TemplateValues, from: string): Expanded {
  const unknown: string[] = []
  const valueOf = (name: string) => {
    if (!Object.hasOwn(values, name)) return undefined
    const value = values[name]
    if (value === undefined) unknown.push(name)
    return value ?? ""
  }
  const expanded = text.replace(template, (whole, expression: string) => {
    const value = evaluate(expression, valueOf)
    if (value === undefined) {
      throw new UserError(`unknown template: ${whole} (${from})`, {
        hint: `Known are ${Object.keys(values)
          .map((each) => `{{.${each}}}`)
          .join(", ")}, and the functions ${functionNames.join(", ")}.`,
      })
    }
    return value
  })
  if (hasTemplate(text.replace(template, ""))) {
    throw new UserError(`a template is not closed: ${JSON.stringify(text)} (${from})`, {
      hint: "Write {{.Version}}, with two braces on both sides.",
    })
  }
  return { text: expanded, unknown }
}
