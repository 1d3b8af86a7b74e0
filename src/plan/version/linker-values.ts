import { shortRevision, type GitState } from "../../git-state.js"
import { UserError } from "../../errors.js"
import { parseLinkerValue, type LinkerValue } from "../../settings/linker-value.js"
import type { Settings } from "../../settings/resolve.js"
import { expandTemplates, type TemplateValues } from "./templates.js"

/** https://goreleaser.com/customization/templates/ and https://ko.build/configuration/ */
export function templateValues(
  git: GitState | undefined,
  version: string | undefined,
  program: string | undefined,
  platform?: string,
): TemplateValues {
  const plain = version?.replace(/^v(?=\d)/, "")
  const [, major, minor, patch, prerelease] =
    /^(\d+)\.(\d+)\.(\d+)(?:-([^+]*))?/.exec(plain ?? "") ?? []
  const seconds = git?.time === undefined ? undefined : String(Date.parse(git.time) / 1000)
  const isDirty = git?.modified
  const short = git && shortRevision(git)
  const tag = git?.tags[0] ?? version
  const clean = isDirty === undefined ? undefined : String(!isDirty)
  const treeState = isDirty === undefined ? undefined : isDirty ? "dirty" : "clean"
  return {
    Version: plain,
    Tag: tag,
    Commit: git?.revision,
    FullCommit: git?.revision,
    ShortCommit: short,
    Date: git?.time,
    Timestamp: seconds,
    CommitDate: git?.time,
    CommitTimestamp: seconds,
    Major: major,
    Minor: minor,
    Patch: patch,
    Prerelease: major === undefined ? undefined : (prerelease ?? ""),
    RawVersion: major === undefined ? undefined : `${major}.${minor}.${patch}`,
    ProjectName: program,
    ...platformValues(platform),
    IsGitDirty: isDirty === undefined ? undefined : String(isDirty),
    IsGitClean: clean,
    GitTreeState: treeState,
    GitURL: git?.remote,
    "Git.Tag": tag,
    "Git.FullCommit": git?.revision,
    "Git.ShortCommit": short,
    "Git.CommitDate": git?.time,
    "Git.CommitTimestamp": seconds,
    "Git.IsDirty": isDirty === undefined ? undefined : String(isDirty),
    "Git.IsClean": clean,
    "Git.TreeState": treeState,
  }
}

/** Each is known where a platform is asked for; a machine that builds may be of any. */
function platformValues(platform: string | undefined): TemplateValues {
  const [, architecture, variant] = platform?.split("/") ?? []
  const of = (wanted: string, value: string) =>
    architecture === undefined ? undefined : architecture === wanted ? value : ""
  return {
    Os: "linux",
    Arch: architecture,
    Arm: of("arm", variant?.replace("v", "") ?? "7"),
    Amd64: of("amd64", variant ?? "v1"),
    Arm64: of("arm64", variant === undefined ? "v8.0" : `${variant}.0`),
    Mips: "",
  }
}

const namesOfPlatform = ["Arch", "Arm", "Amd64", "Arm64"]

/** A value of which a part is not known is left out: the variable then keeps what it has in the code. */
export function expandLinkerValues({ linkerValues }: Settings, known: TemplateValues) {
  const values: LinkerValue[] = []
  const notices: string[] = []
  const { from = "", byProject } = linkerValues ?? {}
  for (const text of linkerValues?.value ?? []) {
    const { symbol, value } = parseLinkerValue(text, from)
    try {
      const { text: expanded, unknown } = expandTemplates(value, known, from)
      if (unknown.length === 0) values.push({ symbol, value: expanded })
      else {
        const names = unknown.map((name) => `{{.${name}}}`).join(", ")
        const hint = unknown.some((name) => namesOfPlatform.includes(name))
          ? " (--platform says it)"
          : ""
        notices.push(
          `${from}: ${symbol} is not set: ${names} ${unknown.length > 1 ? "are" : "is"} not known here${hint}`,
        )
      }
    } catch (error) {
      // A project's own file may be written for a tool that knows more of them.
      if (!(error instanceof UserError) || !byProject) throw error
      notices.push(`${symbol} is not set: ${error.message.split("\n")[0]}`)
    }
  }
  return { values, notices }
}
