import { expect, test } from "vitest"
import { expandTemplates } from "../../../../src/plan/version/templates.js"

const values = { Version: "1.2.3", "Git.ShortCommit": "1d2f6a1c08b1", Date: undefined }
const expand = (text: string) => expandTemplates(text, values, "--linker-values")

test.each([
  ["{{.Version}}", "1.2.3"],
  ["v{{ .Version }}-{{- .Git.ShortCommit -}}", "v1.2.3-1d2f6a1c08b1"],
  ["plain {text}", "plain {text}"],
  ['{{ replace .Version "." "-" }}', "1-2-3"],
  [
    "{{ trimprefix (toupper .Git.ShortCommit) `1D` }}-{{ .Version | trimsuffix `x` }}",
    "2F6A1C08B1-x",
  ],
  ['{{ trimsuffix .Version ".3" | replace "a.b" "." }}', "a1.2b"],
])("%s", (text, expected) => {
  expect(expand(text)).toEqual({ text: expected, unknown: [] })
})

test("what is not known is named", () => {
  expect(expand("{{.Version}} of {{.Date}}")).toEqual({ text: "1.2.3 of ", unknown: ["Date"] })
})

test.each([
  ["{{.Verison}}", "unknown template: {{.Verison}} (--linker-values)"],
  ["{{ .Env.HOME }}", "unknown template: {{ .Env.HOME }}"],
  ['{{ time "2006" }}', "unknown template"],
  ["{{ constructor .Version }}", "unknown template"],
  ["{{ replace .Version ( }}", "unknown template"],
  ['{{ replace .Version " }}', "unknown template"],
  ["{{.Version .Version}}", "unknown template"],
  ["{{.constructor}}", "unknown template"],
  ["{{if .Version}}x{{end}}", "unknown template: {{if .Version}}"],
  ["{{.Version", "a template is not closed"],
])("refuses %s", (text, message) => {
  expect(() => expand(text)).toThrow(message)
})
