import { expect, test } from "vitest"
import { templateValues } from "../../../../src/plan/version/linker-values.js"
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

test.each([
  ["20060102-150405", "20250301-093005"],
  ["2006-01-02T15:04:05Z07:00", "2025-03-01T09:30:05Z"],
  ["Mon, 2 Jan 2006 3:04:05 PM MST", "Sat, 1 Mar 2025 9:30:05 AM UTC"],
  ["January _2 06 002", "March  1 25 060"],
])("the commit's time by Go's layout %s", (layout, expected) => {
  const known = { CommitDate: "2025-03-01T09:30:05Z" }
  expect(expandTemplates(`at {{time "${layout}"}}`, known, "")).toEqual({
    text: `at ${expected}`,
    unknown: [],
  })
})

test.each([
  [
    "2025-12-31T23:05:09Z",
    "Monday January _2 2 02 15 03 3 PM pm",
    "Wednesday December 31 31 31 23 11 11 PM pm",
  ],
  ["2025-12-31T23:05:09Z", "04 4 05 5 002 Jan Mon 01 1", "05 5 09 9 365 Dec Wed 12 12"],
  ["2024-03-10T00:00:00Z", "3:04PM, 002", "12:00AM, 070"],
  ["2024-03-10T12:00:00Z", "3:04pm", "12:00pm"],
  [
    "2024-03-10T01:00:00Z",
    "2006-01-02T15:04:05Z0700 -07:00 -0700 -07",
    "2024-03-10T01:00:00Z +00:00 +0000 +00",
  ],
])("%s by Go's layout %s", (time, layout, expected) => {
  const known = { CommitDate: time }
  expect(expandTemplates(`{{time "${layout}"}}`, known, "").text).toBe(expected)
})

test("a platform's names are known where one is asked for", () => {
  const of = (platform?: string) =>
    expandTemplates(
      "{{.Os}}/{{.Arch}}{{.Arm}}{{.Mips}}",
      templateValues(undefined, undefined, undefined, platform),
      "",
    )
  expect(of("linux/arm/v6").text).toBe("linux/arm6")
  expect(of("linux/amd64").text).toBe("linux/amd64")
  expect(of().unknown).toEqual(["Arch", "Arm"])
})
